# METADATA
# title: Caller holds an administrator role
# description: |-
#   An administrator works with the API in the session that rules the tenant. What steals the session, such as a
#   script in a page of the application, gets the tenant with it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/role-based-access-control/best-practices
#     description: Best practices for Microsoft Entra roles
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
#     description: "Access token claims reference: wids"
# custom:
#   id: LP-504
#   severity: medium
#   practice: LP.1
#   applies_to: [token]
#   message: "the caller holds the directory role `{role}`"
#   remediation: >-
#     Let administrators use an account without roles for daily work, and activate roles only for the time of a task
#     (Privileged Identity Management).
package zerotrust.least_privilege.administrator_calls

import data.zerotrust.lib.token

# Microsoft's own services are what administrators need their roles for.
deny contains finding if {
	input.token.resource.name == null
	some id in token.ids(token.values(input.token.claims, "wids"))
	role := data.facts.privileged_roles[id]
	finding := {"at": "token.claims.wids", "role": role, "role_id": id}
}

# METADATA
# title: Permission removed while clients may hold it
# description: |-
#   Clients that were granted the permission fail at once, and their owners ask for something wider in haste. A permission
#   that is disabled first is given to nobody new while its clients move.
# related_resources:
#   - ref: https://learn.microsoft.com/security/zero-trust/develop/protect-api
#     description: Increase application security using Zero Trust principles
#   - ref: https://learn.microsoft.com/entra/identity-platform/quickstart-configure-app-expose-web-apis
#     description: Expose web APIs
# custom:
#   id: LP-403
#   severity: medium
#   practice: LP.3
#   applies_to: [change]
#   uses:
#     - change.scopes.lost
#     - change.scopes.lost[].enabled
#     - change.app_roles.lost
#     - change.app_roles.lost[].enabled
#   message: "{kind} `{name}` is gone, and was enabled until now"
#   remediation: Disable it, move the clients that hold it, and remove it in a later change.
package zerotrust.least_privilege.permission_removed

import data.zerotrust.lib.change

deny contains finding if {
	some list, kind in change.offered
	removed := input.change[list].lost
	removed != null
	some permission in removed
	permission.enabled == true
	finding := {
		"at": permission.at,
		"kind": kind,
		"name": change.name(permission),
		"id": permission.id,
	}
}

# METADATA
# title: Application permission where a delegated one would serve
# description: |-
#   Users sign in to this application, so it can act within what each of them may do.
#   With an application permission it acts for itself instead, and a flaw in it opens the data of everyone.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/permissions-consent-overview
#     description: Delegated and application access
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-110
#   severity: medium
#   practice: LP.1
#   applies_to: [application]
#   requires:
#     - declared.type
#     - application.permissions
#     - application.permissions[].kind
#     - application.permissions[].delegated_sibling
#   message: "application permission `{permission}` is held by a {type} application, the delegated one would serve"
#   remediation: Request the delegated permission instead, and move work without a user to a separate application.
package zerotrust.least_privilege.avoidable_application_permission

import data.zerotrust.lib.label

deny contains finding if {
	input.declared.type in {"web", "spa", "mobile", "desktop"}
	some permission in input.application.permissions
	permission.kind == "application"
	permission.delegated_sibling == true
	finding := {
		"at": permission.at,
		"permission": label.first_of([permission.name, permission.id]),
		"type": input.declared.type,
	}
}

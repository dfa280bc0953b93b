# METADATA
# title: Requests write access to read
# description: |-
#   The application is declared to read only, yet this permission lets it change data.
#   A flaw in the application, or a stolen token, then damages what it should only have shown.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
#   - ref: https://learn.microsoft.com/entra/identity-platform/zero-trust-for-developers
#     description: Zero Trust best practices for developers
# custom:
#   id: LP-104
#   severity: high
#   practice: LP.4
#   applies_to: [application]
#   requires:
#     - declared.access
#     - application.permissions
#     - application.permissions[].access
#   message: "permission `{permission}` gives {access} access to an application that is declared to read; {advice}"
#   remediation: Request the read-only permission instead, or declare write access for the application if it does write.
package zerotrust.least_privilege.write_access_to_read

import data.zerotrust.lib.label

deny contains finding if {
	input.declared.access == "read"
	some permission in input.application.permissions
	permission.access in {"write", "full"}
	finding := {
		"at": permission.at,
		"permission": label.first_of([permission.name, permission.id]),
		"access": permission.access,
		"read_sibling": permission.read_sibling,
		"advice": _advice(permission.read_sibling),
	}
}

_advice(sibling) := concat("", ["`", sibling, "` is enough"]) if sibling != null

_advice(sibling) := "no permission of the same name only reads" if sibling == null

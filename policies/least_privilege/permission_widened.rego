# METADATA
# title: Permission was widened
# description: |-
#   Who holds the permission has agreed to less. Its holders, or those who may grant it, get more in their hands without
#   that anybody is asked again.
# related_resources:
#   - ref: https://learn.microsoft.com/security/zero-trust/develop/protect-api
#     description: Increase application security using Zero Trust principles
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
# custom:
#   id: LP-402
#   severity: high
#   practice: LP.3
#   applies_to: [change]
#   uses:
#     - change.scopes.changed
#     - change.app_roles.changed
#     - change.scopes.changed[].new.enabled
#     - change.app_roles.changed[].new.enabled
#     - change.scopes.changed[].old.type
#     - change.scopes.changed[].new.type
#     - change.app_roles.changed[].old.allowed_member_types
#     - change.app_roles.changed[].new.allowed_member_types
#   message: "{kind} `{name}` {change}"
#   remediation: Leave the permission as it is, and offer the wider one as a new permission that is consented to by itself.
package zerotrust.least_privilege.permission_widened

import data.zerotrust.lib.change

deny contains finding if {
	some list, kind in change.offered
	pairs := input.change[list].changed
	pairs != null
	some pair in pairs
	pair.new.enabled == true
	some widening in _widenings(pair)
	finding := {
		"at": pair.new.at,
		"kind": kind,
		"name": change.name(pair.new),
		"id": pair.new.id,
		"change": widening,
	}
}

_widenings(pair) := (_consent(pair) | _members(pair)) | _access(pair)

_consent(pair) := {"can be consented to by users, where an administrator had to" |
	pair.old.type == "Admin"
	pair.new.type == "User"
}

_members(pair) := {text |
	before := pair.old.allowed_member_types
	after := pair.new.allowed_member_types
	before != null
	after != null
	some member in after
	not member in before
	text := sprintf("is open to `%s` as well", [member])
}

_access(pair) := {text |
	pair.old.id == pair.new.id
	pair.old.access == "read"
	pair.new.access in {"write", "full"}
	text := sprintf("gives %s access, where the same id gave read access", [pair.new.access])
}

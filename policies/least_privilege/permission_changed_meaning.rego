# METADATA
# title: Permission changed its meaning
# description: |-
#   Clients hold a permission by its id, and APIs check its value in tokens. When one changes under the other, consent
#   that was given for one thing stands for another, or calls fail that were consented to.
# related_resources:
#   - ref: https://learn.microsoft.com/security/zero-trust/develop/protect-api
#     description: Increase application security using Zero Trust principles
#   - ref: https://learn.microsoft.com/entra/identity-platform/quickstart-configure-app-expose-web-apis
#     description: Expose web APIs
# custom:
#   id: LP-401
#   severity: high
#   practice: LP.3
#   applies_to: [change]
#   uses:
#     - change.scopes.changed
#     - change.app_roles.changed
#     - change.scopes.changed[].old.enabled
#     - change.scopes.changed[].new.enabled
#     - change.scopes.changed[].old.value
#     - change.scopes.changed[].new.value
#     - change.app_roles.changed[].old.enabled
#     - change.app_roles.changed[].new.enabled
#     - change.app_roles.changed[].old.value
#     - change.app_roles.changed[].new.value
#   message: "{kind} `{name}` {change}"
#   remediation: Leave the permission as it is. Offer what is new under a new id and a new value, and disable the old one first.
package zerotrust.least_privilege.permission_changed_meaning

import data.zerotrust.lib.change
import data.zerotrust.lib.label

deny contains finding if {
	some list, kind in change.offered
	pairs := input.change[list].changed
	pairs != null
	some pair in pairs
	pair.old.enabled == true
	pair.new.enabled == true
	meaning := _change(pair)
	finding := {
		"at": pair.new.at,
		"kind": kind,
		"name": change.name(pair.old),
		"id": pair.old.id,
		"change": meaning,
	}
}

_change(pair) := sprintf("means `%s` now, under the same id", [label.first_of([pair.new.value])]) if {
	pair.old.id == pair.new.id
	_other_value(pair)
}

_change(pair) := "has another id now, which nobody has consented to" if pair.old.id != pair.new.id

# A permission without a value is in no token.
_other_value(pair) if {
	not pair.old.value in {null, ""}
	pair.new.value != null
	pair.old.value != pair.new.value
}

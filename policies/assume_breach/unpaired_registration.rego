# METADATA
# title: Registration without a service principal or the reverse
# description: |-
#   What is left of an application that somebody began or stopped using. A registration can be brought back to life by
#   whoever owns it, and a service principal keeps its grants after its registration is gone.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals
#     description: Application and service principal objects
# custom:
#   id: AB-706
#   severity: info
#   practice: AB.4
#   applies_to: [inventory]
#   requires: [inventory.unpaired]
#   message: "{found} `{name}` has no {missing}"
#   remediation: Delete it if nobody uses it, or create its counterpart.
package zerotrust.assume_breach.unpaired_registration

import data.zerotrust.lib.label

_words := {
	"application": {"found": "registration", "missing": "service principal"},
	"service_principal": {"found": "service principal", "missing": "registration"},
}

deny contains finding if {
	some unpaired in input.inventory.unpaired
	unpaired.own == true
	member := unpaired.member
	finding := {
		"at": member.at,
		"name": label.first_of([member.name, member.app_id]),
		"app_id": member.app_id,
		"found": _words[member.kind].found,
		"missing": _words[member.kind].missing,
	}
}

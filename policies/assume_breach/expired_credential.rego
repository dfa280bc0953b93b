# METADATA
# title: Expired credential left behind
# description: |-
#   Dead credentials make the list long enough that nobody sees a new one that an attacker added. They also show
#   that nobody reviews the registration.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-406
#   severity: low
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.credentials, "application.credentials[].end"]
#   message: "{kind} `{name}` expired at `{end}`"
#   remediation: Remove the expired credential.
package zerotrust.assume_breach.expired_credential

import data.zerotrust.lib.label

deny contains finding if {
	some credential in input.application.credentials
	credential.days_left != null
	credential.days_left < 0
	finding := {
		"at": credential.at,
		"kind": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
		"end": credential.end,
	}
}

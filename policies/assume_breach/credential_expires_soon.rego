# METADATA
# title: Credential expires soon
# description: |-
#   When the credential ends, the application stops working. Renewal in a hurry is when secrets are mailed around and
#   given long lives, so it should be planned.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/monitoring-health/overview-recommendations
#     description: Microsoft Entra recommendations
# custom:
#   id: AB-407
#   severity: info
#   practice: AB.5
#   applies_to: [application]
#   requires: ["application.credentials[].end"]
#   requires_complete: [application.credentials]
#   message: "{kind} `{name}` expires at `{end}` and has no successor, days left: {days_left}"
#   remediation: >-
#     Move to a federated credential, or add a new credential, let the application use it, and remove the old one.
#   parameters:
#     warn_days:
#       type: integer
#       default: 30
#       description: How many days before its end a credential is reported.
package zerotrust.assume_breach.credential_expires_soon

import data.zerotrust.lib.credentials
import data.zerotrust.lib.label

deny contains finding if {
	some credential in input.application.credentials
	credential.days_left != null
	credentials.live(credential)
	credential.days_left <= data.ztvet.parameters["AB-407"].warn_days
	not _succeeded(credential)
	finding := {
		"at": credential.at,
		"kind": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
		"end": credential.end,
		"days_left": credential.days_left,
	}
}

_succeeded(credential) if {
	some other in input.application.credentials
	other.kind == credential.kind
	other.usage == credential.usage
	_outlives(other.end, credential.end)
}

_outlives(end, other_end) if end > other_end

# Without an end, or with one that is not known, it may well be the successor.
_outlives(end, _) if end in {"", null}

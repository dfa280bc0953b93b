# METADATA
# title: Too many credentials
# description: |-
#   Each live credential is one more way to sign in as the application, and one more copy to lose. An attacker's own
#   credential is easily overlooked among many.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-405
#   severity: low
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.credentials, "application.credentials[].end"]
#   message: "{count} live credentials of the kind `{kind}` are more than {limit}"
#   remediation: Remove the credentials that are no longer used. Two of a kind are enough to renew one in time.
#   parameters:
#     max_credentials:
#       type: integer
#       default: 2
#       description: Largest number of live credentials of a kind.
package zerotrust.assume_breach.too_many_credentials

import data.zerotrust.lib.client
import data.zerotrust.lib.credentials

deny contains finding if {
	limit := data.ztvet.parameters["AB-405"].max_credentials
	some kind in {"secret", "certificate"}
	places := _places(input.application.credentials, kind)
	total := count(places)
	total > limit
	finding := {"at": places[0], "kind": kind, "count": total, "limit": limit}
}

_places(all_credentials, kind) := [at |
	some credential in all_credentials
	credential.kind == kind
	credentials.live(credential)
	client.authenticates(credential)
	at := credential.at
]

# METADATA
# title: API does not learn the client's capabilities
# description: |-
#   An API may send a claims challenge only to clients that say they can answer one. Without `xms_cc` in its
#   access tokens it cannot tell them apart, so it cannot ask for a fresh sign-in when a session was revoked.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-challenge
#     description: Claims challenges and client capabilities
#   - ref: https://learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation
#     description: Continuous access evaluation
# custom:
#   id: VE-116
#   severity: low
#   practice: VE.2
#   applies_to: [application]
#   requires: [application.api.scopes]
#   requires_complete: [application.optional_claims.access_token]
#   message: "access tokens of the API carry no `xms_cc`"
#   remediation: >-
#     Add `xms_cc` to the optional claims of the access token, and challenge clients whose token says `cp1`.
package zerotrust.verify_explicitly.client_capabilities_not_requested

import data.zerotrust.lib.optional_claims
import data.zerotrust.lib.web_api

deny contains finding if {
	web_api.exposes_scope(input.application)
	not optional_claims.includes(input.application.optional_claims.access_token, "xms_cc")
	finding := {"at": "application.optional_claims.access_token"}
}

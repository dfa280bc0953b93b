# METADATA
# title: Client cannot handle claims challenges
# description: |-
#   When a user is disabled or a session becomes risky, an API can send a client that handles claims challenges back
#   for a new token. To any other client it can only say no, or go on until the token expires.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-challenge
#     description: Claims challenges, claims requests and client capabilities
#   - ref: https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
#     description: "Optional claims reference: xms_cc"
# custom:
#   id: VE-316
#   severity: low
#   practice: VE.2
#   applies_to: [token]
#   message: the client does not declare the capability `cp1` in `xms_cc`
#   remediation: >-
#     Handle claims challenges in the client, and declare the capability `cp1`. The API asks for the claim: add `xms_cc`
#     to the optional claims of its access tokens.
package zerotrust.verify_explicitly.claims_challenge_not_handled

deny contains finding if {
	input.token.type == "access"
	input.token.flow == "delegated"
	not "cp1" in input.token.capabilities
	finding := {"at": "token.claims.xms_cc", "client": input.token.client.app_id}
}

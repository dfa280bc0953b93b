# METADATA
# title: Mapped claims are accepted without a custom signing key
# description: |-
#   With this switch on, a claims mapping policy may change what tokens say while they are still signed with the
#   key that all applications share. In a multitenant application the administrators of any tenant can then write
#   the claims that you trust.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reference-app-manifest
#     description: Application manifest
#   - ref: https://learn.microsoft.com/entra/identity-platform/jwt-claims-customization
#     description: Customizing claims of JSON web tokens
# custom:
#   id: VE-114
#   severity: high
#   practice: VE.4
#   applies_to: [application]
#   requires: [application.api.accepts_mapped_claims]
#   message: "mapped claims are accepted without a custom signing key"
#   remediation: >-
#     Set `acceptMappedClaims` to false, and give applications that need mapped claims a custom signing key.
package zerotrust.verify_explicitly.mapped_claims_accepted

deny contains finding if {
	input.application.api.accepts_mapped_claims == true
	_multitenant
	finding := {"at": "application.api.accepts_mapped_claims", "severity": "critical"}
}

deny contains finding if {
	input.application.api.accepts_mapped_claims == true
	not _multitenant
	finding := {"at": "application.api.accepts_mapped_claims"}
}

_multitenant if input.application.multitenant == true

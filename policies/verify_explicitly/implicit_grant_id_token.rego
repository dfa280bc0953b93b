# METADATA
# title: Implicit grant issues ID tokens
# description: |-
#   ID tokens that the authorization endpoint returns pass through the browser and can leak or be replayed there.
#   Only a hybrid flow needs them; the code flow fetches them over a direct connection.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-implicit-grant-flow
#     description: Implicit grant flow
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: VE-102
#   severity: medium
#   practice: VE.3
#   applies_to: [application]
#   requires: [application.implicit_grant.id_token]
#   message: "the authorization endpoint issues ID tokens without a code"
#   remediation: >-
#     Switch off ID tokens of the implicit grant, or declare `hybrid_flow` where the application needs them.
package zerotrust.verify_explicitly.implicit_grant_id_token

deny contains finding if {
	input.application.implicit_grant.id_token == true
	not input.declared.hybrid_flow == true
	finding := {"at": "application.implicit_grant.id_token"}
}

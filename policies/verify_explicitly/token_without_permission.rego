# METADATA
# title: Token carries no permission
# description: |-
#   Any client of the tenant can get a token for an API, whether or not anyone granted it something. An API that
#   looks at the signature and the audience alone lets all of them in.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: Validating claims
#   - ref: https://learn.microsoft.com/entra/identity-platform/scenario-protected-web-api-verification-scope-app-roles
#     description: Verify scopes and app roles
# custom:
#   id: VE-311
#   severity: high
#   practice: VE.4
#   applies_to: [token]
#   denial: insufficient_scope
#   message: the token has neither `scp` nor `roles`
#   remediation: >-
#     Refuse the token, and let an administrator grant the client a scope or an application role. Require assignment on
#     the API's enterprise application, so that others get no token.
package zerotrust.verify_explicitly.token_without_permission

import data.zerotrust.lib.token

deny contains finding if {
	not token.is_id(input.token)
	count(input.token.permissions) == 0
	finding := {"at": "token.claims"}
}

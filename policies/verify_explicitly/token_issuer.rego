# METADATA
# title: Token issuer is not trusted
# description: |-
#   Every tenant of the Microsoft identity platform issues tokens that are signed with the same keys. Who issued a
#   token is what tells the organisation's users from anyone who opened a tenant of their own.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-tokens
#     description: Access tokens, and how to validate them
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: Validating claims
# custom:
#   id: VE-305
#   severity: critical
#   practice: VE.4
#   applies_to: [token]
#   message: "issuer `{issuer}` {reason}"
#   remediation: >-
#     Refuse the token. Where the tenant is to be trusted, add it to `organization.tenants` in ztvet.yaml.
package zerotrust.verify_explicitly.token_issuer

import data.zerotrust.lib.label
import data.zerotrust.lib.token

deny contains finding if {
	input.token.issuer.cloud == null
	finding := _finding("is none of Microsoft's")
}

deny contains finding if {
	input.token.issuer.cloud != null
	data.ztvet.organization.tenants != null
	not input.token.issuer.tenant in token.ids(data.ztvet.organization.tenants)
	finding := _finding("is of a tenant that is none of `organization.tenants`")
}

_finding(reason) := {
	"at": "token.claims.iss",
	"issuer": label.first_of([input.token.issuer.uri, "(missing)"]),
	"reason": reason,
}

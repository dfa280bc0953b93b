# METADATA
# title: Guest or personal account
# description: |-
#   A guest signs in where another organisation, or nobody, decides on passwords, devices and who has left. An API
#   that is meant for the organisation's own people should notice.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
#     description: "Optional claims reference: acct"
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
#     description: "Access token claims reference: idp"
# custom:
#   id: VE-319
#   severity: low
#   practice: VE.4
#   applies_to: [token]
#   denial: insufficient_scope
#   requires: [tokens.allow_guests]
#   message: "the user is no member of the tenant: {signs}"
#   remediation: >-
#     Refuse the token. Where guests are welcome, set `tokens.allow_guests` to true in ztvet.yaml. Add `acct` to the
#     optional claims of the API's access tokens, so that guests are told apart.
package zerotrust.verify_explicitly.guest_or_personal_account

_personal_accounts := "9188040d-6c67-4c5b-b112-36a304b66dad"

deny contains finding if {
	data.ztvet.tokens.allow_guests == false
	count(_signs) > 0
	finding := {"at": "token.claims", "signs": sort(_signs)}
}

_signs contains "`acct` is 1" if input.token.claims.acct in {1, "1"}

_signs contains "`idp` is not the issuer" if {
	provider := input.token.claims.idp
	provider != input.token.issuer.uri
	not _of_tenant(provider, input.token.tenant)
}

_signs contains "the tenant is that of personal accounts" if {
	_personal_accounts in {input.token.tenant, input.token.issuer.tenant}
}

# The tenant itself, under the name that the other version of tokens has for it.
_of_tenant(provider, tenant) if {
	is_string(provider)
	tenant in split(lower(provider), "/")
}

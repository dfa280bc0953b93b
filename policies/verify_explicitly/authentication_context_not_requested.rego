# METADATA
# title: Authentication context is required but not requested in tokens
# description: |-
#   The claim `acrs` says which authentication contexts a sign-in has satisfied. A token type that does not carry
#   it leaves the application to guess, or to send every user through another sign-in.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context
#     description: Conditional Access authentication context
#   - ref: https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
#     description: Optional claims reference
# custom:
#   id: VE-117
#   severity: medium
#   practice: VE.2
#   applies_to: [application]
#   requires: [declared.auth_contexts]
#   requires_complete: [application.optional_claims.access_token, application.optional_claims.id_token]
#   uses:
#     - application.api.scopes
#     - application.redirect_uris
#   message: "the {token} carries no `acrs`, which authentication context `{contexts}` needs"
#   remediation: Add `acrs` to the optional claims of each token type that the application receives.
package zerotrust.verify_explicitly.authentication_context_not_requested

import data.zerotrust.lib.optional_claims
import data.zerotrust.lib.web_api

deny contains finding if {
	count(input.declared.auth_contexts) > 0
	some list, claims in optional_claims.known(input.application)
	list in _received
	not optional_claims.includes(claims, "acrs")
	finding := {
		"at": concat(".", ["application.optional_claims", list]),
		"token": optional_claims.tokens[list],
		"contexts": input.declared.auth_contexts,
	}
}

_received contains "access_token" if input.declared.type == "api"

_received contains "access_token" if web_api.exposes_scope(input.application)

_received contains "id_token" if input.declared.type in {"web", "spa", "mobile", "desktop"}

_received contains "id_token" if {
	not input.declared.type in {"daemon", "api", "saml"}
	input.application.redirect_uris != null
	count(input.application.redirect_uris) > 0
}

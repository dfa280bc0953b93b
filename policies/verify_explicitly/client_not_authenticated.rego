# METADATA
# title: Client did not authenticate
# description: |-
#   Anyone can take the id of a public client and ask for tokens in its name. What the API grants to such a client, it
#   grants to every program that a user can be made to sign in to. A secret can be copied as well; the key of a
#   certificate need never leave its store.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
#     description: "Access token claims reference: azpacr and appidacr"
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-client-applications
#     description: Public and confidential client applications
# custom:
#   id: VE-313
#   severity: medium
#   practice: VE.3
#   applies_to: [token]
#   denial: insufficient_scope
#   requires: [tokens.require_confidential_client]
#   message: "the client {problem}"
#   remediation: >-
#     Refuse the token, and let a client with a certificate, a managed identity or a federated credential call.
package zerotrust.verify_explicitly.client_not_authenticated

import data.zerotrust.lib.token

_problems := {
	"none": "did not authenticate itself",
	"secret": "authenticated itself with a secret, and a certificate is required",
	"unknown": "does not appear to have authenticated itself: neither `azpacr` nor `appidacr` says how",
}

deny contains finding if {
	_authentication_required
	not token.is_id(input.token)
	method := input.token.client.auth_method
	not method in _accepted
	finding := {
		"at": _place,
		"client": input.token.client.app_id,
		"auth_method": method,
		"problem": object.get(_problems, method, _problems.unknown),
	}
}

_authentication_required if data.ztvet.tokens.require_confidential_client == true

_authentication_required if data.ztvet.tokens.require_client_certificate == true

_accepted contains "certificate"

_accepted contains "secret" if not data.ztvet.tokens.require_client_certificate == true

_place := "token.claims.appidacr" if input.token.version == 1

_place := "token.claims.azpacr" if input.token.version != 1

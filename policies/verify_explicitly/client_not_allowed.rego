# METADATA
# title: Client is not on the allow list
# description: |-
#   A user can consent to an application that nobody in the organisation knows, and it then calls the API in the user's
#   name. The list of clients is what keeps it out.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: "Validating claims: validate the actor"
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
#     description: "Access token claims reference: azp and appid"
# custom:
#   id: VE-314
#   severity: high
#   practice: VE.4
#   applies_to: [token]
#   denial: insufficient_scope
#   requires: [tokens.clients]
#   message: "the client `{client}` is none of `tokens.clients`"
#   remediation: Refuse the token. Where the client may call, add its application id to `tokens.clients` in ztvet.yaml.
package zerotrust.verify_explicitly.client_not_allowed

import data.zerotrust.lib.label
import data.zerotrust.lib.token

deny contains finding if {
	not token.is_id(input.token)
	not input.token.client.app_id in token.ids(data.ztvet.tokens.clients)
	finding := {
		"at": _place,
		"client": label.first_of([input.token.client.app_id, "(missing)"]),
	}
}

_place := "token.claims.appid" if input.token.version == 1

_place := "token.claims.azp" if input.token.version != 1

# METADATA
# title: ID token used as an access token
# description: |-
#   An ID token tells a client who signed in. It says nothing of what the client may do, it reaches the browser, and
#   every client that the user signed in to holds one.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/id-tokens
#     description: ID tokens
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-tokens
#     description: Access tokens
# custom:
#   id: VE-310
#   severity: critical
#   practice: VE.4
#   applies_to: [token]
#   message: the token is an ID token, which gives no access
#   remediation: >-
#     Refuse the token, and let the client request an access token for the API. Where ID tokens are checked for what
#     they are, set `tokens.authorization` to false in ztvet.yaml.
package zerotrust.verify_explicitly.id_token_for_access

import data.zerotrust.lib.token

deny contains finding if {
	not data.ztvet.tokens.authorization == false
	token.is_id(input.token)
	finding := {"at": "token.claims"}
}

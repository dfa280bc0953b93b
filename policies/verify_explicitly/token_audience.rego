# METADATA
# title: Token is meant for another audience
# description: |-
#   A token that was issued for one API opens every other one that does not look at the audience. Whoever runs the first
#   can then act on the second as each of its callers. Tokens for Microsoft Graph are the most common of these.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: Validating claims
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-tokens
#     description: Access tokens, and how to validate them
# custom:
#   id: VE-304
#   severity: critical
#   practice: VE.4
#   applies_to: [token]
#   requires: [tokens.audiences]
#   message: "the token is for `{audience}`, which is none of `tokens.audiences`"
#   remediation: >-
#     Refuse the token. Let the client request one for this API, by a scope such as `api://{id}/.default`. Where the
#     audience is yours, add it to `tokens.audiences` in ztvet.yaml.
package zerotrust.verify_explicitly.token_audience

deny contains finding if {
	count(input.token.audience) > 0
	not _accepted
	finding := {
		"at": "token.claims.aud",
		"audience": input.token.audience,
		"service": input.token.resource.name,
	}
}

deny contains finding if {
	count(input.token.audience) == 0
	finding := {
		"at": "token.claims.aud",
		"audience": [],
		"message": "the token names no audience in `aud`",
	}
}

_accepted if {
	some audience in input.token.audience
	trim_suffix(audience, "/") in _configured
}

# Ids in any case, and a service of Microsoft's by the id that its URI stands for.
_accepted if {
	some audience in _configured
	lower(audience) == input.token.resource.app_id
}

_configured := {plain |
	some audience in data.ztvet.tokens.audiences
	plain := trim_suffix(audience, "/")
}

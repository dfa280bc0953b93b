# METADATA
# title: Token lives too long
# description: |-
#   Nobody can take an access token back: a stolen one works until it expires. Only where the client answers claims
#   challenges can the API end a session at once, and a longer life is bearable.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/configurable-token-lifetimes
#     description: Configurable token lifetimes
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/concept-continuous-access-evaluation
#     description: Continuous access evaluation
# custom:
#   id: VE-309
#   severity: medium
#   practice: VE.2
#   applies_to: [token]
#   requires: [token.lifetime_seconds]
#   message: "the token lives {minutes} minutes, and {limit_minutes} at most are expected of a client {client}"
#   remediation: >-
#     Shorten the lifetime by a token lifetime policy, or let the client declare that it answers claims challenges
#     (`cp1`). Where long tokens of such clients are wanted, raise the parameter.
#   parameters:
#     max_hours:
#       type: number
#       default: 2
#       description: Longest lifetime of a token whose client cannot answer claims challenges, in hours.
#     max_hours_with_challenges:
#       type: number
#       default: 24
#       description: Longest lifetime of a token whose client can (capability `cp1`), in hours.
package zerotrust.verify_explicitly.token_lives_too_long

deny contains finding if {
	not "cp1" in input.token.capabilities
	finding := _over(data.ztvet.parameters["VE-309"].max_hours, "without `cp1`")
}

deny contains finding if {
	"cp1" in input.token.capabilities
	finding := _over(data.ztvet.parameters["VE-309"].max_hours_with_challenges, "with `cp1`")
}

_over(hours, client) := {
	"at": "token.claims.exp",
	"client": client,
	"minutes": ceil(input.token.lifetime_seconds / 60),
	"limit_minutes": hours * 60,
} if {
	input.token.lifetime_seconds > hours * 3600
}

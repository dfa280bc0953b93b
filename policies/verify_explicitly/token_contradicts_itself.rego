# METADATA
# title: Token contradicts itself
# description: |-
#   Each version of Microsoft's tokens has its own issuer, its own claim for the client and its own form of the
#   audience. A token that mixes them was not issued as it stands, or is validated by the metadata of the wrong
#   version.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
#     description: Access token claims reference
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-tokens
#     description: Access tokens, and how to validate them
# custom:
#   id: VE-306
#   severity: high
#   practice: VE.4
#   applies_to: [token]
#   uses:
#     - token.version
#     - token.issuer.version
#     - token.issuer.tenant
#     - token.tenant
#   message: "{contradiction}"
#   remediation: Refuse the token, and find out where it comes from.
package zerotrust.verify_explicitly.token_contradicts_itself

_guid := `(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`

deny contains finding if {
	input.token.version != null
	input.token.issuer.version != null
	input.token.version != input.token.issuer.version
	finding := {
		"at": "token.claims.ver",
		"contradiction": sprintf(
			"`ver` is of version %d, and the issuer is of version %d",
			[input.token.version, input.token.issuer.version],
		),
	}
}

deny contains finding if {
	input.token.version == 1
	"azp" in object.keys(input.token.claims)
	finding := {
		"at": "token.claims.azp",
		"contradiction": "`ver` is of version 1, and `azp` is a claim of version 2",
	}
}

deny contains finding if {
	input.token.version == 2
	"appid" in object.keys(input.token.claims)
	finding := {
		"at": "token.claims.appid",
		"contradiction": "`ver` is of version 2, and `appid` is a claim of version 1",
	}
}

deny contains finding if {
	input.token.version == 2
	some audience in input.token.audience
	not regex.match(_guid, audience)
	finding := {
		"at": "token.claims.aud",
		"contradiction": sprintf("`ver` is of version 2, and the audience `%s` is no application id", [audience]),
	}
}

deny contains finding if {
	input.token.issuer.tenant != null
	input.token.tenant != null
	input.token.issuer.tenant != input.token.tenant
	finding := {
		"at": "token.claims.tid",
		"contradiction": sprintf(
			"`tid` is `%s`, and the issuer's tenant is `%s`",
			[input.token.tenant, input.token.issuer.tenant],
		),
	}
}

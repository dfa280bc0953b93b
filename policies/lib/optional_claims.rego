# METADATA
# title: Optional claims
# description: The claims that an application asks for, by token.
package zerotrust.lib.optional_claims

# METADATA
# description: The lists of claims, and the tokens that they are for.
tokens := {
	"access_token": "access token",
	"id_token": "ID token",
	"saml2_token": "SAML token",
}

# METADATA
# description: The lists that were collected, by name.
known(app) := {list: claims |
	some list, claims in app.optional_claims
	claims != null
}

# METADATA
# description: Whether a list asks for a claim. The list must have been collected.
includes(claims, name) if {
	some claim in claims
	claim.name == name
}

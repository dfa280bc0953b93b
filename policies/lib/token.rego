# METADATA
# title: Tokens
# description: What several rules ask of a token.
package zerotrust.lib.token

# METADATA
# description: |-
#   Whether it tells a client who signed in. Such a token lacks by design what an API asks of an access token, and
#   VE-310 reports it where it is used as one.
is_id(token) if token.type == "id"

# METADATA
# description: The values of a claim that is a list, or a single text in the place of one; none where it is missing.
values(claims, name) := claims[name] if is_array(claims[name])

values(claims, name) := [claims[name]] if is_string(claims[name])

values(claims, name) := [] if not _has_values(claims, name)

# METADATA
# description: Ids as the facts have them, in lower case. What is no text is none.
ids(written) := {id |
	some text in written
	is_string(text)
	id := lower(text)
}

_has_values(claims, name) if is_array(claims[name])

_has_values(claims, name) if is_string(claims[name])

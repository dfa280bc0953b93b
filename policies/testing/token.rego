# METADATA
# title: Inputs of tokens for the tests of rules
# description: |-
#   Builders of inputs. A token starts without claims, as one whose facts nothing is wrong with; a test states the facts
#   and the claims that matter.
package zerotrust.testing.token

# METADATA
# description: The input of a token with the given facts; an access token of version 2 for a user unless they differ.
token(facts) := {
	"schema": "ztvet/input/v1",
	"kind": "token",
	"now": "2026-11-23T06:00:00Z",
	"source": {"path": "token.jwt", "format": "jwt", "pointer": ""},
	"subject": {"id": null, "name": null},
	"declared": null,
	"unknown": [],
	"token": object.union(_token, facts),
}

# METADATA
# description: The same without a user, of a client with a certificate.
app_only(facts) := token(object.union(
	{
		"flow": "app_only",
		"scopes": null,
		"roles": ["Orders.Read.All"],
		"permissions": [permission("roles", "Orders.Read.All", {})],
		"client": {"auth_method": "certificate"},
	},
	facts,
))

# METADATA
# description: An ID token, which has neither permissions nor a client's authentication.
id(facts) := token(object.union(
	{
		"type": "id",
		"scopes": null,
		"permissions": [],
		"client": {"app_id": null, "auth_method": "unknown"},
	},
	facts,
))

# METADATA
# description: A token with that header, and nothing else in it; null where only the claims were given.
headed(header) := object.union(token({"header": null}), {"token": {"header": header}})

# METADATA
# description: The facts of a token of version 1, as far as its version shows in them.
version_1 := {"version": 1, "issuer": {
	"uri": "https://sts.windows.net/3f2504e0-4f89-41d3-9a0c-0305e82c3301/",
	"version": 1,
}}

# METADATA
# description: The facts of a token for Microsoft Graph, as far as it shows in its audience.
for_graph := {
	"audience": ["https://graph.microsoft.com"],
	"resource": {"app_id": "00000003-0000-0000-c000-000000000000", "name": "Microsoft Graph"},
}

# METADATA
# description: A permission that a claim holds; one to read unless the facts say otherwise.
permission(claim, name, facts) := object.union({"name": name, "claim": claim, "access": "read", "tier": null}, facts)

_token := {
	"header": {"typ": "JWT", "alg": "RS256", "kid": "H1yJzkDXmVd0XY"},
	"claims": {},
	"type": "access",
	"version": 2,
	"flow": "delegated",
	"issuer": {
		"uri": "https://login.microsoftonline.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0",
		"cloud": "public",
		"tenant": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
		"version": 2,
	},
	"audience": ["1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"],
	"scopes": ["Orders.Read"],
	"roles": null,
	"resource": {"app_id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "name": null},
	"permissions": [permission("scp", "Orders.Read", {})],
	"client": {"app_id": "9c2d4f60-7a18-4f0e-8f53-2d9b7c1e0a44", "auth_method": "secret"},
	"tenant": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
	"auth_contexts": [],
	"capabilities": ["cp1"],
	"issued": "2026-11-23T05:30:00Z",
	"not_before": "2026-11-23T05:30:00Z",
	"expires": "2026-11-23T06:40:00Z",
	"issued_in_seconds": -1800,
	"not_before_in_seconds": -1800,
	"expires_in_seconds": 2400,
	"lifetime_seconds": 4200,
	"signature": {"status": "verified", "reason": null},
}

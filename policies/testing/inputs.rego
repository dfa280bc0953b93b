# METADATA
# title: Inputs for the tests of rules
# description: Builders of normalized inputs. Every fact starts as not collected (null); a test states the facts that matter.
package zerotrust.testing

# METADATA
# description: The input of an application with the given facts.
application(facts) := {
	"schema": "ztvet/input/v1",
	"kind": "application",
	"now": "2026-11-23T06:00:00Z",
	"source": {"path": "shop.json", "format": "msgraph", "pointer": ""},
	"subject": {"id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "name": "Shop"},
	"declared": null,
	"unknown": [],
	"application": object.union(_application, facts),
}

# METADATA
# description: The same, with what ztvet.yaml declares of the application.
declared_application(declared, facts) := object.union(application(facts), {"declared": object.union(
	{
		"type": null,
		"environment": null,
		"multitenant": null,
		"personal_accounts": null,
		"access": null,
		"hybrid_flow": null,
		"delegated_only": null,
		"authorizes_by": null,
		"auth_contexts": null,
		"sensitive": null,
		"clients": null,
	},
	declared,
)})

# METADATA
# description: A redirect URI at the given place; a plain web one unless the facts say otherwise.
redirect_uri(index, facts) := object.union(
	object.union(_uri, {
		"platform": "web",
		"shared_hosting": null,
		"tunnel": null,
		"broker": null,
		"punycode": false,
		"mixed_script": false,
		"resembles": null,
		"unsupported_characters": [],
		"ambiguous_path": false,
		"at": sprintf("/web/redirectUris/%d", [index]),
	}),
	facts,
)

# METADATA
# description: An identifier URI at the given place.
identifier_uri(index, facts) := object.union(
	object.union(_uri, {
		"default_form": false,
		"guid": null,
		"trailing_slash": false,
		"at": sprintf("/identifierUris/%d", [index]),
	}),
	facts,
)

# METADATA
# description: A published link.
link(at, facts) := object.union(object.union(_uri, {"at": at}), facts)

# METADATA
# description: A requested permission at the given place; User.Read of Microsoft Graph unless the facts say otherwise.
permission(index, facts) := object.union(
	{
		"resource": {"app_id": "00000003-0000-0000-c000-000000000000", "name": "Microsoft Graph"},
		"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
		"name": "User.Read",
		"kind": "delegated",
		"known": true,
		"privilege_level": 1,
		"tier": null,
		"risk": null,
		"admin_consent": false,
		"access": "read",
		"read_sibling": null,
		"delegated_sibling": true,
		"at": sprintf("/requiredResourceAccess/0/resourceAccess/%d", [index]),
	},
	facts,
)

# METADATA
# description: A live client secret at the given place.
secret(index, facts) := object.union(
	{
		"kind": "secret",
		"id": "5c8a1f0e-0000-4000-8000-000000000001",
		"name": "deploy",
		"start": "2026-10-01T00:00:00Z",
		"end": "2027-01-01T00:00:00Z",
		"lifetime_days": 92,
		"days_left": 38,
		"thumbprint": null,
		"usage": null,
		"has_value": false,
		"certificate": null,
		"at": sprintf("/passwordCredentials/%d", [index]),
	},
	facts,
)

# METADATA
# description: A live certificate at the given place.
certificate(index, facts) := object.union(
	{
		"kind": "certificate",
		"id": "5c8a1f0e-0000-4000-8000-000000000002",
		"name": "CN=shop",
		"start": "2026-10-01T00:00:00Z",
		"end": "2027-04-01T00:00:00Z",
		"lifetime_days": 182,
		"days_left": 128,
		"thumbprint": "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C",
		"usage": "Verify",
		"has_value": false,
		"certificate": null,
		"at": sprintf("/keyCredentials/%d", [index]),
	},
	facts,
)

# METADATA
# description: A federated credential at the given place; a GitHub environment unless the facts say otherwise.
federated_credential(index, facts) := object.union(
	{
		"name": "production",
		"issuer": {
			"uri": "https://token.actions.githubusercontent.com",
			"scheme": "https",
			"host": "token.actions.githubusercontent.com",
		},
		"subject": "repo:contoso/shop:environment:production",
		"expression": "",
		"audiences": ["api://AzureADTokenExchange"],
		"provider": "github",
		"trust": {
			"repository": "contoso/shop",
			"scope": "environment",
			"name": "production",
			"wildcard": false,
		},
		"at": sprintf("/federatedIdentityCredentials/%d", [index]),
	},
	facts,
)

# METADATA
# description: A scope that the application offers; an enabled Orders.Read unless the facts say otherwise.
scope(index, facts) := object.union(
	{
		"id": "7d9f0c11-0000-4000-8000-000000000001",
		"value": "Orders.Read",
		"type": "Admin",
		"enabled": true,
		"resource": "Orders",
		"operation": "Read",
		"constraint": "",
		"access": "read",
		"admin_consent_description": "Read orders",
		"admin_consent_display_name": "Read orders",
		"user_consent_description": "Read your orders",
		"user_consent_display_name": "Read your orders",
		"at": sprintf("/api/oauth2PermissionScopes/%d", [index]),
	},
	facts,
)

# METADATA
# description: A role that the application offers; an enabled Orders.Read.All for applications unless the facts say otherwise.
app_role(index, facts) := object.union(
	{
		"id": "7d9f0c11-0000-4000-8000-000000000101",
		"value": "Orders.Read.All",
		"display_name": "Read orders",
		"description": "Read all orders",
		"allowed_member_types": ["Application"],
		"enabled": true,
		"resource": "Orders",
		"operation": "Read",
		"constraint": "All",
		"access": "read",
		"at": sprintf("/appRoles/%d", [index]),
	},
	facts,
)

# METADATA
# description: A claim asked for in a token, with the name of the token's list in Microsoft Graph.
optional_claim(list, index, name) := {
	"name": name,
	"source": "",
	"essential": false,
	"additional_properties": [],
	"at": sprintf("/optionalClaims/%s/%d", [list, index]),
}

# METADATA
# description: An owner at the given place; a user of the organisation unless the facts say otherwise.
owner(index, facts) := object.union(
	{
		"id": "a1b2c3d4-0000-4000-8000-000000000001",
		"type": "user",
		"display_name": "Ada",
		"guest": false,
		"account_enabled": true,
		"at": sprintf("/owners/%d", [index]),
	},
	facts,
)

_uri := {
	"uri": "https://shop.contoso.com/auth",
	"valid": true,
	"scheme": "https",
	"host": "shop.contoso.com",
	"port": null,
	"path": "/auth",
	"registrable_domain": "contoso.com",
	"loopback": false,
	"ip": false,
	"wildcard": false,
	"query": false,
	"fragment": false,
	"userinfo": false,
	"own_domain": null,
}

_application := {
	"app_id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
	"object_id": null,
	"display_name": "Shop",
	"description": null,
	"notes": null,
	"service_management_reference": null,
	"created": null,
	"tags": null,
	"first_party": false,
	"sign_in_audience": "AzureADMyOrg",
	"multitenant": false,
	"personal_accounts": false,
	"redirect_uris": null,
	"identifier_uris": null,
	"urls": {
		"home": null,
		"logout": null,
		"privacy": null,
		"terms": null,
		"support": null,
		"marketing": null,
		"saml_metadata": null,
	},
	"implicit_grant": {"access_token": null, "id_token": null, "at": null},
	"public_client_fallback": null,
	"permissions": null,
	"credentials": null,
	"federated_credentials": null,
	"api": {
		"access_token_version": null,
		"accepts_mapped_claims": null,
		"scopes": null,
		"pre_authorized": null,
		"known_clients": null,
	},
	"app_roles": null,
	"optional_claims": {"access_token": null, "id_token": null, "saml2_token": null},
	"authentication_behaviors": null,
	"group_claims": null,
	"owners": null,
	"publisher": {"domain": null, "verified": null},
	"lock": null,
	"request_signature": null,
	"native_authentication": null,
	"disabled_by_microsoft": null,
	"on_premises_publishing": null,
	"dns": null,
}

# METADATA
# title: Inputs of service principals for the tests of rules
# description: Builders of inputs. Every fact starts as not collected (null); a test states the facts that matter.
package zerotrust.testing.service_principal

# METADATA
# description: The input of a service principal with the given facts; of an own application unless they say otherwise.
service_principal(facts) := {
	"schema": "ztvet/input/v1",
	"kind": "service_principal",
	"now": "2026-11-23T06:00:00Z",
	"source": {"path": "principals.json", "format": "msgraph", "pointer": "/value/0"},
	"subject": {"id": "5b0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "name": "Shop"},
	"declared": null,
	"unknown": [],
	"service_principal": object.union(_service_principal, facts),
}

# METADATA
# description: A managed identity with the given facts.
managed_identity(facts) := service_principal(object.union(
	{
		"type": "ManagedIdentity",
		"managed_identity": true,
		"own": false,
		"owner_organization": "",
	},
	facts,
))

# METADATA
# description: A service principal of Microsoft's with the given facts.
first_party(facts) := service_principal(object.union(
	{
		"first_party": true,
		"own": false,
		"owner_organization": "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
	},
	facts,
))

# METADATA
# description: A service principal of another organisation's application with the given facts.
foreign(facts) := service_principal(object.union(
	{
		"own": false,
		"owner_organization": "3f2504e0-0000-4000-8000-00000000000f",
		"registration": {"own": false, "permissions": [], "redirect_uris": [], "has_secret": false},
	},
	facts,
))

# METADATA
# description: A granted application permission; User.Read.All of Microsoft Graph unless the facts say otherwise.
app_role_assignment(index, permission) := {
	"resource_id": "6c0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
	"permission": object.union(
		object.union(_permission, {
			"id": "df021288-bdef-4463-88db-98f22de89214",
			"name": "User.Read.All",
			"kind": "application",
			"privilege_level": 3,
			"admin_consent": true,
			"at": sprintf("/value/0/appRoleAssignments/%d", [index]),
		}),
		permission,
	),
	"at": sprintf("/value/0/appRoleAssignments/%d", [index]),
}

# METADATA
# description: A delegated permission granted for all users; User.Read unless the facts say otherwise.
permission_grant(index, permission) := {
	"resource_id": "6c0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
	"consent_type": "AllPrincipals",
	"principal_id": "",
	"permission": object.union(
		object.union(_permission, {"at": sprintf("/value/0/oauth2PermissionGrants/%d", [index])}),
		permission,
	),
	"at": sprintf("/value/0/oauth2PermissionGrants/%d", [index]),
}

# METADATA
# description: A directory role; Application Administrator in the whole tenant unless the facts say otherwise.
role_assignment(index, facts) := object.union(
	{
		"role_definition_id": "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
		"name": null,
		"scope": "/",
		"at": sprintf("/value/0/roleAssignments/%d", [index]),
	},
	facts,
)

# METADATA
# description: What the registration says; that it requests and has nothing unless the facts say otherwise.
registration(facts) := object.union(
	{"own": true, "permissions": [], "redirect_uris": [], "has_secret": false},
	facts,
)

_permission := {
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
}

_service_principal := {
	"app_id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
	"object_id": "5b0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
	"display_name": "Shop",
	"type": "Application",
	"managed_identity": false,
	"first_party": false,
	"own": true,
	"owner_organization": "3f2504e0-0000-4000-8000-000000000001",
	"tags": null,
	"account_enabled": true,
	"app_role_assignment_required": null,
	"sign_in_audience": "AzureADMyOrg",
	"preferred_single_sign_on_mode": null,
	"reply_urls": null,
	"credentials": null,
	"owners": null,
	"publisher": {"domain": null, "verified": null},
	"disabled_by_microsoft": null,
	"app_role_assignments": null,
	"permission_grants": null,
	"role_assignments": null,
	"registration": null,
	"usage": null,
}

# METADATA
# title: Inputs of tenants for the tests of rules
# description: Builders of normalized inputs. Every fact starts as not collected (null); a test states the facts that matter.
package zerotrust.testing.tenant

# METADATA
# description: The input of a tenant with the given facts, by policy.
tenant(facts) := {
	"schema": "ztvet/input/v1",
	"kind": "tenant",
	"now": "2026-11-23T06:00:00Z",
	"source": {"path": "tenant.json", "format": "msgraph", "pointer": ""},
	"subject": {"id": null, "name": null},
	"declared": null,
	"unknown": [],
	"tenant": object.union(_tenant, facts),
}

# METADATA
# description: A policy by which users may consent, at the given place.
grant_policy(index, scope, name) := {
	"id": sprintf("%s.%s", [_prefix[scope], name]),
	"scope": scope,
	"name": name,
	"at": sprintf("/defaultUserRolePermissions/permissionGrantPoliciesAssigned/%d", [index]),
}

# METADATA
# description: A reviewer of requests for consent, at the given place.
reviewer(index) := {
	"query": "/users/906e0ee5-6372-4cc8-8248-fdf2846b48ed",
	"at": sprintf("/reviewers/%d", [index]),
}

# METADATA
# description: A restriction of secrets at the given place; enabled for all applications unless the facts say otherwise.
restriction(at, facts) := object.union(
	{
		"kind": "password",
		"restriction_type": "passwordAddition",
		"enabled": true,
		"max_lifetime": "",
		"max_lifetime_days": null,
		"created_after": "",
		"all_applications": true,
		"at": at,
	},
	facts,
)

# METADATA
# description: A custom application management policy at the given place.
policy(index, facts) := object.union(
	{
		"id": "db9d4b58-3488-4da4-9994-49773c454e33",
		"display_name": "Legacy",
		"enabled": true,
		"restrictions": [],
		"applies_to": [],
		"at": sprintf("1#/value/%d", [index]),
	},
	facts,
)

# METADATA
# description: An application that a policy is assigned to.
target(facts) := object.union(
	{
		"kind": "application",
		"id": "a1b2c3d4-0000-4000-8000-000000000001",
		"app_id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
		"display_name": "Payroll",
		"at": "1#/value/0/appliesTo/0",
	},
	facts,
)

_prefix := {
	"self": "ManagePermissionGrantsForSelf",
	"owned_resource": "ManagePermissionGrantsForOwnedResource",
	"all": "ManagePermissionGrantsForAll",
}

_tenant := {
	"id": null,
	"authorization": {
		"allowed_to_create_apps": null,
		"allow_user_consent_for_risky_apps": null,
		"permission_grant_policies": null,
	},
	"admin_consent_requests": {
		"enabled": null,
		"notify_reviewers": null,
		"reminders_enabled": null,
		"request_duration_days": null,
		"reviewers": null,
	},
	"app_management": {"enabled": null, "applications": null, "service_principals": null},
	"app_management_policies": null,
	"directory_settings": {"group_specific_consent": null},
}

package zerotrust.verify_explicitly.v1_access_tokens_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.v1_access_tokens as rule

inputs := {
	"scope": testing.application({
		"api": {"access_token_version": 1, "scopes": [testing.scope(0, {})]},
		"app_roles": [],
	}),
	"role": testing.application({
		"api": {"access_token_version": 1, "scopes": []},
		"app_roles": [testing.app_role(0, {})],
	}),
	"role_alone_collected": testing.application({
		"api": {"access_token_version": 1},
		"app_roles": [testing.app_role(0, {"allowed_member_types": ["User", "Application"]})],
	}),
	"unknown_members": testing.application({
		"api": {"access_token_version": 1, "scopes": [testing.scope(0, {"enabled": null})]},
		"app_roles": [testing.app_role(0, {"allowed_member_types": null, "enabled": null})],
	}),
	"version_2": testing.application({
		"api": {"access_token_version": 2, "scopes": [testing.scope(0, {})]},
		"app_roles": [testing.app_role(0, {})],
	}),
	"exposes_nothing": testing.application({"api": {"access_token_version": 1, "scopes": []}, "app_roles": []}),
	"disabled": testing.application({
		"api": {"access_token_version": 1, "scopes": [testing.scope(0, {"enabled": false})]},
		"app_roles": [testing.app_role(0, {"enabled": false})],
	}),
	"user_role": testing.application({
		"api": {"access_token_version": 1, "scopes": []},
		"app_roles": [testing.app_role(0, {"allowed_member_types": ["User"]})],
	}),
	"not_collected": testing.application({"api": {"access_token_version": 1}}),
}

test_reports_api_with_scope if {
	rule.deny == {{"at": "application.api.access_token_version", "version": 1}} with input as inputs.scope
}

test_reports_api_with_role if {
	rule.deny == {{"at": "application.api.access_token_version", "version": 1}} with input as inputs.role
}

test_reports_role_where_scopes_are_unknown if {
	rule.deny == {
		{"at": "application.api.access_token_version", "version": 1},
	} with input as inputs.role_alone_collected
}

test_reports_once_with_unknown_members if {
	rule.deny == {
		{"at": "application.api.access_token_version", "version": 1},
	} with input as inputs.unknown_members
}

test_allows_version_2 if {
	rule.deny == set() with input as inputs.version_2
}

test_allows_client if {
	rule.deny == set() with input as inputs.exposes_nothing
}

test_allows_disabled_permissions if {
	rule.deny == set() with input as inputs.disabled
}

test_allows_roles_of_users if {
	rule.deny == set() with input as inputs.user_role
}

test_needs_permissions if {
	rule.deny == set() with input as inputs.not_collected
}

package zerotrust.assume_breach.federated_credential_on_privileged_application_test

import data.zerotrust.assume_breach.federated_credential_on_privileged_application as rule
import data.zerotrust.testing

_tier_zero(kind) := testing.permission(0, {
	"id": "06b708a9-e830-4db3-a914-8e69da51d44f",
	"name": "AppRoleAssignment.ReadWrite.All",
	"kind": kind,
	"privilege_level": 4,
	"tier": 0,
	"risk": "critical",
	"admin_consent": true,
	"access": "write",
})

_facts(federated, permissions) := {"federated_credentials": federated, "permissions": permissions}

_github := testing.federated_credential(0, {})

_managed_identity(index) := testing.federated_credential(index, {
	"name": "identity",
	"issuer": {
		"uri": "https://login.microsoftonline.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0",
		"scheme": "https",
		"host": "login.microsoftonline.com",
	},
	"subject": "7d9f0c11-0000-4000-8000-000000000201",
	"provider": "entra",
	"trust": null,
})

_cluster(index) := testing.federated_credential(index, {
	"name": "cluster",
	"issuer": {"uri": "https://oidc.contoso.com", "scheme": "https", "host": "oidc.contoso.com"},
	"subject": "system:serviceaccount:shop:deploy",
	"provider": "other",
	"trust": null,
})

_unknown(index) := testing.federated_credential(index, {
	"name": null,
	"issuer": null,
	"subject": null,
	"expression": null,
	"audiences": null,
	"provider": null,
	"trust": null,
})

inputs := {
	"pipeline": testing.application(_facts([_github], [_tier_zero("application")])),
	"several": testing.application(_facts(
		[_github, _managed_identity(1), _cluster(2), _unknown(3)],
		[_tier_zero("application"), testing.permission(1, {})],
	)),
	"managed_identity": testing.application(_facts([_managed_identity(0)], [_tier_zero("application")])),
	"unknown_provider": testing.application(_facts([_unknown(0)], [_tier_zero("application")])),
	"delegated": testing.application(_facts([_github], [_tier_zero("delegated")])),
	"ordinary_permission": testing.application(_facts([_github], [testing.permission(0, {})])),
	"no_permission": testing.application(_facts([_github], [])),
	"no_credential": testing.application(_facts([], [_tier_zero("application")])),
}

_finding(index, name, provider) := {
	"at": sprintf("/federatedIdentityCredentials/%d", [index]),
	"name": name,
	"provider": provider,
	"permissions": ["AppRoleAssignment.ReadWrite.All"],
}

test_reports_pipeline if {
	rule.deny == {_finding(0, "production", "github")} with input as inputs.pipeline
}

test_reports_each_external_provider if {
	findings := {_finding(0, "production", "github"), _finding(2, "cluster", "other")}
	rule.deny == findings with input as inputs.several
}

test_allows_managed_identity if {
	rule.deny == set() with input as inputs.managed_identity
}

test_does_not_guess_the_provider if {
	rule.deny == set() with input as inputs.unknown_provider
}

test_allows_delegated_permission if {
	rule.deny == set() with input as inputs.delegated
}

test_allows_ordinary_permission if {
	rule.deny == set() with input as inputs.ordinary_permission
}

test_allows_no_permission if {
	rule.deny == set() with input as inputs.no_permission
}

test_allows_no_credential if {
	rule.deny == set() with input as inputs.no_credential
}

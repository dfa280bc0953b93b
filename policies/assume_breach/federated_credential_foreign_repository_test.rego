package zerotrust.assume_breach.federated_credential_foreign_repository_test

import data.zerotrust.assume_breach.federated_credential_foreign_repository as rule
import data.zerotrust.testing

ztvet := {"parameters": {}, "organization": {
	"domains": null,
	"tenants": null,
	"repositories": ["contoso", "partner/shop", "Fabrikam@5544123"],
	"trusted_issuers": null,
	"certificate_issuers": null,
}}

_trust(repository) := {
	"repository": repository,
	"scope": "environment",
	"name": "production",
	"wildcard": contains(repository, "*"),
}

_subject(repository) := concat("", ["repo:", repository, ":environment:production"])

_trusting(index, repository) := testing.federated_credential(
	index,
	{"subject": _subject(repository), "trust": _trust(repository)},
)

_github(repository) := testing.application({"federated_credentials": [_trusting(0, repository)]})

_gitlab(path) := testing.application({"federated_credentials": [testing.federated_credential(0, {
	"issuer": {"uri": "https://gitlab.com", "scheme": "https", "host": "gitlab.com"},
	"provider": "gitlab",
	"subject": concat("", ["project_path:", path, ":ref_type:branch:ref:main"]),
	"trust": {"repository": path, "scope": "branch", "name": "main", "wildcard": false},
})]})

_terraform(organisation) := testing.application({"federated_credentials": [testing.federated_credential(0, {
	"issuer": {"uri": "https://app.terraform.io", "scheme": "https", "host": "app.terraform.io"},
	"provider": "terraform_cloud",
	"subject": concat("", ["organization:", organisation, ":project:shop:workspace:prod:run_phase:apply"]),
	"trust": {
		"repository": concat("", [organisation, "/shop/prod"]),
		"scope": "run_phase",
		"name": "apply",
		"wildcard": false,
	},
})]})

_other := {"subject": "system:serviceaccount:shop:deploy", "provider": "kubernetes", "trust": null}

inputs := {
	"stranger": _github("evil/shop"),
	"longer_owner": _github("contoso-evil/shop"),
	"owner_as_repository": _github("evil/contoso"),
	"other_repository_of_partner": _github("partner/shop2"),
	"pattern_of_owner": _github("conto*/shop"),
	"pattern_below_partner": _github("partner/*"),
	"gitlab_stranger": _gitlab("evil/group/shop"),
	"terraform_stranger": _terraform("evil"),
	"owner": _github("contoso/shop"),
	"owner_in_other_case": _github("Contoso/Shop"),
	"pattern_below_owner": _github("contoso/*"),
	"repository": _github("partner/shop"),
	"immutable": _github("contoso@1234/shop@5678"),
	"immutable_repository": _github("partner@77/shop@88"),
	"immutable_stranger": _github("evil@1234/shop@5678"),
	"configured_with_id": _github("fabrikam@5544123/shop@5678"),
	"recycled_owner": _github("fabrikam@999/shop@5678"),
	"gitlab_subgroup": _gitlab("contoso/group/shop"),
	"terraform": _terraform("contoso"),
	"no_repository": testing.application({"federated_credentials": [testing.federated_credential(0, {
		"subject": "",
		"expression": "claims['job_workflow_ref'] matches 'contoso/*'",
		"trust": {"repository": "", "scope": "other", "name": "", "wildcard": true},
	})]}),
	"not_understood": testing.application({"federated_credentials": [testing.federated_credential(0, _other)]}),
	"several": testing.application({"federated_credentials": [
		_trusting(0, "contoso/shop"),
		_trusting(1, "evil/shop"),
		testing.federated_credential(2, _other),
		object.union(_trusting(3, "evil/site"), {"name": null}),
	]}),
	"none": testing.application({"federated_credentials": []}),
}

_finding(repository) := {
	"at": "/federatedIdentityCredentials/0",
	"name": "production",
	"repository": repository,
}

test_reports_stranger if {
	rule.deny == {_finding("evil/shop")} with input as inputs.stranger with data.ztvet as ztvet
}

test_reports_owner_whose_name_is_longer if {
	rule.deny == {_finding("contoso-evil/shop")} with input as inputs.longer_owner with data.ztvet as ztvet
}

test_reports_repository_with_the_name_of_an_owner if {
	rule.deny == {_finding("evil/contoso")} with input as inputs.owner_as_repository with data.ztvet as ztvet
}

test_reports_other_repository_of_partner if {
	findings := {_finding("partner/shop2")}
	rule.deny == findings with input as inputs.other_repository_of_partner with data.ztvet as ztvet
}

test_reports_pattern_of_owner if {
	rule.deny == {_finding("conto*/shop")} with input as inputs.pattern_of_owner with data.ztvet as ztvet
}

test_reports_pattern_wider_than_the_repository if {
	rule.deny == {_finding("partner/*")} with input as inputs.pattern_below_partner with data.ztvet as ztvet
}

test_reports_stranger_on_gitlab if {
	rule.deny == {_finding("evil/group/shop")} with input as inputs.gitlab_stranger with data.ztvet as ztvet
}

test_reports_stranger_on_terraform_cloud if {
	rule.deny == {_finding("evil/shop/prod")} with input as inputs.terraform_stranger with data.ztvet as ztvet
}

test_allows_owner if {
	rule.deny == set() with input as inputs.owner with data.ztvet as ztvet
}

test_allows_owner_in_other_case if {
	rule.deny == set() with input as inputs.owner_in_other_case with data.ztvet as ztvet
}

test_allows_pattern_below_owner if {
	rule.deny == set() with input as inputs.pattern_below_owner with data.ztvet as ztvet
}

test_allows_repository if {
	rule.deny == set() with input as inputs.repository with data.ztvet as ztvet
}

test_allows_immutable_subject if {
	rule.deny == set() with input as inputs.immutable with data.ztvet as ztvet
}

test_allows_immutable_subject_of_repository if {
	rule.deny == set() with input as inputs.immutable_repository with data.ztvet as ztvet
}

test_reports_immutable_subject_of_stranger if {
	findings := {_finding("evil@1234/shop@5678")}
	rule.deny == findings with input as inputs.immutable_stranger with data.ztvet as ztvet
}

test_allows_owner_configured_with_its_id if {
	rule.deny == set() with input as inputs.configured_with_id with data.ztvet as ztvet
}

test_reports_owner_with_another_id if {
	findings := {_finding("fabrikam@999/shop@5678")}
	rule.deny == findings with input as inputs.recycled_owner with data.ztvet as ztvet
}

test_allows_subgroup_on_gitlab if {
	rule.deny == set() with input as inputs.gitlab_subgroup with data.ztvet as ztvet
}

test_allows_organisation_on_terraform_cloud if {
	rule.deny == set() with input as inputs.terraform with data.ztvet as ztvet
}

test_does_not_guess_the_repository if {
	rule.deny == set() with input as inputs.no_repository with data.ztvet as ztvet
}

test_does_not_guess_other_providers if {
	rule.deny == set() with input as inputs.not_understood with data.ztvet as ztvet
}

test_reports_each_credential if {
	rule.deny == {
		object.union(_finding("evil/shop"), {"at": "/federatedIdentityCredentials/1"}),
		object.union(_finding("evil/site"), {"at": "/federatedIdentityCredentials/3", "name": "unnamed"}),
	} with input as inputs.several with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

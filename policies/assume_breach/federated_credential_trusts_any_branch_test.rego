package zerotrust.assume_breach.federated_credential_trusts_any_branch_test

import data.zerotrust.assume_breach.federated_credential_trusts_any_branch as rule
import data.zerotrust.testing

_trust(repository, scope, name, wildcard) := {
	"repository": repository,
	"scope": scope,
	"name": name,
	"wildcard": wildcard,
}

_subject(index, subject, trust) := testing.federated_credential(index, {"subject": subject, "trust": trust})

_github(subject, trust) := testing.application({"federated_credentials": [_subject(0, subject, trust)]})

_expression(expression, trust) := testing.application({"federated_credentials": [testing.federated_credential(0, {
	"subject": "",
	"expression": expression,
	"trust": trust,
})]})

_of(provider, host, subject, trust) := testing.application({"federated_credentials": [testing.federated_credential(0, {
	"issuer": {"uri": concat("", ["https://", host]), "scheme": "https", "host": host},
	"provider": provider,
	"subject": subject,
	"trust": trust,
})]})

_gitlab(subject, trust) := _of("gitlab", "gitlab.com", subject, trust)

_terraform(subject, trust) := _of("terraform_cloud", "app.terraform.io", subject, trust)

_pull_request := "repo:contoso/shop:pull_request"

_any_branch := "claims['sub'] matches 'repo:contoso/shop:ref:refs/heads/*'"

_one_branch := "claims['sub'] eq 'repo:contoso/shop:ref:refs/heads/main'"

_terraform_any := "organization:contoso:project:shop:workspace:*:run_phase:apply"

_terraform_one := "organization:contoso:project:shop:workspace:prod:run_phase:apply"

_gitlab_any := "project_path:contoso/shop:ref_type:branch:ref:*"

_gitlab_one := "project_path:contoso/shop:ref_type:branch:ref:main"

_not_understood := {"subject": "system:serviceaccount:shop:*", "provider": "kubernetes", "trust": null}

inputs := {
	"pull_request": _github(_pull_request, _trust("contoso/shop", "pull_request", "", false)),
	"any_repository": _github("repo:contoso/*", _trust("contoso/*", "other", "", true)),
	"any_environment": _github("repo:contoso/shop:environment:*", _trust("contoso/shop", "environment", "*", true)),
	"pull_requests_of_any_repository": _github(
		"repo:contoso/*:pull_request",
		_trust("contoso/*", "pull_request", "", true),
	),
	"expression": _expression(_any_branch, _trust("contoso/shop", "branch", "*", true)),
	"exact_expression": _expression(_one_branch, _trust("contoso/shop", "branch", "main", false)),
	"gitlab_any_branch": _gitlab(_gitlab_any, _trust("contoso/shop", "branch", "*", true)),
	"gitlab_branch": _gitlab(_gitlab_one, _trust("contoso/shop", "branch", "main", false)),
	"terraform_any_workspace": _terraform(_terraform_any, _trust("contoso/shop/*", "run_phase", "apply", true)),
	"terraform_workspace": _terraform(_terraform_one, _trust("contoso/shop/prod", "run_phase", "apply", false)),
	"environment": testing.application({"federated_credentials": [testing.federated_credential(0, {})]}),
	"branch": _github("repo:contoso/shop:ref:refs/heads/main", _trust("contoso/shop", "branch", "main", false)),
	"branch_named_pull_request": _github(
		"repo:contoso/shop:ref:refs/heads/pull_request",
		_trust("contoso/shop", "branch", "pull_request", false),
	),
	"not_understood": testing.application({"federated_credentials": [testing.federated_credential(
		0,
		_not_understood,
	)]}),
	"unknown": testing.application({"federated_credentials": [testing.federated_credential(0, {
		"name": null,
		"issuer": null,
		"subject": null,
		"expression": null,
		"audiences": null,
		"provider": null,
		"trust": null,
	})]}),
	"unnamed": testing.application({"federated_credentials": [object.union(
		_subject(0, _pull_request, _trust("contoso/shop", "pull_request", "", false)),
		{"name": null},
	)]}),
	"several": testing.application({"federated_credentials": [
		testing.federated_credential(0, {}),
		testing.federated_credential(1, _not_understood),
		_subject(2, _pull_request, _trust("contoso/shop", "pull_request", "", false)),
		_subject(3, "repo:contoso/*", _trust("contoso/*", "other", "", true)),
	]}),
	"none": testing.application({"federated_credentials": []}),
}

_finding(index, problem, subject) := {
	"at": sprintf("/federatedIdentityCredentials/%d", [index]),
	"name": "production",
	"problem": problem,
	"subject": subject,
}

_pattern := "everything that matches a pattern"

test_reports_pull_request if {
	expected := {_finding(0, "any pull request", _pull_request)}
	rule.deny == expected with input as inputs.pull_request
}

test_reports_any_repository if {
	expected := {_finding(0, _pattern, "repo:contoso/*")}
	rule.deny == expected with input as inputs.any_repository
}

test_reports_any_environment if {
	expected := {_finding(0, _pattern, "repo:contoso/shop:environment:*")}
	rule.deny == expected with input as inputs.any_environment
}

test_reports_pull_requests_of_any_repository_once if {
	finding := _finding(0, _pattern, "repo:contoso/*:pull_request")
	expected := {finding}
	rule.deny == expected with input as inputs.pull_requests_of_any_repository
}

test_reports_expression if {
	expected := {_finding(0, _pattern, _any_branch)}
	rule.deny == expected with input as inputs.expression
}

test_allows_exact_expression if {
	rule.deny == set() with input as inputs.exact_expression
}

test_reports_any_branch_of_gitlab if {
	expected := {_finding(0, _pattern, _gitlab_any)}
	rule.deny == expected with input as inputs.gitlab_any_branch
}

test_allows_branch_of_gitlab if {
	rule.deny == set() with input as inputs.gitlab_branch
}

test_reports_any_workspace_of_terraform if {
	expected := {_finding(0, _pattern, _terraform_any)}
	rule.deny == expected with input as inputs.terraform_any_workspace
}

test_allows_workspace_of_terraform if {
	rule.deny == set() with input as inputs.terraform_workspace
}

test_allows_environment if {
	rule.deny == set() with input as inputs.environment
}

test_allows_branch if {
	rule.deny == set() with input as inputs.branch
}

test_allows_branch_named_pull_request if {
	rule.deny == set() with input as inputs.branch_named_pull_request
}

test_does_not_guess_other_providers if {
	rule.deny == set() with input as inputs.not_understood
}

test_does_not_guess if {
	rule.deny == set() with input as inputs.unknown
}

test_reports_unnamed if {
	finding := object.union(_finding(0, "any pull request", _pull_request), {"name": "unnamed"})
	expected := {finding}
	rule.deny == expected with input as inputs.unnamed
}

test_reports_each_credential if {
	expected := {
		_finding(2, "any pull request", _pull_request),
		_finding(3, _pattern, "repo:contoso/*"),
	}
	rule.deny == expected with input as inputs.several
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

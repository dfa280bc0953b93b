package zerotrust.least_privilege.no_admin_consent_workflow_test

import data.zerotrust.least_privilege.no_admin_consent_workflow as rule
import data.zerotrust.testing.tenant as testing

ztvet := {"parameters": {"LP-603": {"max_request_days": 30}}}

_tenant(facts) := testing.tenant({"admin_consent_requests": object.union(
	{"enabled": true, "request_duration_days": 30, "reviewers": [testing.reviewer(0)]},
	facts,
)})

inputs := {
	"reviewed": _tenant({}),
	"off": _tenant({"enabled": false, "request_duration_days": 0, "reviewers": []}),
	"nobody": _tenant({"reviewers": []}),
	"long": _tenant({"request_duration_days": 31}),
	"both": _tenant({"reviewers": [], "request_duration_days": 60}),
	"partly_known": _tenant({"reviewers": null, "request_duration_days": null}),
}

_off := {"at": "tenant.admin_consent_requests.enabled", "problem": "is not enabled"}

_nobody := {"at": "tenant.admin_consent_requests.reviewers", "problem": "has no reviewers"}

_long(days, limit) := {
	"at": "tenant.admin_consent_requests.request_duration_days",
	"problem": sprintf("keeps requests for %d days, more than %d", [days, limit]),
}

test_reports_only_that_it_is_off if {
	expected := {_off}
	rule.deny == expected with input as inputs.off with data.ztvet as ztvet
}

test_reports_no_reviewers if {
	expected := {_nobody}
	rule.deny == expected with input as inputs.nobody with data.ztvet as ztvet
}

test_reports_long_requests if {
	expected := {_long(31, 30)}
	rule.deny == expected with input as inputs.long with data.ztvet as ztvet
}

test_reports_each_problem if {
	expected := {_nobody, _long(60, 30)}
	rule.deny == expected with input as inputs.both with data.ztvet as ztvet
}

test_allows_reviewed_requests if {
	rule.deny == set() with input as inputs.reviewed with data.ztvet as ztvet
}

test_reports_nothing_unknown if {
	rule.deny == set() with input as inputs.partly_known with data.ztvet as ztvet
}

test_limit_can_be_set if {
	expected := {_long(30, 14)}
	rule.deny == expected with input as inputs.reviewed
		with data.ztvet.parameters as {"LP-603": {"max_request_days": 14}}
}

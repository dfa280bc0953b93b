package contoso.cost_centre_test

import data.contoso.cost_centre as rule

parameters := {"CONTOSO-105": {"prefix": "cost-centre:"}}

_problems := {finding.problem | some finding in rule.deny}

_input(tags) := {"subject": {"name": "shop"}, "application": {"tags": tags}}

test_reports_no_cost_centre if {
	_problems == {"has no tag that starts with `cost-centre:`"} with input as _input(["team:commerce"])
		with data.ztvet.parameters as parameters
		with data.directory.cost_centres as ["4711"]
}

test_reports_an_unknown_one if {
	_problems == {"has the unknown cost centre `1`"} with input as _input(["cost-centre:1", "cost-centre:4711"])
		with data.ztvet.parameters as parameters
		with data.directory.cost_centres as ["4711"]
}

test_allows_a_known_one if {
	_problems == set() with input as _input(["cost-centre:4711"])
		with data.ztvet.parameters as parameters
		with data.directory.cost_centres as ["4711"]
}

package contoso.naming_test

import data.contoso.naming as rule

parameters := {"CONTOSO-101": {"pattern": "^[a-z]+-(prod|test|dev)-(web|api|daemon)$"}}

_input(name) := {"application": {"display_name": name}}

test_reports[name] if {
	some name in ["Shop", "shop-prod", "shop-live-web", "shop-prod-web-2"]
	count(rule.deny) == 1 with input as _input(name)
		with data.ztvet.parameters as parameters
}

test_allows[name] if {
	some name in ["shop-prod-web", "payroll-dev-daemon"]
	rule.deny == set() with input as _input(name)
		with data.ztvet.parameters as parameters
}

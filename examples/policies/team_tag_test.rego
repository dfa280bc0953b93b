package contoso.team_tag_test

import data.contoso.team_tag

parameters := {"CONTOSO-001": {"prefix": "team:"}}

test_reports_an_application_without_a_team if {
	count(team_tag.deny) == 1 with input as {"subject": {"name": "Shop"}, "application": {"tags": []}}
		with data.ztvet.parameters as parameters
}

test_allows_an_application_with_a_team if {
	count(team_tag.deny) == 0 with input as {"subject": {"name": "Shop"}, "application": {"tags": ["team:payments"]}}
		with data.ztvet.parameters as parameters
}

package contoso.owner_in_team_test

import data.contoso.owner_in_team as rule

teams := {"commerce": ["a", "b"], "people": ["c"]}

_input(ids) := {"application": {"owners": [owner |
	some index, id in ids
	owner := {"id": id, "at": sprintf("/owners/%d", [index])}
]}}

test_reports_owners_of_no_team if {
	rule.deny == {{"at": "/owners/1", "owner": "x"}} with input as _input(["a", "x", "c"])
		with data.directory.owners as teams
}

test_allows[name] if {
	some name, ids in {"members": ["b", "c"], "no owner": [], "an id that is not known": [null]}
	rule.deny == set() with input as _input(ids)
		with data.directory.owners as teams
}

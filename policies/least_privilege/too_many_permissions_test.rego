package zerotrust.least_privilege.too_many_permissions_test

import data.zerotrust.least_privilege.too_many_permissions as rule
import data.zerotrust.testing

ztvet := {"parameters": {"LP-109": {"max_permissions": 20}}}

inputs := {
	"21": testing.application({"permissions": _permissions(21)}),
	"20": testing.application({"permissions": _permissions(20)}),
	"none": testing.application({"permissions": []}),
}

test_reports_one_more_than_the_limit if {
	rule.deny == {{"at": "application.permissions", "count": 21, "limit": 20}} with input as inputs["21"]
		with data.ztvet as ztvet
}

test_allows_as_many_as_the_limit if {
	rule.deny == set() with input as inputs["20"] with data.ztvet as ztvet
}

test_allows_none if {
	rule.deny == set() with input as inputs.none with data.ztvet as ztvet
}

test_heeds_the_parameter if {
	rule.deny == {{"at": "application.permissions", "count": 20, "limit": 19}} with input as inputs["20"]
		with data.ztvet.parameters["LP-109"].max_permissions as 19
}

_permissions(total) := [permission |
	some index in numbers.range(1, total)
	id := sprintf("6c1e2f3a-0000-4000-8000-%012d", [index])
	permission := testing.permission(index - 1, object.union(_own_api, {"id": id}))
]

_own_api := {
	"resource": {"app_id": "2b7f1c44-6a0e-4f57-9a5e-0c1d2e3f4a5b", "name": null},
	"id": "6c1e2f3a-0000-4000-8000-000000000001",
	"name": null,
	"known": null,
	"privilege_level": null,
	"admin_consent": null,
	"access": null,
	"delegated_sibling": null,
}

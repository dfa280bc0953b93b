package zerotrust.assume_breach.contact_missing_test

import data.zerotrust.assume_breach.contact_missing as rule
import data.zerotrust.testing

_support := testing.link("/info/supportUrl", {
	"uri": "https://contoso.com/support",
	"host": "contoso.com",
	"path": "/support",
})

_facts(reference, notes, support) := {
	"service_management_reference": reference,
	"notes": notes,
	"urls": {
		"home": null,
		"logout": null,
		"privacy": null,
		"terms": null,
		"support": support,
		"marketing": null,
		"saml_metadata": null,
	},
}

inputs := {
	"nothing": testing.application(_facts("", "", {})),
	"white_space": testing.application(_facts(" ", "\n", {})),
	"reference": testing.application(_facts("SVC-4711", "", {})),
	"notes": testing.application(_facts("", "Run by the shop team", {})),
	"support": testing.application(_facts("", "", _support)),
	"reference_unknown": testing.application(_facts(null, "", {})),
	"notes_unknown": testing.application(_facts("", null, {})),
	"support_unknown": testing.application(_facts("", "", null)),
}

_findings := {{"at": "application.service_management_reference"}}

test_reports_nothing_said if {
	rule.deny == _findings with input as inputs.nothing
}

test_white_space_says_nothing if {
	rule.deny == _findings with input as inputs.white_space
}

test_allows_reference if {
	rule.deny == set() with input as inputs.reference
}

test_allows_notes if {
	rule.deny == set() with input as inputs.notes
}

test_allows_support_page if {
	rule.deny == set() with input as inputs.support
}

test_does_not_guess_the_reference if {
	rule.deny == set() with input as inputs.reference_unknown
}

test_does_not_guess_the_notes if {
	rule.deny == set() with input as inputs.notes_unknown
}

test_does_not_guess_the_support_page if {
	rule.deny == set() with input as inputs.support_unknown
}

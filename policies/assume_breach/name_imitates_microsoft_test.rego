package zerotrust.assume_breach.name_imitates_microsoft_test

import data.zerotrust.assume_breach.name_imitates_microsoft as rule
import data.zerotrust.testing
import data.zerotrust.testing.service_principal as principals

_named(name) := testing.application({"display_name": name})

inputs := {
	"principal": principals.service_principal({"display_name": "Microsoft Teams"}),
	"first_party_principal": principals.first_party({"display_name": "Microsoft Teams"}),
	"managed_identity": principals.managed_identity({"display_name": "Microsoft Teams"}),
	"equal": _named("Microsoft Teams"),
	"any_case": _named("  MICROSOFT teams "),
	"starts": _named("Office 365 Login"),
	"most_exact_product": _named("Microsoft Graph Command Line Tools"),
	"company": _named("Microsoft Sign-in"),
	"common_word": _named("Outlook"),
	"common_word_first": _named("Outlook add-in for orders"),
	"longer_word": _named("Microsoftish"),
	"hyphen": _named("OneDrive-like storage"),
	"own_name_first": _named("Contoso for Teams"),
	"product_later": _named("Contoso for Microsoft Teams"),
	"generic_word": _named("Teams"),
	"generic_words": _named("Portal for Office Supplies"),
	"empty": _named(""),
	"unknown": _named(null),
	"first_party": testing.application({
		"app_id": "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
		"display_name": "Microsoft Teams",
		"first_party": true,
	}),
	"party_unknown": testing.application({
		"app_id": null,
		"display_name": "Microsoft Teams",
		"first_party": null,
	}),
}

_finding(name, product) := {"at": "application.display_name", "name": name, "product": product}

test_reports_equal_name if {
	rule.deny == {_finding("Microsoft Teams", "Microsoft Teams")} with input as inputs.equal
}

test_reports_any_case if {
	rule.deny == {_finding("  MICROSOFT teams ", "Microsoft Teams")} with input as inputs.any_case
}

test_reports_start_of_name if {
	rule.deny == {_finding("Office 365 Login", "Office 365")} with input as inputs.starts
}

test_names_the_most_exact_product if {
	finding := _finding("Microsoft Graph Command Line Tools", "Microsoft Graph")
	rule.deny == {finding} with input as inputs.most_exact_product
}

test_reports_company if {
	rule.deny == {_finding("Microsoft Sign-in", "Microsoft")} with input as inputs.company
}

test_reports_common_word_alone if {
	rule.deny == {_finding("Outlook", "Outlook")} with input as inputs.common_word
}

test_allows_common_word_first if {
	rule.deny == set() with input as inputs.common_word_first
}

test_allows_longer_word if {
	rule.deny == set() with input as inputs.longer_word
}

test_allows_hyphen if {
	rule.deny == set() with input as inputs.hyphen
}

test_allows_own_name_first if {
	rule.deny == set() with input as inputs.own_name_first
}

test_allows_product_later if {
	rule.deny == set() with input as inputs.product_later
}

test_allows_generic_word if {
	rule.deny == set() with input as inputs.generic_word
}

test_allows_generic_words if {
	rule.deny == set() with input as inputs.generic_words
}

test_allows_empty if {
	rule.deny == set() with input as inputs.empty
}

test_does_not_guess_the_name if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_first_party if {
	rule.deny == set() with input as inputs.first_party
}

test_does_not_guess_the_party if {
	rule.deny == set() with input as inputs.party_unknown
}

test_reports_service_principal if {
	expected := {{
		"at": "service_principal.display_name",
		"name": "Microsoft Teams",
		"product": data.facts.microsoft_products["microsoft teams"],
	}}
	rule.deny == expected with input as inputs.principal
}

test_allows_microsofts_service_principal if {
	rule.deny == set() with input as inputs.first_party_principal
}

test_leaves_managed_identities_alone if {
	rule.deny == set() with input as inputs.managed_identity
}

package zerotrust.assume_breach.shared_redirect_uri_test

import data.zerotrust.assume_breach.shared_redirect_uri as rule
import data.zerotrust.testing.inventory

inputs := {
	"web": inventory.inventory({"shared_redirect_uris": [{
		"uri": "https://shop.contoso.com/auth",
		"web": true,
		"applications": [inventory.application(1), inventory.application(2)],
	}]}),
	"custom_scheme": inventory.inventory({"shared_redirect_uris": [{
		"uri": "shop://auth",
		"web": false,
		"applications": [inventory.application(1), inventory.application(2)],
	}]}),
	"microsoft_page": inventory.inventory({"shared_redirect_uris": [{
		"uri": "https://login.microsoftonline.com/common/oauth2/nativeclient",
		"web": true,
		"applications": [inventory.application(1), inventory.application(2)],
	}]}),
	"out_of_band": inventory.inventory({"shared_redirect_uris": [{
		"uri": "urn:ietf:wg:oauth:2.0:oob",
		"web": false,
		"applications": [inventory.application(1), inventory.application(2)],
	}]}),
	"none": inventory.inventory({"shared_redirect_uris": []}),
}

test_reports_web if {
	expected := {{
		"at": "apps.json#/value/1", "applications": [
			"Shop 1 (1f0e2d3c-0000-4000-8000-000000000001)",
			"Shop 2 (1f0e2d3c-0000-4000-8000-000000000002)",
		],
		"uri": "https://shop.contoso.com/auth",
	}}
	rule.deny == expected with input as inputs.web
}

test_reports_custom_scheme if {
	expected := {{
		"at": "apps.json#/value/1", "applications": [
			"Shop 1 (1f0e2d3c-0000-4000-8000-000000000001)",
			"Shop 2 (1f0e2d3c-0000-4000-8000-000000000002)",
		],
		"uri": "shop://auth",
	}}
	rule.deny == expected with input as inputs.custom_scheme
}

test_allows_microsoft_page if {
	rule.deny == set() with input as inputs.microsoft_page
}

test_allows_out_of_band if {
	rule.deny == set() with input as inputs.out_of_band
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

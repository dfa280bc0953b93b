package zerotrust.verify_explicitly.android_embedded_web_view_test

import data.zerotrust.testing.project
import data.zerotrust.verify_explicitly.android_embedded_web_view as rule

inputs := {
	"web_view": project.configuration([project.msal_android({"authorization_user_agent": "WEBVIEW"})]),
	"no_broker": project.configuration([project.msal_android({"broker_redirect_uri_registered": false})]),
	"both": project.configuration([project.msal_android({
		"authorization_user_agent": "WEBVIEW",
		"broker_redirect_uri_registered": false,
	})]),
	"default": project.configuration([project.msal_android({})]),
	"browser": project.configuration([project.msal_android({"authorization_user_agent": "BROWSER"})]),
	"b2c": project.configuration([project.msal_android({"broker_redirect_uri_registered": false, "b2c": true})]),
	"unknown": project.configuration([project.msal_android({
		"authorization_user_agent": null,
		"broker_redirect_uri_registered": null,
	})]),
	"azure_ad": project.configuration([project.azure_ad({})]),
}

test_reports_web_view if {
	expected := {{
		"at": "/authorization_user_agent",
		"problem": "the sign-in page shows in an embedded web view (`authorization_user_agent` is `WEBVIEW`)",
	}}
	rule.deny == expected with input as inputs.web_view
}

test_reports_missing_broker if {
	expected := {{
		"at": "/broker_redirect_uri_registered",
		"problem": "the broker is not used (`broker_redirect_uri_registered` is not true)",
	}}
	rule.deny == expected with input as inputs.no_broker
}

test_reports_each if {
	count(rule.deny) == 2 with input as inputs.both
}

test_allows_default if {
	rule.deny == set() with input as inputs["default"]
}

test_allows_browser if {
	rule.deny == set() with input as inputs.browser
}

test_allows_b2c_without_broker if {
	rule.deny == set() with input as inputs.b2c
}

test_allows_unknown if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_other_clients if {
	rule.deny == set() with input as inputs.azure_ad
}

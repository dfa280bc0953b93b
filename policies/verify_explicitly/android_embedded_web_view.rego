# METADATA
# title: Android client uses an embedded web view
# description: |-
#   In a web view of its own an application sees the password that the user types, and so does whoever tampers with it.
#   Without a browser or a broker there is neither single sign-on nor proof of the device for Conditional Access.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-android-single-sign-on
#     description: Single sign-on with MSAL for Android
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-configuration
#     description: Configuration file of MSAL for Android
# custom:
#   id: VE-205
#   severity: medium
#   practice: VE.3
#   applies_to: [project]
#   requires:
#     - "project.configuration[msal_android].authorization_user_agent"
#     - "project.configuration[msal_android].broker_redirect_uri_registered"
#   message: "{problem}"
#   remediation: >-
#     Set `authorization_user_agent` to `DEFAULT` or `BROWSER`, register the broker's redirect URI, and set
#     `broker_redirect_uri_registered` to true.
package zerotrust.verify_explicitly.android_embedded_web_view

deny contains finding if {
	some section in input.project.configuration
	section.kind == "msal_android"
	section.authorization_user_agent == "WEBVIEW"
	finding := {
		"at": concat("/", [section.at, "authorization_user_agent"]),
		"problem": "the sign-in page shows in an embedded web view (`authorization_user_agent` is `WEBVIEW`)",
	}
}

# Azure AD B2C has no broker.
deny contains finding if {
	some section in input.project.configuration
	section.kind == "msal_android"
	section.broker_redirect_uri_registered == false
	not section.b2c
	finding := {
		"at": concat("/", [section.at, "broker_redirect_uri_registered"]),
		"problem": "the broker is not used (`broker_redirect_uri_registered` is not true)",
	}
}

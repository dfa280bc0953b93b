# METADATA
# title: Mobile redirect URI bypasses the broker
# description: |-
#   A broker (Microsoft Authenticator, Company Portal) proves which device and which application ask for a token.
#   Without it there is no device-bound single sign-on, device-based Conditional Access fails, and another
#   application may claim the same URI scheme to catch the code.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-android-single-sign-on
#     description: Single sign-on with MSAL for Android
#   - ref: https://learn.microsoft.com/entra/msal/objc/redirect-uris-ios
#     description: Redirect URIs of MSAL for iOS and macOS
# custom:
#   id: VE-108
#   severity: medium
#   practice: VE.3
#   applies_to: [application]
#   requires_complete: [application.redirect_uris]
#   message: "mobile sign-in bypasses the broker: {problem}"
#   remediation: >-
#     Add `msauth://<package>/<signature hash>` for Android and `msauth.<bundle id>://auth` for iOS, and use MSAL
#     with the broker.
package zerotrust.verify_explicitly.broker_bypassed

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	not _has_broker
	some redirect in _mobile_redirects
	uri := redirect_uris.shown(redirect)
	finding := {
		"at": redirect.at,
		"uri": uri,
		"problem": sprintf("redirect URI `%s` is not of the `msauth` form", [uri]),
	}
}

deny contains finding if {
	input.declared.type == "mobile"
	not _has_broker
	count(_mobile_redirects) == 0
	finding := {
		"at": "application.redirect_uris",
		"problem": "no redirect URI is of the `msauth` form",
	}
}

_has_broker if {
	some redirect in input.application.redirect_uris
	redirect.broker != null
}

_mobile_redirects contains redirect if {
	not input.declared.type == "desktop"
	some redirect in input.application.redirect_uris
	redirect.platform == "public_client"
	redirect.scheme != null
	_mobile_scheme(redirect.scheme)
}

# msal<client id>, which MSAL uses without a broker
_mobile_scheme(scheme) if startswith(scheme, "msal")

# a reversed domain name, as Android and iOS applications claim
_mobile_scheme(scheme) if contains(scheme, ".")

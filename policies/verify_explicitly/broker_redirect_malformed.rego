# METADATA
# title: Malformed broker redirect URI
# description: |-
#   The broker answers only a redirect URI that names the application's package and signature, or its bundle. With
#   any other form sign-in fails, or falls back to a browser without the protection of the broker.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-android-single-sign-on
#     description: Single sign-on with MSAL for Android
#   - ref: https://learn.microsoft.com/entra/msal/objc/redirect-uris-ios
#     description: Redirect URIs of MSAL for iOS and macOS
# custom:
#   id: VE-109
#   severity: medium
#   practice: VE.3
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "broker redirect URI `{uri}` is malformed: {problem}"
#   remediation: >-
#     Use `msauth://<package>/<percent-encoded signature hash>` for Android and `msauth.<bundle id>://auth` for iOS.
package zerotrust.verify_explicitly.broker_redirect_malformed

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.broker.well_formed == false
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "problem": redirect.broker.problem}
}

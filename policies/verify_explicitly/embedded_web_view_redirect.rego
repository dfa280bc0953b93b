# METADATA
# title: Native client redirects to an embedded web view
# description: |-
#   These redirect URIs serve clients that show the sign-in page in a web view of their own. The host application
#   can read what the user types there, and the sign-in sees neither the device nor sessions of the system
#   browser.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/scenario-desktop-app-registration
#     description: Registering a desktop application
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions
# custom:
#   id: VE-110
#   severity: low
#   practice: VE.3
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` is for an embedded web view"
#   remediation: Use the system browser with `http://localhost`, or the broker of the platform.
package zerotrust.verify_explicitly.embedded_web_view_redirect

_web_views := {
	"https://login.microsoftonline.com/common/oauth2/nativeclient",
	"https://login.microsoftonline.us/common/oauth2/nativeclient",
	"https://login.partner.microsoftonline.cn/common/oauth2/nativeclient",
	"https://login.live.com/oauth20_desktop.srf",
	"urn:ietf:wg:oauth:2.0:oob",
}

deny contains finding if {
	some redirect in input.application.redirect_uris
	lower(redirect.uri) in _web_views
	finding := {"at": redirect.at, "uri": redirect.uri}
}

# METADATA
# title: Custom scheme that any application can claim
# description: |-
#   Nothing stops another application on the device from registering the same custom scheme and receiving the code.
#   A domain in reverse order says whose scheme it is and does not collide by chance. A short word does neither.
# related_resources:
#   - ref: https://www.rfc-editor.org/rfc/rfc8252#section-7.1
#     description: OAuth 2.0 for native apps, private-use URI schemes
#   - ref: https://learn.microsoft.com/entra/identity-platform/scenario-desktop-app-registration
#     description: Registration of desktop applications
# custom:
#   id: AB-111
#   severity: medium
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` uses the scheme `{scheme}`, which any application can claim"
#   remediation: Use the broker's redirect URI, or a scheme made of your domain in reverse order.
package zerotrust.assume_breach.redirect_uri_claimable_scheme

import data.zerotrust.lib.redirect_uris

# Schemes that no application can register for itself, and those of the broker.
_reserved_schemes := {
	"http",
	"https",
	"urn",
	"javascript",
	"data",
	"vbscript",
	"file",
	"blob",
	"msauth",
	"ms-app",
	"ms-appx-web",
}

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.platform == "public_client"
	redirect.scheme != null
	not contains(redirect.scheme, ".")
	not redirect.scheme in _reserved_schemes
	not _names_client(redirect.scheme, input.application.app_id)
	finding := {"at": redirect.at, "uri": redirect_uris.shown(redirect), "scheme": redirect.scheme}
}

_names_client(scheme, app_id) if {
	app_id != null
	scheme == concat("", ["msal", lower(app_id)])
}

# Any id could be the application's while that is unknown.
_names_client(scheme, app_id) if {
	app_id == null
	startswith(scheme, "msal")
	count(scheme) == 40
}

# METADATA
# title: Published URL uses plain HTTP
# description: |-
#   Users follow these links from the consent prompt, where Microsoft's pages lend them trust.
#   Over plain HTTP anyone on the network path can replace the page, with a false sign-in page for example.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/howto-add-terms-of-service-privacy-statement
#     description: Terms of service and privacy statement of an application
# custom:
#   id: AB-117
#   severity: low
#   practice: AB.1
#   applies_to: [application]
#   uses:
#     - application.urls.home
#     - application.urls.privacy
#     - application.urls.terms
#     - application.urls.support
#     - application.urls.marketing
#   message: "{link} URL `{uri}` uses plain HTTP"
#   remediation: Serve the page over https and publish that URL.
package zerotrust.assume_breach.published_url_plain_http

import data.zerotrust.lib.redirect_uris

_links := {
	"home": "home page",
	"privacy": "privacy statement",
	"terms": "terms of service",
	"support": "support",
	"marketing": "marketing",
}

deny contains finding if {
	some key, name in _links
	link := input.application.urls[key]
	link.scheme == "http"
	finding := {"at": link.at, "uri": redirect_uris.shown(link), "link": name}
}

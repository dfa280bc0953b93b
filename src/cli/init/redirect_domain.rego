# METADATA
# title: Redirect URI is outside of our domain
# description: Whoever holds the host of a redirect URI receives the codes and tokens that are sent there.
# custom:
#   id: OWN-001
#   severity: high
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` is not under `{domain}`"
#   remediation: Use a host under the domain, or remove the redirect URI.
#   parameters:
#     domain:
#       type: string
#       default: example.com
#       description: The domain that redirect URIs must be under.
package own.redirect_domain

deny contains finding if {
	domain := data.ztvet.parameters["OWN-001"].domain
	some redirect in input.application.redirect_uris
	redirect.scheme == "https"
	redirect.host != null
	not _is_under(redirect.host, domain)
	finding := {"at": redirect.at, "uri": redirect.uri, "domain": domain}
}

_is_under(host, domain) if host == domain

_is_under(host, domain) if endswith(host, concat("", [".", domain]))

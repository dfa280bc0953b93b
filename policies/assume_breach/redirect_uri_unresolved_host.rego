# METADATA
# title: Redirect URI's host does not resolve
# description: |-
#   A name that no longer exists, or an alias that ends at one, can be registered by anyone.
#   Whoever does so receives the codes and tokens that the platform still sends there.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/security/fundamentals/subdomain-takeover
#     description: Prevent dangling DNS entries and subdomain takeover
# custom:
#   id: AB-123
#   severity: high
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris, application.dns, "application.dns[].resolves"]
#   message: "redirect URI `{uri}` depends on `{chain}`, which does not exist in DNS"
#   remediation: Remove the redirect URI, or register the missing name again before someone else does.
package zerotrust.assume_breach.redirect_uri_unresolved_host

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect_uris.on_web_host(redirect)
	lookup := input.application.dns[redirect.host]
	lookup.resolves == false
	names := array.concat([redirect.host], lookup.cname)
	finding := {
		"at": redirect.at,
		"uri": redirect_uris.shown(redirect),
		"host": redirect.host,
		"missing": names[count(names) - 1],
		"chain": concat(" -> ", names),
	}
}

# METADATA
# title: Development and production share a registration
# description: |-
#   Development and test hosts are guarded less than production ones.
#   Here they receive tokens with the same permissions.
#   An attacker who gets into a test site, or listens on a developer's machine, collects tokens for production data.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registration
# custom:
#   id: AB-122
#   severity: medium
#   practice: AB.2
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "development hosts `{development}` share a registration with production hosts `{production}`"
#   remediation: Make a registration for each environment and move the development redirect URIs there.
package zerotrust.assume_breach.development_beside_production

import data.zerotrust.lib.redirect_uris

_development_words := {"dev", "test", "staging", "uat", "qa", "int"}

_sites := [redirect |
	some redirect in input.application.redirect_uris
	redirect.platform in {"web", "spa"}
	redirect_uris.on_web_host(redirect)
]

_named_hosts := {host |
	some site in _sites
	not site.ip
	host := site.host
}

_development_hosts := {host |
	some site in _sites
	_is_development(site)
	host := site.host
}

deny contains finding if {
	count(_development_hosts) > 0
	production := _named_hosts - _development_hosts
	count(production) > 0
	finding := {
		"at": "application.redirect_uris",
		"development": sort(_development_hosts),
		"production": sort(production),
	}
}

_is_development(site) if site.loopback

_is_development(site) if site.tunnel != null

# A whole label, or a whole word of a label with hyphens.
_is_development(site) if {
	some label in split(_chosen_name(site), ".")
	some word in split(label, "-")
	word in _development_words
}

# What stands before the domain or the hosting suffix: contoso.dev and test.com are no development hosts by that.
_chosen_name(site) := trim_suffix(site.host, site.shared_hosting) if site.shared_hosting != null

_chosen_name(site) := trim_suffix(site.host, site.registrable_domain) if {
	site.shared_hosting == null
	site.registrable_domain != null
}

_chosen_name(site) := site.host if {
	site.shared_hosting == null
	site.registrable_domain == null
}

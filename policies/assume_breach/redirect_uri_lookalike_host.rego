# METADATA
# title: Host looks like one of the organisation's
# description: |-
#   A host that reads like one of the organisation's passes a quick review and then sends tokens to an attacker.
#   Letters of other scripts and small changes of spelling are the usual disguises.
# related_resources:
#   - ref: https://www.unicode.org/reports/tr39/
#     description: Unicode security mechanisms
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for redirect URIs
# custom:
#   id: AB-115
#   severity: high
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "redirect URI `{uri}` leads to `{host}`, which {problem}"
#   remediation: Find out who owns the host. Remove the URI, or add the domain to organization.domains if it is yours.
#   parameters:
#     max_distance:
#       type: integer
#       default: 2
#       description: Most edits, up to 3, between a misspelt domain and the organisation's.
package zerotrust.assume_breach.redirect_uri_lookalike_host

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.mixed_script
	_foreign(redirect)
	finding := _finding(redirect, "mixes scripts")
}

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.punycode
	not redirect.mixed_script
	_foreign(redirect)
	finding := _finding(redirect, "is an internationalised name")
}

deny contains finding if {
	some redirect in input.application.redirect_uris
	redirect.resembles != null
	_foreign(redirect)
	_imitates(redirect.resembles, data.ztvet.parameters["AB-115"].max_distance)
	finding := _finding(redirect, sprintf("imitates `%s`", [redirect.resembles.domain]))
}

_foreign(redirect) if {
	redirect_uris.on_web_host(redirect)
	redirect.own_domain != true
}

_imitates(resemblance, _) if resemblance.kind == "prefix"

_imitates(resemblance, max_distance) if {
	resemblance.kind == "spelling"
	resemblance.distance <= max_distance
}

_finding(redirect, problem) := {
	"at": redirect.at,
	"uri": redirect_uris.shown(redirect),
	"host": redirect.host,
	"problem": problem,
}

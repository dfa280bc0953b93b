# METADATA
# title: Loopback redirect URIs differ only by port
# description: |-
#   The platform ignores the port of a loopback redirect URI, so two that differ only by port are one to it.
#   It picks either, with the platform type of that one, and sign-in can run a flow that the client was not built for.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
#     description: Exceptions for localhost redirect URIs
# custom:
#   id: AB-114
#   severity: low
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "loopback redirect URIs `{uri}` and `{other}` differ only by port"
#   remediation: Keep one of them, or tell them apart by path.
package zerotrust.assume_breach.redirect_uri_loopback_ports

import data.zerotrust.lib.redirect_uris

# Sorted, so that URIs that are equal but for the port stand side by side.
_loopback := sort([entry |
	some redirect in input.application.redirect_uris
	redirect.loopback
	redirect_uris.on_web_host(redirect)
	not redirect.fragment
	entry := [_without_port(redirect), redirect.port, redirect.at, redirect_uris.shown(redirect)]
])

deny contains finding if {
	some i, first in _loopback
	second := _loopback[i + 1]
	first[0] == second[0]
	first[1] != second[1]
	finding := {"at": second[2], "uri": second[3], "other": first[3]}
}

_without_port(redirect) := [redirect.scheme, redirect.host, redirect.path, query] if {
	parts := split(redirect.uri, "?")
	query := array.slice(parts, 1, count(parts))
}

# METADATA
# title: Change adds a way in
# description: |-
#   Codes and tokens go to every redirect URI, and whoever holds a credential is the application. One that was added is
#   worth a look by somebody who knows who is behind it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application properties
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions and limitations
# custom:
#   id: LP-406
#   severity: medium
#   practice: AB.1
#   applies_to: [change]
#   uses:
#     - change.redirect_uris.gained
#     - change.credentials.gained
#     - change.federated_credentials.gained
#   message: "{way} `{name}` was added"
#   remediation: Find out who controls it, and remove what it replaces.
package zerotrust.least_privilege.way_in_added

import data.zerotrust.lib.label
import data.zerotrust.lib.redirect_uris

deny contains finding if {
	gained := input.change.redirect_uris.gained
	gained != null
	places := {_place(redirect) | some redirect in input.change.old.redirect_uris}
	some redirect in gained
	not redirect.loopback
	not _place(redirect) in places
	finding := {
		"at": redirect.at,
		"way": "redirect URI on a new host",
		"name": redirect_uris.shown(redirect),
	}
}

deny contains finding if {
	gained := input.change.credentials.gained
	gained != null
	some credential in gained
	finding := {
		"at": credential.at,
		"way": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
	}
}

deny contains finding if {
	gained := input.change.federated_credentials.gained
	gained != null
	some credential in gained
	finding := {
		"at": credential.at,
		"way": "federated credential for",
		"name": label.first_of([credential.subject, credential.expression, credential.name]),
		"issuer": credential.issuer.uri,
	}
}

# A site is its host. The scheme of a native client stands for the client.
_place(redirect) := redirect.host if redirect_uris.on_web_host(redirect)

_place(redirect) := concat(" ", [label.first_of([redirect.scheme]), label.first_of([redirect.host, redirect.path])]) if {
	not redirect_uris.on_web_host(redirect)
}

# METADATA
# title: Public client has an identifier URI
# description: |-
#   An identifier URI makes the application a resource that others ask tokens for. A client on devices that its
#   users control cannot protect a resource, so either the URI is left over or one registration serves two programs.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reference-microsoft-graph-app-manifest
#     description: Application manifest, identifierUris
# custom:
#   id: AB-208
#   severity: low
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.identifier_uris]
#   requires_complete: [application.redirect_uris]
#   message: "public client has the identifier URI `{uri}`"
#   remediation: Remove the identifier URI. Where it names an API, give the API a registration of its own.
package zerotrust.assume_breach.public_client_with_identifier_uri

import data.zerotrust.lib.client
import data.zerotrust.lib.redirect_uris

deny contains finding if {
	client.public_only(input.application)
	not _confidential
	some identifier in input.application.identifier_uris
	finding := {"at": identifier.at, "uri": redirect_uris.shown(identifier)}
}

_confidential if input.declared.type in {"web", "daemon", "api"}

_confidential if {
	input.application.credentials != null
	some credential in input.application.credentials
	client.authenticates(credential)
}

_confidential if {
	input.application.federated_credentials != null
	count(input.application.federated_credentials) > 0
}

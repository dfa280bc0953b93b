# METADATA
# title: Public client flows are enabled on a confidential client
# description: |-
#   With public client flows on, anyone who knows the client id may use the device code and password flows in the
#   application's name, without its credential. Device code phishing and password spraying then go around the
#   client's own authentication.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-client-applications
#     description: Public and confidential clients
#   - ref: https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc
#     description: Resource owner password credentials
# custom:
#   id: VE-104
#   severity: high
#   practice: VE.3
#   applies_to: [application]
#   requires: [application.public_client_fallback]
#   uses:
#     - application.redirect_uris
#     - application.credentials
#     - application.federated_credentials
#   message: "public client flows are enabled on a confidential client ({evidence})"
#   remediation: Switch off public client flows. Give a native client a registration of its own.
package zerotrust.verify_explicitly.public_client_flow_on_confidential_client

import data.zerotrust.lib.client

deny contains finding if {
	input.application.public_client_fallback == true
	count(_evidence) > 0
	finding := {
		"at": "application.public_client_fallback",
		"evidence": [evidence | some evidence in _evidence],
	}
}

_evidence contains "web redirect URI" if client.has_platform(input.application, "web")

_evidence contains kind if {
	not _declared_public
	input.application.credentials != null
	some credential in input.application.credentials
	client.authenticates(credential)
	kind := credential.kind
}

_evidence contains "federated credential" if {
	not _declared_public
	input.application.federated_credentials != null
	count(input.application.federated_credentials) > 0
}

_evidence contains evidence if {
	input.declared.type in {"web", "daemon", "api"}
	evidence := concat(" ", ["declared type", input.declared.type])
}

_declared_public if input.declared.type in {"spa", "mobile", "desktop"}

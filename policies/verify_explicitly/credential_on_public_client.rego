# METADATA
# title: Public client holds a credential
# description: |-
#   A public client runs on devices and in browsers that its users control, so it cannot keep a secret. A
#   credential on its registration is either useless or already in the hands of everyone who has the application,
#   who can then sign in as it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-client-applications
#     description: Public and confidential clients
# custom:
#   id: VE-105
#   severity: high
#   practice: VE.3
#   applies_to: [application]
#   requires: [application.credentials]
#   requires_complete: [application.redirect_uris]
#   uses:
#     - application.public_client_fallback
#   message: "{kind} `{name}` on a public client"
#   remediation: Remove the credential. Where a server needs one, give the server a registration of its own.
package zerotrust.verify_explicitly.credential_on_public_client

import data.zerotrust.lib.client
import data.zerotrust.lib.label

deny contains finding if {
	client.public_only(input.application)
	not _declared_confidential
	some credential in input.application.credentials
	client.authenticates(credential)
	finding := {
		"at": credential.at,
		"kind": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
	}
}

_declared_confidential if input.declared.type in {"web", "daemon", "api"}

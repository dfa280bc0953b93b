# METADATA
# title: Client authenticates with a shared secret
# description: |-
#   A secret is sent with every token request and tends to be copied into settings, pipelines and chats. Whoever
#   finds a copy is the application until the secret expires.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
#     description: Certificate credentials
# custom:
#   id: VE-107
#   severity: medium
#   practice: VE.3
#   applies_to: [application]
#   requires: [application.credentials, "application.credentials[secret].end"]
#   message: "secret `{name}` authenticates the client"
#   remediation: >-
#     Replace the secret with a federated credential of a managed identity, or with a certificate, and remove it.
package zerotrust.verify_explicitly.shared_secret

import data.zerotrust.lib.credentials
import data.zerotrust.lib.label

deny contains finding if {
	some credential in input.application.credentials
	credential.kind == "secret"
	credentials.live(credential)
	finding := {"at": credential.at, "name": label.first_of([credential.name, credential.id])}
}

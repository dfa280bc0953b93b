# METADATA
# title: Secret beside a better credential
# description: |-
#   The application can prove who it is without a shared secret, and yet one stays valid. Whoever finds the secret
#   bypasses the stronger credential.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
#     description: Workload identity federation
# custom:
#   id: AB-408
#   severity: medium
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.credentials, "application.credentials[].end"]
#   uses:
#     - application.federated_credentials
#   message: "secret `{name}` is live beside {better}"
#   remediation: Let every deployment use the better credential, then remove the secret.
package zerotrust.assume_breach.secret_beside_better_credential

import data.zerotrust.lib.client
import data.zerotrust.lib.credentials
import data.zerotrust.lib.label

deny contains finding if {
	count(_better) > 0
	some credential in input.application.credentials
	credential.kind == "secret"
	credentials.live(credential)
	finding := {
		"at": credential.at,
		"name": label.first_of([credential.name, credential.id]),
		"better": concat(" and ", _better),
	}
}

_better contains "a certificate" if {
	some credential in input.application.credentials
	credential.kind == "certificate"
	credentials.live(credential)
	client.authenticates(credential)
}

_better contains "a federated credential" if {
	input.application.federated_credentials != null
	count(input.application.federated_credentials) > 0
}

# METADATA
# title: Credential on the service principal
# description: |-
#   The portal and most reviews show the credentials of the registration alone. One on the service principal signs in
#   just as well, which is why attackers like to leave theirs there.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/security/operations/incident-response-playbook-compromised-malicious-app
#     description: Compromised and malicious applications
# custom:
#   id: AB-404
#   severity: high
#   practice: AB.5
#   applies_to: [service_principal]
#   requires: [service_principal.credentials]
#   message: "{kind} `{name}` is on the service principal"
#   remediation: Find out who added it, and remove it. Keep what the application needs on its registration.
package zerotrust.assume_breach.credential_on_service_principal

import data.zerotrust.lib.label
import data.zerotrust.lib.service_principal

deny contains finding if {
	some credential in service_principal.credentials(input.service_principal)
	finding := {
		"at": credential.at,
		"kind": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
	}
}

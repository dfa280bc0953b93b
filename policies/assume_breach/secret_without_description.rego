# METADATA
# title: Secret without a description
# description: |-
#   Nobody can tell what uses the secret, so nobody dares to remove or renew it. Nor does one that an attacker added
#   stand out.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-409
#   severity: info
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.credentials, "application.credentials[secret].name"]
#   message: "secret `{id}` has no description"
#   remediation: Replace the secret with one whose description says where it is used.
package zerotrust.assume_breach.secret_without_description

import data.zerotrust.lib.label

deny contains finding if {
	some credential in input.application.credentials
	credential.kind == "secret"
	credential.name != null
	trim_space(credential.name) == ""
	finding := {"at": credential.at, "id": label.first_of([credential.id])}
}

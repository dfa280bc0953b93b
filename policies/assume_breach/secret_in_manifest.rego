# METADATA
# title: Secret value in the manifest
# description: |-
#   Everyone who can read the file, its history or its backups can sign in as the application. Files travel to
#   repositories, tickets and build logs, so the value has to be treated as public.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-403
#   severity: critical
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.credentials]
#   message: "the {material} of `{name}` stands in the document"
#   remediation: >-
#     Revoke the credential now and make a new one, then remove the value from the document and from its history.
#     Keep what replaces it in a key vault.
package zerotrust.assume_breach.secret_in_manifest

import data.zerotrust.lib.label

_materials := {"secret": "value", "certificate": "private key"}

deny contains finding if {
	some credential in input.application.credentials
	credential.has_value
	finding := {
		"at": credential.at,
		"kind": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
		"material": _materials[credential.kind],
	}
}

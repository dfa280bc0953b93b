# METADATA
# title: Registrations share a credential
# description: |-
#   One private key opens several applications. Who steals it from the weakest of them has all of them, and it cannot be
#   renewed for one without breaking the others.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
#     description: Certificate credentials
# custom:
#   id: AB-702
#   severity: high
#   practice: AB.5
#   applies_to: [inventory]
#   requires: [inventory.shared_certificates]
#   message: "certificate `{thumbprint}` is shared by `{applications}`"
#   remediation: >-
#     Give each application its own certificate or, better, a federated credential, and remove the shared one.
package zerotrust.assume_breach.shared_credential

import data.zerotrust.lib.inventory

deny contains finding if {
	some shared in input.inventory.shared_certificates
	finding := object.union(inventory.about(shared.applications), {"thumbprint": shared.value})
}

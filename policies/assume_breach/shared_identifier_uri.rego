# METADATA
# title: Registrations share an identifier URI
# description: |-
#   The URI names which API a token is for. Where two registrations claim it, a token for one passes for a token for the
#   other, or a client is sent to the wrong one.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions
#     description: Identifier URI restrictions
# custom:
#   id: AB-703
#   severity: high
#   practice: AB.5
#   applies_to: [inventory]
#   requires: [inventory.shared_identifier_uris]
#   message: "identifier URI `{uri}` is shared by `{applications}`"
#   remediation: Leave it to the API that it names, and give the others `api://` and their application id.
package zerotrust.assume_breach.shared_identifier_uri

import data.zerotrust.lib.inventory

deny contains finding if {
	some shared in input.inventory.shared_identifier_uris
	finding := object.union(inventory.about(shared.applications), {"uri": shared.value})
}

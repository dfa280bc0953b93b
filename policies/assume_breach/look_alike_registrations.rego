# METADATA
# title: Registrations look alike
# description: |-
#   Users and reviewers tell applications apart by their names. A copy that was forgotten keeps its access unseen, and
#   one that an attacker made passes for the original on the consent page.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/protect-against-consent-phishing
#     description: Protection against consent phishing
# custom:
#   id: AB-704
#   severity: low
#   practice: AB.2
#   applies_to: [inventory]
#   requires: [inventory.shared_names]
#   message: "the name `{name}` is shared by `{applications}`"
#   remediation: Delete the copies that nobody uses, and say in the names what sets the others apart.
package zerotrust.assume_breach.look_alike_registrations

import data.zerotrust.lib.inventory

deny contains finding if {
	some shared in input.inventory.shared_names
	finding := object.union(inventory.about(shared.applications), {"name": shared.value})
}

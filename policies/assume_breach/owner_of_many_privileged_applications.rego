# METADATA
# title: Owner holds many privileged registrations
# description: |-
#   An owner can add a credential to each of these applications and act with its permissions. One stolen account is then
#   worth all of them.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/overview-assign-app-owners
#     description: Application ownership
# custom:
#   id: AB-705
#   severity: low
#   practice: AB.4
#   applies_to: [inventory]
#   requires: [inventory.privileged_owners]
#   message: "owner `{owner}` holds {count} privileged registrations, more than {limit}"
#   remediation: >-
#     Share the ownership among the teams that run the applications, and protect the account like an administrator's.
#   parameters:
#     max_privileged_apps:
#       type: integer
#       default: 10
#       description: Most registrations with application permissions of tier 0 or level 4 that one may own.
package zerotrust.assume_breach.owner_of_many_privileged_applications

import data.zerotrust.lib.inventory
import data.zerotrust.lib.label

deny contains finding if {
	limit := data.ztvet.parameters["AB-705"].max_privileged_apps
	some owner in input.inventory.privileged_owners
	held := count(owner.applications)
	held > limit
	finding := object.union(inventory.about(owner.applications), {
		"owner": label.first_of([owner.display_name, owner.id]),
		"owner_id": owner.id,
		"count": held,
		"limit": limit,
	})
}

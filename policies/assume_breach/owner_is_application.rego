# METADATA
# title: Owner is another application
# description: |-
#   An application that owns another can add credentials to it and act as it. Whoever takes over the owner takes
#   over everything that it owns, and no person answers for the registration.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/overview-assign-app-owners
#     description: Application ownership
# custom:
#   id: AB-305
#   severity: medium
#   practice: AB.4
#   applies_to: [application]
#   requires: [application.owners, "application.owners[].type"]
#   message: "owner `{name}` is a service principal"
#   remediation: Make people the owners, and remove the service principal once nothing depends on its ownership.
package zerotrust.assume_breach.owner_is_application

import data.zerotrust.lib.label

deny contains finding if {
	some owner in input.application.owners
	owner.type == "service_principal"
	finding := {"at": owner.at, "name": label.first_of([owner.display_name, owner.id])}
}

# METADATA
# title: No owner
# description: |-
#   Nobody is responsible for the registration: nobody renews its credentials, reviews its permissions or answers
#   when it behaves oddly. Orphaned applications keep their access for years, and their misuse goes unseen.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/overview-assign-app-owners
#     description: Application ownership
# custom:
#   id: AB-301
#   severity: high
#   practice: AB.4
#   applies_to: [application, service_principal]
#   requires: [service_principal.own]
#   requires_complete: [application.owners, service_principal.owners]
#   message: "nobody owns the application"
#   remediation: Make the people who are responsible for the application its owners, or delete the registration.
package zerotrust.assume_breach.no_owner

import data.zerotrust.lib.subject

deny contains finding if {
	_own
	count(subject.facts(input).owners) == 0
	finding := {"at": subject.path(input, "owners")}
}

_own if input.kind == "application"

# Others look after their applications where these are registered.
_own if input.service_principal.own == true

# METADATA
# title: Owner is a guest or is disabled
# description: |-
#   A guest's account is looked after by another organisation, which may lose it without telling anyone, and an
#   attacker who has it can add a credential to the application. A disabled owner looks after nothing, and has its
#   power back as soon as somebody enables it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/overview-assign-app-owners
#     description: Application ownership
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-304
#   severity: high
#   practice: AB.4
#   applies_to: [application, service_principal]
#   requires:
#     - application.owners
#     - application.owners[].guest
#     - application.owners[].account_enabled
#     - service_principal.owners
#     - service_principal.owners[].guest
#     - service_principal.owners[].account_enabled
#   message: "owner `{name}` {problem}"
#   remediation: Remove the owner, and make somebody of the organisation responsible in its place.
package zerotrust.assume_breach.owner_guest_or_disabled

import data.zerotrust.lib.label
import data.zerotrust.lib.subject

deny contains finding if {
	some owner in subject.facts(input).owners
	owner.guest == true
	finding := _finding(owner, "is a guest")
}

deny contains finding if {
	some owner in subject.facts(input).owners
	owner.account_enabled == false
	finding := _finding(owner, "is disabled")
}

_finding(owner, problem) := {
	"at": owner.at,
	"name": label.first_of([owner.display_name, owner.id]),
	"problem": problem,
}

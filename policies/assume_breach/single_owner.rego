# METADATA
# title: Single owner
# description: |-
#   When the only owner leaves or is locked out, the application is orphaned, and an expired credential or an
#   incident waits for an administrator who does not know it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/overview-assign-app-owners
#     description: Application ownership
# custom:
#   id: AB-302
#   severity: low
#   practice: AB.4
#   applies_to: [application]
#   requires_complete: [application.owners]
#   message: "application has {count} of at least {minimum} owners"
#   remediation: Add a second person who is responsible for the application as an owner.
#   parameters:
#     min_owners:
#       type: integer
#       default: 2
#       description: Smallest number of owners. No owner at all is reported by AB-301.
package zerotrust.assume_breach.single_owner

deny contains finding if {
	total := count(input.application.owners)
	minimum := data.ztvet.parameters["AB-302"].min_owners
	total > 0
	total < minimum
	finding := {"at": "application.owners", "count": total, "minimum": minimum}
}

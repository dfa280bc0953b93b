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
#   applies_to: [application]
#   requires_complete: [application.owners]
#   message: "application has no owner"
#   remediation: Make the people who are responsible for the application its owners, or delete the registration.
package zerotrust.assume_breach.no_owner

deny contains finding if {
	count(input.application.owners) == 0
	finding := {"at": "application.owners"}
}

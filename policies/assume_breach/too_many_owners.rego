# METADATA
# title: Too many owners
# description: |-
#   Every owner can add a credential and then act as the application. Each further owner is one more account whose
#   loss means the loss of the application.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-303
#   severity: low
#   practice: AB.4
#   applies_to: [application]
#   requires: [application.owners]
#   message: "{count} owners are more than {limit}"
#   remediation: Keep as owners only the people who manage the registration.
#   parameters:
#     max_owners:
#       type: integer
#       default: 5
#       description: Largest number of owners.
package zerotrust.assume_breach.too_many_owners

deny contains finding if {
	total := count(input.application.owners)
	limit := data.ztvet.parameters["AB-303"].max_owners
	total > limit
	finding := {"at": "application.owners", "count": total, "limit": limit}
}

# METADATA
# title: Multitenant without being declared so
# description: |-
#   A registration that is multitenant by accident lets every organisation's users, and anyone who makes a tenant
#   of their own, obtain tokens for the application. Code that was written for one tenant seldom checks where they
#   come from.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/single-and-multi-tenant-apps
#     description: Single-tenant and multitenant applications
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: Claims validation
# custom:
#   id: AB-201
#   severity: high
#   practice: AB.3
#   applies_to: [application]
#   requires: [application.multitenant]
#   message: "accounts from outside the organisation may sign in (`{audience}`), and nothing declares that they should"
#   remediation: >-
#     Set the sign-in audience to AzureADMyOrg. Where the application is meant for other organisations, declare
#     `multitenant: true` for it in ztvet.yaml.
package zerotrust.assume_breach.multitenant_undeclared

deny contains finding if {
	input.application.multitenant == true
	not _declared
	finding := {"at": "application.sign_in_audience", "audience": input.application.sign_in_audience}
}

_declared if input.declared.multitenant == true

# Only personal accounts may sign in, and that is declared.
_declared if {
	input.application.sign_in_audience == "PersonalMicrosoftAccount"
	input.declared.personal_accounts == true
}

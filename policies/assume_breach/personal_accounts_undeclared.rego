# METADATA
# title: Open to personal accounts without being declared so
# description: |-
#   Anyone can make a personal Microsoft account in a minute, and no organisation's policies apply to it. An
#   application that admits such accounts by accident is open to the whole world.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation
#     description: Validation by supported account types
# custom:
#   id: AB-202
#   severity: high
#   practice: AB.3
#   applies_to: [application]
#   requires: [application.personal_accounts]
#   message: "personal Microsoft accounts may sign in (`{audience}`), and nothing declares that they should"
#   remediation: >-
#     Set the sign-in audience to AzureADMyOrg or AzureADMultipleOrgs. Where the application is meant for personal
#     accounts, declare `personal_accounts: true` for it in ztvet.yaml.
package zerotrust.assume_breach.personal_accounts_undeclared

deny contains finding if {
	input.application.personal_accounts == true
	not _declared
	finding := {"at": "application.sign_in_audience", "audience": input.application.sign_in_audience}
}

_declared if input.declared.personal_accounts == true

# METADATA
# title: Token version does not fit personal accounts
# description: |-
#   Tokens of personal accounts come from the version 2.0 endpoint alone. An API that expects version 1.0 rejects
#   them, or validates the wrong issuer and audience.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation
#     description: Differences by supported account types
#   - ref: https://learn.microsoft.com/entra/identity-platform/reference-app-manifest
#     description: Application manifest
# custom:
#   id: VE-112
#   severity: high
#   practice: VE.4
#   applies_to: [application]
#   requires: [application.personal_accounts, application.api.access_token_version]
#   message: "personal accounts may sign in, and access tokens are of version {version}.0"
#   remediation: Set `requestedAccessTokenVersion` to 2, or admit accounts of organisations only.
package zerotrust.verify_explicitly.personal_accounts_with_v1_tokens

deny contains finding if {
	input.application.personal_accounts == true
	version := input.application.api.access_token_version
	version != null
	version != 2
	finding := {"at": "application.api.access_token_version", "version": version}
}

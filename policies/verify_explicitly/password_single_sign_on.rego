# METADATA
# title: Password single sign-on
# description: |-
#   Entra keeps each user's password for the application and types it in. The application sees a password, not a token
#   that can be checked: no multifactor claim, no device, and whoever takes the password can use it anywhere.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/plan-sso-deployment
#     description: Options for single sign-on
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/what-is-single-sign-on
#     description: Password-based single sign-on
# custom:
#   id: VE-121
#   severity: medium
#   practice: VE.3
#   applies_to: [service_principal]
#   requires: [service_principal.preferred_single_sign_on_mode]
#   message: "single sign-on types in a stored password (mode `{mode}`)"
#   remediation: Set up single sign-on with OpenID Connect or SAML, or replace the application if it can do neither.
package zerotrust.verify_explicitly.password_single_sign_on

deny contains finding if {
	mode := input.service_principal.preferred_single_sign_on_mode
	mode == "password"
	finding := {"at": "service_principal.preferred_single_sign_on_mode", "mode": mode}
}

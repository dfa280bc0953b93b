# METADATA
# title: Application proxy lets requests through unauthenticated
# description: |-
#   Without pre-authentication the proxy forwards every request from the internet to the internal application.
#   Conditional Access does not apply, and the internal application meets unauthenticated traffic on its own.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/app-proxy/application-proxy-security
#     description: Security of application proxy
# custom:
#   id: VE-123
#   severity: high
#   practice: VE.4
#   applies_to: [application]
#   requires: [application.on_premises_publishing.external_authentication_type]
#   message: "application proxy uses `{mode}`, not pre-authentication"
#   remediation: Set `externalAuthenticationType` to `aadPreAuthentication`.
package zerotrust.verify_explicitly.app_proxy_passthrough

deny contains finding if {
	mode := input.application.on_premises_publishing.external_authentication_type
	mode != null
	not lower(mode) in {"aadpreauthentication", ""}
	finding := {
		"at": "application.on_premises_publishing.external_authentication_type",
		"mode": mode,
	}
}

# METADATA
# title: Native authentication is enabled
# description: |-
#   With native authentication the application itself collects passwords and one-time codes. A flaw or a malicious
#   library in the client then reaches them, and protections of the browser and the broker no longer apply.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/concept-native-authentication
#     description: Native authentication
# custom:
#   id: VE-120
#   severity: medium
#   practice: VE.3
#   applies_to: [application]
#   requires: [application.native_authentication]
#   message: "native authentication is `{mode}`"
#   remediation: >-
#     Set `nativeAuthenticationApisEnabled` to `none`, and sign users in through the system browser or a broker.
package zerotrust.verify_explicitly.native_authentication_enabled

deny contains finding if {
	mode := input.application.native_authentication
	mode != null
	not lower(mode) in {"none", ""}
	finding := {"at": "application.native_authentication", "mode": mode}
}

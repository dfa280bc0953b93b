# METADATA
# title: Multitenant application without a verified publisher
# description: |-
#   Other organisations see the application as unverified, and many of them block consent to such applications.
#   Their users cannot tell it from a copy that an attacker registered under the same name.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/publisher-verification-overview
#     description: Publisher verification
# custom:
#   id: AB-203
#   severity: medium
#   practice: AB.3
#   applies_to: [application]
#   requires: [application.multitenant, application.publisher.verified]
#   message: "application is open to other organisations (`{audience}`) and its publisher is not verified"
#   remediation: Verify the publisher, or set the sign-in audience to AzureADMyOrg.
package zerotrust.assume_breach.publisher_unverified

deny contains finding if {
	input.application.multitenant == true
	input.application.publisher.verified == false
	finding := {"at": "application.publisher.verified", "audience": input.application.sign_in_audience}
}

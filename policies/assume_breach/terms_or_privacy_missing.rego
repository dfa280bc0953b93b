# METADATA
# title: Multitenant application without terms and privacy statement
# description: |-
#   People of other organisations decide on consent by these links. Without them they cannot learn what happens to
#   their data, and they get used to consenting to applications that say nothing about themselves.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/howto-add-terms-of-service-privacy-statement
#     description: Terms of service and privacy statement
# custom:
#   id: AB-205
#   severity: low
#   practice: AB.3
#   applies_to: [application]
#   requires: [application.multitenant, application.urls.privacy, application.urls.terms]
#   message: "application is open to other organisations and has no {document}"
#   remediation: Publish the terms of service and the privacy statement, and add their URLs to the registration.
package zerotrust.assume_breach.terms_or_privacy_missing

deny contains finding if {
	input.application.multitenant == true
	input.application.urls.privacy == {}
	finding := {"at": "application.urls.privacy", "document": "privacy statement"}
}

deny contains finding if {
	input.application.multitenant == true
	input.application.urls.terms == {}
	finding := {"at": "application.urls.terms", "document": "terms of service"}
}

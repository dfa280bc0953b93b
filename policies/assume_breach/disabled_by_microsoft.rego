# METADATA
# title: Application is disabled by Microsoft
# description: |-
#   Microsoft disables applications that it finds abusive or malicious, or that break its terms. Either the
#   registration has been misused, perhaps by someone who took it over, or it stopped working for its users.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/protect-against-consent-phishing
#     description: Protection against consent phishing
#   - ref: https://learn.microsoft.com/graph/api/resources/application
#     description: Application resource, disabledByMicrosoftStatus
# custom:
#   id: AB-209
#   severity: critical
#   practice: AB.5
#   applies_to: [application, service_principal]
#   requires: [application.disabled_by_microsoft, service_principal.disabled_by_microsoft]
#   message: "application is disabled by Microsoft: `{status}`"
#   remediation: >-
#     Find out from audit and sign-in logs what the application did, revoke its credentials and consent, and delete
#     it. Appeal to Microsoft support if it was disabled in error.
package zerotrust.assume_breach.disabled_by_microsoft

import data.zerotrust.lib.subject

deny contains finding if {
	status := subject.facts(input).disabled_by_microsoft
	status != null
	not status in {"", "NotDisabled"}
	finding := {"at": subject.path(input, "disabled_by_microsoft"), "status": status}
}

# METADATA
# title: Credential on a Microsoft service
# description: |-
#   Microsoft's services need no credential of the tenant's making. With one, whoever has it acts as the service, with
#   permissions that nobody granted by hand and under a name that nobody suspects.
# related_resources:
#   - ref: https://learn.microsoft.com/security/operations/incident-response-playbook-compromised-malicious-app
#     description: Compromised and malicious applications
#   - ref: https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
#     description: Applications of Microsoft's own
# custom:
#   id: AB-411
#   severity: critical
#   practice: AB.5
#   applies_to: [service_principal]
#   requires: [service_principal.first_party, service_principal.credentials]
#   message: "{kind} `{name}` is on Microsoft's `{service}`"
#   remediation: Treat it as an intrusion until shown otherwise. Remove the credential, and search the logs for its use.
package zerotrust.assume_breach.credential_on_microsoft_service

import data.zerotrust.lib.label

deny contains finding if {
	principal := input.service_principal
	principal.first_party == true
	some credential in principal.credentials
	finding := {
		"at": credential.at,
		"kind": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
		"service": label.first_of([principal.display_name, principal.app_id]),
	}
}

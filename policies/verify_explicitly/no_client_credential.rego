# METADATA
# title: Web application or daemon has no way to authenticate itself
# description: |-
#   Without a credential nobody can tell the application from an impostor that knows its client id. Such a
#   registration works only with flows for public clients, which a web application or daemon should not use.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/authentication-flows-app-scenarios
#     description: Authentication flows and application scenarios
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
#     description: Workload identity federation
# custom:
#   id: VE-106
#   severity: medium
#   practice: VE.3
#   applies_to: [application]
#   requires: [declared.type]
#   requires_complete: [application.credentials, application.federated_credentials]
#   message: "application declared as `{type}` has no secret, certificate or federated credential"
#   remediation: Add a federated credential of a managed identity or, where that is not possible, a certificate.
package zerotrust.verify_explicitly.no_client_credential

import data.zerotrust.lib.client

deny contains finding if {
	input.declared.type in {"web", "daemon"}
	not _authenticates
	input.application.federated_credentials == []
	finding := {"at": "application.credentials", "type": input.declared.type}
}

_authenticates if {
	some credential in input.application.credentials
	client.authenticates(credential)
}

# METADATA
# title: Production application has a client secret
# description: A secret can be copied and used from anywhere; production uses certificates or federated credentials.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
# custom:
#   id: CONTOSO-104
#   severity: high
#   principle: verify_explicitly
#   applies_to: [application]
#   requires: [application.credentials, declared.environment]
#   message: "the secret `{secret}` belongs to a production application"
#   remediation: Move to a certificate or a federated credential, then remove the secret.
package contoso.secret_in_production

deny contains finding if {
	input.declared.environment == "production"
	some credential in input.application.credentials
	credential.kind == "secret"
	finding := {"at": credential.at, "secret": object.get(credential, "name", "without a name")}
}

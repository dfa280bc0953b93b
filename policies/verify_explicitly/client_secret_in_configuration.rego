# METADATA
# title: Client secret in a configuration file
# description: |-
#   A configuration file travels to repositories, images, build logs and backups. Whoever reads it there signs in as the
#   application, from anywhere and without a second factor.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/entra/msal/dotnet/acquiring-tokens/web-apps-apis/client-credentials
#     description: Client credentials
# custom:
#   id: VE-206
#   severity: critical
#   practice: AB.5
#   applies_to: [project]
#   requires: ["project.configuration[].client_secrets"]
#   message: "a client secret stands in the configuration file, under `{key}`"
#   remediation: >-
#     Revoke the secret now, and remove it from the file and from its history. Use a managed identity or a certificate;
#     where a secret must stay, keep it in a key vault.
package zerotrust.verify_explicitly.client_secret_in_configuration

deny contains finding if {
	some section in input.project.configuration
	some secret in section.client_secrets
	finding := {"at": secret.at, "key": secret.name, "section": section.name}
}

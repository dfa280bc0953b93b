# METADATA
# title: Credential lives too long
# description: |-
#   A credential that leaks stays useful until it ends. The longer it lives, the more copies exist, and the longer
#   an attacker who found one can act as the application.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy
#     description: Application management policies
# custom:
#   id: AB-401
#   severity: medium
#   practice: AB.5
#   applies_to: [application, service_principal]
#   requires:
#     - application.credentials
#     - application.credentials[].lifetime_days
#     - service_principal.credentials
#     - service_principal.credentials[].lifetime_days
#   message: "{kind} `{name}` lives {lifetime_days} days, more than {limit}"
#   remediation: >-
#     Replace the credential with a federated credential of a managed identity, or with one that lives shorter and is
#     renewed automatically.
#   parameters:
#     max_secret_days:
#       type: integer
#       default: 180
#       description: Longest lifetime of a secret, in days.
#     max_certificate_days:
#       type: integer
#       default: 365
#       description: Longest lifetime of a certificate, in days.
package zerotrust.assume_breach.credential_lives_too_long

import data.zerotrust.lib.label
import data.zerotrust.lib.subject

deny contains finding if {
	some credential in subject.credentials(input)
	credential.lifetime_days != null
	limit := _limits[credential.kind]
	credential.lifetime_days > limit
	finding := {
		"at": credential.at,
		"kind": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
		"lifetime_days": credential.lifetime_days,
		"limit": limit,
	}
}

_limits := {
	"secret": data.ztvet.parameters["AB-401"].max_secret_days,
	"certificate": data.ztvet.parameters["AB-401"].max_certificate_days,
}

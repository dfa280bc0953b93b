# METADATA
# title: Credential practically never expires
# description: |-
#   Nobody is ever made to renew such a credential, so a copy that leaked years ago still opens the door. An end far
#   in the future is usually a way around renewal.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
#   - ref: https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy
#     description: Application management policies
# custom:
#   id: AB-402
#   severity: high
#   practice: AB.5
#   applies_to: [application, service_principal]
#   requires:
#     - application.credentials
#     - application.credentials[].end
#     - service_principal.credentials
#     - service_principal.credentials[].end
#   message: "{kind} `{name}` is valid {period}"
#   remediation: >-
#     Replace the credential with a federated credential of a managed identity or with a certificate of at most a
#     year, then remove it.
package zerotrust.assume_breach.credential_never_expires

import data.zerotrust.lib.label
import data.zerotrust.lib.subject

# Five years, one of them a leap year.
_max_days := 1827

deny contains finding if {
	some credential in subject.credentials(input)
	credential.end != null
	_endless(credential)
	finding := {
		"at": credential.at,
		"kind": credential.kind,
		"name": label.first_of([credential.name, credential.id]),
		"period": _period(credential.end),
	}
}

_endless(credential) if credential.end == ""

_endless(credential) if credential.end >= "2262"

_endless(credential) if credential.lifetime_days > _max_days

# The start is unknown, so the credential lives at least as long as it has left.
_endless(credential) if {
	credential.start == null
	credential.days_left > _max_days
}

_period(end) := "without end" if end == ""

_period(end) := sprintf("until `%s`", [end]) if end != ""

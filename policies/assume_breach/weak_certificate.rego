# METADATA
# title: Certificate is weak
# description: |-
#   A short key or a broken hash lets an attacker with enough computing power forge what the certificate proves. A
#   self-signed one is vouched for by nobody, so the organisation's authority can neither limit nor revoke it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
#     description: Certificate credentials
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-410
#   severity: medium
#   practice: AB.5
#   applies_to: [application, service_principal]
#   requires:
#     - application.credentials
#     - application.credentials[certificate].certificate
#     - service_principal.credentials
#     - service_principal.credentials[certificate].certificate
#   message: "certificate `{name}` {problem}"
#   remediation: >-
#     Replace it with a certificate of the organisation's authority that has an RSA key of 2048 bits or more, or an
#     elliptic curve key, and a SHA-256 signature.
package zerotrust.assume_breach.weak_certificate

import data.zerotrust.lib.label
import data.zerotrust.lib.subject

deny contains finding if {
	some credential in subject.credentials(input)
	credential.certificate != null
	credential.certificate.key_type == "rsa"
	credential.certificate.key_bits != null
	credential.certificate.key_bits < 2048
	finding := _finding(credential, sprintf("has an RSA key of %d bits", [credential.certificate.key_bits]))
}

deny contains finding if {
	some credential in subject.credentials(input)
	credential.certificate != null
	credential.certificate.signature_hash in {"sha1", "md5"}
	finding := _finding(credential, sprintf("is signed with `%s`", [credential.certificate.signature_hash]))
}

deny contains finding if {
	data.ztvet.organization.certificate_issuers != null
	some credential in subject.credentials(input)
	credential.certificate != null
	credential.certificate.self_signed
	finding := object.union(_finding(credential, "is self-signed"), {"severity": "info"})
}

_finding(credential, problem) := {
	"at": credential.at,
	"name": label.first_of([credential.name, credential.id]),
	"problem": problem,
}

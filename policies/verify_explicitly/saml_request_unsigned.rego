# METADATA
# title: SAML requests are not signed
# description: |-
#   Anyone can forge a sign-in request that is not signed, start a sign-in in the application's name, and choose
#   among its reply URLs. A weak signature algorithm offers little more than none.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/howto-enforce-signed-saml-authentication
#     description: Enforcing signed SAML requests
# custom:
#   id: VE-119
#   severity: low
#   practice: VE.4
#   applies_to: [application]
#   requires: [application.request_signature]
#   uses:
#     - application.urls.saml_metadata
#   message: "SAML requests: {problem}"
#   remediation: Require signed requests with RSA-SHA256, and upload the certificate of the service provider.
package zerotrust.verify_explicitly.saml_request_unsigned

deny contains finding if {
	_saml
	input.application.request_signature.required == false
	finding := {"at": "application.request_signature", "problem": "a signature is not required"}
}

deny contains finding if {
	_saml
	input.application.request_signature.weak_algorithms == true
	finding := {"at": "application.request_signature", "problem": "weak signature algorithms are allowed"}
}

_saml if input.declared.type == "saml"

_saml if input.application.urls.saml_metadata.uri != ""

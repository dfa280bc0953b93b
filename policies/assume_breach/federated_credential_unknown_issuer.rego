# METADATA
# title: Federated credential trusts an unknown issuer
# description: |-
#   Whoever holds the issuer's signing key, or its web address, can make tokens that sign in as the application. An
#   issuer that is not a known provider, or whose keys are fetched without HTTPS, deserves no such trust unasked.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
#     description: Workload identity federation
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
#     description: Considerations for federated identity credentials
# custom:
#   id: AB-502
#   severity: high
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.federated_credentials, "application.federated_credentials[].issuer"]
#   message: "federated credential `{name}` trusts the issuer `{issuer}`, which {problem}"
#   remediation: >-
#     Find out who runs the issuer. Remove the credential, or add the issuer to organization.trusted_issuers if it is
#     yours.
package zerotrust.assume_breach.federated_credential_unknown_issuer

import data.zerotrust.lib.label

deny contains finding if {
	some credential in input.application.federated_credentials
	credential.issuer != null
	not credential.issuer.scheme == "https"
	finding := _finding(credential, "does not use HTTPS")
}

deny contains finding if {
	some credential in input.application.federated_credentials
	credential.issuer != null
	credential.issuer.scheme == "https"
	credential.provider == "other"
	not trim_right(credential.issuer.uri, "/") in _trusted
	finding := _finding(credential, "is neither a known provider nor one of the organisation's")
}

_finding(credential, problem) := {
	"at": credential.at,
	"name": label.first_of([credential.name]),
	"issuer": credential.issuer.uri,
	"problem": problem,
}

_trusted contains issuer if {
	issuers := data.ztvet.organization.trusted_issuers
	issuers != null
	some written in issuers
	issuer := trim_right(written, "/")
}

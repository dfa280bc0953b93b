# METADATA
# title: Federated credential trusts any branch or pull request
# description: |-
#   Anyone who can open a pull request or push a branch then runs code that signs in as the application. No review
#   stands in between.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust
#     description: Trust in an external identity provider
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
#     description: Flexible federated identity credentials
# custom:
#   id: AB-501
#   severity: high
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.federated_credentials, "application.federated_credentials[].subject"]
#   message: "federated credential `{name}` trusts {problem}: `{subject}`"
#   remediation: >-
#     Trust one environment whose deployments need approval, or one protected branch, and name it in full.
package zerotrust.assume_breach.federated_credential_trusts_any_branch

import data.zerotrust.lib.label

deny contains finding if {
	some credential in input.application.federated_credentials
	credential.trust != null
	problem := _problem(credential.trust)
	finding := {
		"at": credential.at,
		"name": label.first_of([credential.name]),
		"problem": problem,
		"subject": label.first_of([credential.subject, credential.expression]),
	}
}

_problem(trust) := "everything that matches a pattern" if trust.wildcard

_problem(trust) := "any pull request" if {
	trust.scope == "pull_request"
	not trust.wildcard
}

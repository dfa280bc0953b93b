# METADATA
# title: Federated credential trusts a repository outside the organisation
# description: |-
#   Whoever controls the repository controls the application. Outside the organisation that is somebody whose
#   reviews, accounts and staff it does not know.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust
#     description: Trust in an external identity provider
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identities-federated-credential-mutable-subjects
#     description: Mutable subjects in federated identity credentials
# custom:
#   id: AB-504
#   severity: high
#   practice: AB.5
#   applies_to: [application]
#   requires:
#     - application.federated_credentials
#     - application.federated_credentials[].subject
#     - organization.repositories
#   message: "federated credential `{name}` trusts `{repository}`, which is not the organisation's"
#   remediation: >-
#     Remove the credential, or add the repository or its owner to organization.repositories if it may be trusted.
package zerotrust.assume_breach.federated_credential_foreign_repository

import data.zerotrust.lib.label

deny contains finding if {
	some credential in input.application.federated_credentials
	credential.trust != null
	credential.trust.repository != ""
	not _own(lower(credential.trust.repository))
	finding := {
		"at": credential.at,
		"name": label.first_of([credential.name]),
		"repository": credential.trust.repository,
	}
}

_own(repository) if {
	some form in {repository, _without_ids(repository)}
	some entry in data.ztvet.organization.repositories
	_under(form, lower(entry))
}

_under(repository, entry) if repository == entry

_under(repository, entry) if startswith(repository, concat("", [entry, "/"]))

# GitHub's immutable subjects read `owner@1234/name@5678`.
_without_ids(repository) := concat("/", [split(segment, "@")[0] | some segment in split(repository, "/")])

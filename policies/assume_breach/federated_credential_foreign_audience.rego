# METADATA
# title: Federated credential has a foreign audience
# description: |-
#   The audience says that a token was made for Entra. With another one, a token that the provider issued for some
#   other service can be handed in here, and every service that receives such tokens can sign in as the application.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
#     description: Federated identity credential resource, audiences
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust
#     description: Trust in an external identity provider
# custom:
#   id: AB-503
#   severity: medium
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.federated_credentials, "application.federated_credentials[].audiences"]
#   message: "federated credential `{name}` has the audience `{audience}`"
#   remediation: Set the audience to api://AzureADTokenExchange, or to the form of your cloud, and request it there.
package zerotrust.assume_breach.federated_credential_foreign_audience

import data.zerotrust.lib.label

# Public, US Government and China.
_own_audiences := {
	"api://AzureADTokenExchange",
	"api://AzureADTokenExchangeUSGov",
	"api://AzureADTokenExchangeChina",
}

deny contains finding if {
	some credential in input.application.federated_credentials
	credential.audiences != null
	not _for_entra(credential.audiences)
	finding := {
		"at": credential.at,
		"name": label.first_of([credential.name]),
		"audience": concat(", ", credential.audiences),
	}
}

_for_entra(audiences) if {
	count(audiences) == 1
	audiences[0] in _own_audiences
}

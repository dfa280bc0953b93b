# METADATA
# title: Federated credential on a privileged application
# description: |-
#   The application has a permission that leads to control of the tenant, and an external system signs in as it. So
#   whoever controls that pipeline or cluster controls the tenant.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
#     description: Workload identity federation
#   - ref: https://learn.microsoft.com/graph/permissions-reference
#     description: Microsoft Graph permissions
# custom:
#   id: AB-505
#   severity: medium
#   practice: AB.5
#   applies_to: [application]
#   requires:
#     - application.permissions
#     - application.federated_credentials
#     - application.federated_credentials[].provider
#   message: "federated credential `{name}` of the provider `{provider}` opens `{permissions}`"
#   remediation: >-
#     Give the pipeline a registration of its own without the permission, or protect the pipeline like an
#     administrator's workstation.
package zerotrust.assume_breach.federated_credential_on_privileged_application

import data.zerotrust.lib.label
import data.zerotrust.lib.tier_zero

deny contains finding if {
	count(_permissions) > 0
	some credential in input.application.federated_credentials
	not credential.provider in {"entra", null}
	finding := {
		"at": credential.at,
		"name": label.first_of([credential.name]),
		"provider": credential.provider,
		"permissions": _permissions,
	}
}

_permissions := tier_zero.application_permissions(input.application.permissions)

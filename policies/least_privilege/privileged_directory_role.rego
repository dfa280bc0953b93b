# METADATA
# title: Workload holds a privileged directory role
# description: |-
#   An administrator's role without an administrator: nobody answers a second factor, and no working hours or device
#   limit it. A shared secret makes it worse, as it can be copied without a trace.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions
#     description: Privileged roles
#   - ref: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
#     description: Built-in roles
# custom:
#   id: LP-307
#   severity: high
#   practice: LP.1
#   applies_to: [service_principal]
#   requires:
#     - service_principal.role_assignments
#     - service_principal.role_assignments[].role_definition_id
#   message: "holds the directory role `{role}` in `{scope}`"
#   remediation: >-
#     Remove the role, and grant the few permissions that the workload needs. Where it has to stay, replace secrets
#     with a managed identity or a federated credential.
package zerotrust.least_privilege.privileged_directory_role

import data.zerotrust.lib.credentials
import data.zerotrust.lib.label
import data.zerotrust.lib.service_principal

deny contains finding if {
	not _has_secret
	some assignment in _privileged
	finding := _finding(assignment)
}

deny contains finding if {
	_has_secret
	some assignment in _privileged
	finding := object.union(_finding(assignment), {"severity": "critical"})
}

_privileged := [assignment |
	not input.service_principal.first_party == true
	some assignment in input.service_principal.role_assignments
	data.facts.privileged_roles[assignment.role_definition_id]
]

_has_secret if input.service_principal.registration.has_secret == true

_has_secret if {
	input.service_principal.credentials != null
	some credential in service_principal.credentials(input.service_principal)
	credential.kind == "secret"
	credentials.live(credential)
}

_finding(assignment) := {
	"at": assignment.at,
	"role": data.facts.privileged_roles[assignment.role_definition_id],
	"scope": label.first_of([assignment.scope, "/"]),
}

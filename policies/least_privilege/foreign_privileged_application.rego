# METADATA
# title: Foreign application holds a privileged permission
# description: |-
#   Another organisation runs the application and keeps its credentials. When it is broken into, the attacker reaches
#   this tenant with the permission, past everything that this organisation controls.
# related_resources:
#   - ref: https://learn.microsoft.com/security/operations/incident-response-playbook-compromised-malicious-app
#     description: Compromised and malicious applications
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions
#     description: Permissions granted to enterprise applications
# custom:
#   id: LP-308
#   severity: critical
#   practice: LP.1
#   applies_to: [service_principal]
#   requires:
#     - organization.tenants
#     - service_principal.owner_organization
#     - service_principal.app_role_assignments
#     - service_principal.app_role_assignments[].permission.resource.app_id
#   message: "an application of tenant `{tenant}` holds `{permission}` of {resource}"
#   remediation: Ask the publisher what it is for. Revoke it, or have a narrower permission granted in its place.
package zerotrust.least_privilege.foreign_privileged_application

import data.zerotrust.lib.service_principal

deny contains finding if {
	some assignment in _assignments
	assignment.permission.tier == 0
	finding := _finding(assignment)
}

deny contains finding if {
	some assignment in _assignments
	assignment.permission.privilege_level == 4
	not assignment.permission.tier == 0
	finding := object.union(_finding(assignment), {"severity": "high"})
}

_assignments := [assignment |
	service_principal.foreign(input.service_principal)
	some assignment in input.service_principal.app_role_assignments
]

_finding(assignment) := object.union(
	service_principal.named(assignment.permission),
	{"at": assignment.at, "tenant": input.service_principal.owner_organization},
)

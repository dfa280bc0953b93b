# METADATA
# title: Granted more than requested
# description: |-
#   The registration no longer asks for the permission, so the application does not need it. The grant still works, and
#   serves only an attacker who takes the application over.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/secure-least-privileged-access
#     description: Principle of least privilege
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions
#     description: Permissions granted to enterprise applications
# custom:
#   id: LP-304
#   severity: medium
#   practice: LP.1
#   applies_to: [service_principal]
#   requires:
#     - service_principal.registration
#     - service_principal.registration.permissions
#   uses:
#     - service_principal.app_role_assignments
#     - service_principal.app_role_assignments[].permission.resource.app_id
#     - service_principal.permission_grants
#     - service_principal.permission_grants[].permission.resource.app_id
#     - service_principal.permission_grants[].permission.known
#   message: "{kind} permission `{permission}` of {resource} is granted, and the registration does not request it"
#   remediation: Revoke the grant, or request the permission if the application needs it after all.
package zerotrust.least_privilege.granted_more_than_requested

import data.zerotrust.lib.service_principal

# Every application may ask for these.
_sign_in := {"openid", "profile", "email", "offline_access"}

# Assigned where an API has no roles: it allows nothing.
_no_role := "00000000-0000-0000-0000-000000000000"

deny contains finding if {
	assignments := input.service_principal.app_role_assignments
	assignments != null
	some assignment in assignments
	assignment.permission.id != _no_role
	finding := _finding(assignment)
}

# What a user agreed to alone may have been asked for while the application ran.
deny contains finding if {
	grants := input.service_principal.permission_grants
	grants != null
	some grant in grants
	grant.consent_type == "AllPrincipals"
	not grant.permission.name in _sign_in
	finding := _finding(grant)
}

_finding(granted) := object.union(
	service_principal.named(granted.permission),
	{"at": granted.at, "kind": granted.permission.kind},
) if {
	input.service_principal.registration.own
	_comparable(granted.permission)
	key := {"resource_app_id": granted.permission.resource.app_id, "id": granted.permission.id}
	not key in input.service_principal.registration.permissions
}

# A delegated permission whose id is in no table is known by its name alone.
_comparable(permission) if {
	permission.resource.app_id != null
	permission.kind == "application"
	permission.id != null
}

_comparable(permission) if {
	permission.kind == "delegated"
	permission.known == true
}

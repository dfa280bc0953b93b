# METADATA
# title: Tenant-wide consent to a privileged permission
# description: |-
#   One administrator agreed for everyone. The application may use the permission with the account of every user who
#   signs in to it, administrators included, and nobody is asked again.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions
#     description: Permissions granted to enterprise applications
#   - ref: https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant
#     description: Delegated permission grants
# custom:
#   id: LP-302
#   severity: high
#   practice: LP.1
#   applies_to: [service_principal]
#   requires:
#     - service_principal.permission_grants
#     - service_principal.permission_grants[].permission.resource.app_id
#   message: "delegated permission `{permission}` of {resource} is granted for all users"
#   remediation: Revoke the grant, and grant a narrower permission or only to the users who need it.
package zerotrust.least_privilege.tenant_wide_consent

import data.zerotrust.lib.service_principal

deny contains finding if {
	some grant in input.service_principal.permission_grants
	grant.consent_type == "AllPrincipals"
	_privileged(grant.permission)
	finding := object.union(service_principal.named(grant.permission), {"at": grant.at})
}

_privileged(permission) if {
	permission.privilege_level != null
	permission.privilege_level >= 3
	permission.access in {"write", "full"}
}

_privileged(permission) if permission.risk != null

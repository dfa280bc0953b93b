# METADATA
# title: Application management policy is not enforced
# description: |-
#   Without the tenant's policy, every developer decides how long secrets live and what kind of credentials there are.
#   One forgotten secret that never ends is a lasting way in.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy
#     description: Application management policies
#   - ref: https://learn.microsoft.com/graph/api/resources/tenantappmanagementpolicy
#     description: The tenant's default policy
# custom:
#   id: AB-601
#   severity: medium
#   practice: AB.5
#   applies_to: [tenant]
#   requires: [tenant.app_management.enabled]
#   uses: [tenant.app_management.applications, tenant.app_management.service_principals]
#   message: "the default application management policy {problem}"
#   remediation: >-
#     Enable the default application management policy, with restrictions of credentials for applications and for
#     service principals.
package zerotrust.assume_breach.app_management_not_enforced

import data.zerotrust.lib.app_management

deny contains finding if {
	input.tenant.app_management.enabled == false
	finding := {"at": "tenant.app_management.enabled", "problem": "is not enabled"}
}

deny contains finding if {
	input.tenant.app_management.enabled
	some scope, label in app_management.scopes
	restrictions := input.tenant.app_management[scope]
	restrictions != null
	not _may_restrict(restrictions)
	finding := {
		"at": concat(".", ["tenant.app_management", scope]),
		"problem": concat(" ", ["restricts nothing for", label]),
	}
}

_may_restrict(restrictions) if {
	some restriction in restrictions
	restriction.enabled != false
}

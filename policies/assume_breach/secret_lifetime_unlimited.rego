# METADATA
# title: Secret lifetime is not limited
# description: |-
#   A secret that leaks stays useful until it ends. Without a limit, developers choose the longest lifetime that they
#   are offered, and so does an attacker who adds one.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/tutorial-enforce-secret-standards
#     description: Enforcing standards for secrets and certificates
#   - ref: https://learn.microsoft.com/graph/api/resources/passwordcredentialconfiguration
#     description: Restrictions of secrets
# custom:
#   id: AB-603
#   severity: medium
#   practice: AB.5
#   applies_to: [tenant]
#   requires: [tenant.app_management.enabled]
#   requires_complete: [tenant.app_management.applications, tenant.app_management.service_principals]
#   message: "the lifetime of new secrets of {scope} is {lifetime}; {limit} days are allowed"
#   remediation: >-
#     Enable the `passwordLifetime` restriction in the default application management policy for applications and
#     service principals, or block new secrets for all of them.
#   parameters:
#     max_secret_days:
#       type: integer
#       default: 180
#       description: >-
#         Longest lifetime of a secret, in days. Microsoft Entra allows less than what the policy says, so one day more
#         is accepted there.
package zerotrust.assume_breach.secret_lifetime_unlimited

import data.zerotrust.lib.app_management

deny contains finding if {
	input.tenant.app_management.enabled == false
	finding := {
		"at": "tenant.app_management.enabled",
		"scope": "applications and service principals",
		"lifetime": "not limited, since the policy is not enabled",
		"limit": data.ztvet.parameters["AB-603"].max_secret_days,
	}
}

deny contains finding if {
	input.tenant.app_management.enabled
	some scope, label in app_management.scopes
	not app_management.secrets_are_blocked(input.tenant.app_management[scope], input.now)
	limit := data.ztvet.parameters["AB-603"].max_secret_days
	some found in app_management.long_lifetimes(scope, "passwordLifetime", limit + 1, input.now)
	finding := {"at": found.at, "scope": label, "lifetime": found.lifetime, "limit": limit}
}

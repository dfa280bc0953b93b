# METADATA
# title: Certificate lifetime is not limited
# description: |-
#   The private key of a certificate leaks as a secret does, and stays useful until the certificate ends. Without a
#   limit, certificates of ten years and more are common.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/tutorial-enforce-secret-standards
#     description: Enforcing standards for secrets and certificates
#   - ref: https://learn.microsoft.com/graph/api/resources/keycredentialconfiguration
#     description: Restrictions of certificates
# custom:
#   id: AB-604
#   severity: medium
#   practice: AB.5
#   applies_to: [tenant]
#   requires: [tenant.app_management.enabled]
#   requires_complete: [tenant.app_management.applications, tenant.app_management.service_principals]
#   message: "the lifetime of new certificates of {scope} is {lifetime}; {limit} days are allowed"
#   remediation: >-
#     Enable the `asymmetricKeyLifetime` restriction in the default application management policy for applications and
#     service principals.
#   parameters:
#     max_certificate_days:
#       type: integer
#       default: 365
#       description: Longest lifetime of a certificate, in days.
package zerotrust.assume_breach.certificate_lifetime_unlimited

import data.zerotrust.lib.app_management

deny contains finding if {
	input.tenant.app_management.enabled == false
	finding := {
		"at": "tenant.app_management.enabled",
		"scope": "applications and service principals",
		"lifetime": "not limited, since the policy is not enabled",
		"limit": data.ztvet.parameters["AB-604"].max_certificate_days,
	}
}

deny contains finding if {
	input.tenant.app_management.enabled
	some scope, label in app_management.scopes
	limit := data.ztvet.parameters["AB-604"].max_certificate_days
	some found in app_management.long_lifetimes(scope, "asymmetricKeyLifetime", limit, input.now)
	finding := {"at": found.at, "scope": label, "lifetime": found.lifetime, "limit": limit}
}

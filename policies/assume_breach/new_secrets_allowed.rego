# METADATA
# title: New client secrets are allowed
# description: |-
#   A secret is a password that is copied into files, pipelines and messages. Where nobody can add one, developers use
#   managed identities, federated credentials and certificates, and an attacker cannot add one either.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/tutorial-enforce-secret-standards
#     description: Enforcing standards for secrets and certificates
#   - ref: https://learn.microsoft.com/graph/api/resources/passwordcredentialconfiguration
#     description: Restrictions of secrets
# custom:
#   id: AB-602
#   severity: low
#   practice: AB.5
#   applies_to: [tenant]
#   requires: [tenant.app_management.enabled]
#   requires_complete: [tenant.app_management.applications, tenant.app_management.service_principals]
#   message: "new secrets of {scope} are {problem}"
#   remediation: >-
#     Enable the `passwordAddition` restriction in the default application management policy for all applications and
#     service principals, and exempt with a custom policy what still needs a secret.
package zerotrust.assume_breach.new_secrets_allowed

import data.zerotrust.lib.app_management

deny contains finding if {
	input.tenant.app_management.enabled == false
	finding := {
		"at": "tenant.app_management.enabled",
		"scope": "applications and service principals",
		"problem": "not blocked, since the policy is not enabled",
	}
}

deny contains finding if {
	input.tenant.app_management.enabled
	some scope, label in app_management.scopes
	count(_blocks(scope)) == 0
	finding := {
		"at": concat(".", ["tenant.app_management", scope]),
		"scope": label,
		"problem": "not blocked",
	}
}

deny contains finding if {
	input.tenant.app_management.enabled
	some scope, label in app_management.scopes
	some restriction in _blocks(scope)
	not restriction.all_applications
	finding := {
		"at": restriction.at,
		"scope": label,
		"problem": sprintf("blocked only for those created after %s", [restriction.created_after]),
	}
}

_blocks(scope) := app_management.in_force(input.tenant.app_management[scope], "passwordAddition", input.now)

# METADATA
# title: Applications are exempt from the management policy
# description: |-
#   A custom policy takes applications out of the tenant's restrictions. Those are the ones where an attacker can still
#   add a secret, or one that lives for years. Exemptions outlive their reason unless somebody looks.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/appmanagementpolicy
#     description: Custom application management policies
#   - ref: https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy
#     description: Application management policies
# custom:
#   id: AB-605
#   severity: low
#   practice: AB.5
#   applies_to: [tenant]
#   requires:
#     - tenant.app_management.enabled
#     - tenant.app_management_policies
#     - "tenant.app_management_policies[].restrictions"
#     - "tenant.app_management_policies[].applies_to"
#   requires_complete: [tenant.app_management.applications, tenant.app_management.service_principals]
#   message: "the policy `{policy}` loosens {restrictions} for {targets}"
#   remediation: >-
#     Move the applications to other credentials and take the policy away from them, or waive the finding with the
#     reason and a date.
package zerotrust.assume_breach.app_management_exemption

import data.zerotrust.lib.app_management
import data.zerotrust.lib.label

deny contains finding if {
	input.tenant.app_management.enabled
	some policy in input.tenant.app_management_policies
	policy.enabled != false
	exempt := _exempt(policy)
	count(exempt) > 0
	restrictions := {name | some target in exempt; some name in target.restrictions}
	targets := {name | some target in exempt; name := target.name}
	finding := {
		"at": policy.at,
		"policy": label.first_of([policy.display_name, policy.id]),
		"restrictions": sort(restrictions),
		"targets": sort(targets),
	}
}

# The applications and service principals for which the policy loosens something.
_exempt(policy) := {exempt |
	policy.applies_to != null
	policy.restrictions != null
	some target in policy.applies_to
	restrictions := _loosened(policy.restrictions, target.kind)
	count(restrictions) > 0
	exempt := {
		"name": label.first_of([target.display_name, target.app_id, target.id]),
		"restrictions": restrictions,
	}
}

# What a policy does not name is as in the default policy.
_loosened(restrictions, kind) := {name |
	some restriction in restrictions
	some scope in object.get(_scopes, kind, ["applications", "service_principals"])
	name := restriction.restriction_type
	some default_restriction in app_management.in_force(input.tenant.app_management[scope], name, input.now)
	_is_looser(restriction, default_restriction)
}

_scopes := {"application": ["applications"], "service_principal": ["service_principals"]}

_is_looser(restriction, _) if restriction.enabled == false

_is_looser(restriction, default_restriction) if {
	restriction.all_applications == false
	restriction.created_after > default_restriction.created_after
}

_is_looser(restriction, default_restriction) if {
	default_restriction.max_lifetime_days != null
	restriction.max_lifetime_days > default_restriction.max_lifetime_days
}

_is_looser(restriction, default_restriction) if {
	default_restriction.max_lifetime_days != null
	restriction.max_lifetime == ""
}

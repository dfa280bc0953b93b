# METADATA
# title: Users may consent to applications
# description: |-
#   Consent gives an application lasting access to what the user can reach, without a password and past
#   multifactor authentication. Attackers send links that ask for it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/configure-user-consent
#     description: Configuring how users consent to applications
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/manage-app-consent-policies
#     description: Application consent policies
# custom:
#   id: LP-602
#   severity: high
#   practice: LP.1
#   applies_to: [tenant]
#   requires: [tenant.authorization.permission_grant_policies]
#   message: "users may consent to applications by the policy `{policy}`, beyond `{allowed}`"
#   remediation: >-
#     Allow no more than `ManagePermissionGrantsForSelf.microsoft-user-default-low` in the authorization policy, and let
#     administrators decide on the rest.
#   parameters:
#     allowed_consent:
#       type: string
#       default: low
#       description: >-
#         The most that users may consent to: `none`, `low` (permissions that the organisation classified as low, of
#         verified publishers) or `recommended` (what Microsoft recommends at the time). Anything else means `none`.
#     allowed_policies:
#       type: list
#       default: []
#       description: Names of the organisation's own consent policies that are allowed as well.
package zerotrust.least_privilege.users_consent_to_applications

deny contains finding if {
	some policy in input.tenant.authorization.permission_grant_policies
	policy.scope != "owned_resource"
	not _is_allowed(policy)
	finding := {
		"at": policy.at,
		"policy": policy.id,
		"allowed": data.ztvet.parameters["LP-602"].allowed_consent,
		"severity": _severity(policy),
	}
}

_is_allowed(policy) if {
	policy.scope == "self"
	_ranks[policy.name] <= object.get(_allowed_ranks, data.ztvet.parameters["LP-602"].allowed_consent, 0)
}

_is_allowed(policy) if {
	policy.scope == "self"
	some name in data.ztvet.parameters["LP-602"].allowed_policies
	lower(name) == policy.name
}

_severity(policy) := "critical" if _is_legacy(policy)

_severity(policy) := "high" if not _is_legacy(policy)

_is_legacy(policy) if policy.name == "microsoft-user-default-legacy"

_ranks := {"microsoft-user-default-low": 1, "microsoft-user-default-recommended": 2}

_allowed_ranks := {"none": 0, "low": 1, "recommended": 2}

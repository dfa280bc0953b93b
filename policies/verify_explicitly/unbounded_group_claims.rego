# METADATA
# title: Groups are emitted without bound
# description: |-
#   Tokens then name every group and role of the user, most of which do not concern the application. Past 200
#   groups the list is replaced by a link, and an application that does not follow it decides on missing data.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reference-app-manifest
#     description: Application manifest
#   - ref: https://learn.microsoft.com/entra/identity/hybrid/connect/how-to-connect-fed-group-claims
#     description: Group claims
# custom:
#   id: VE-122
#   severity: low
#   practice: VE.4
#   applies_to: [application]
#   requires: [application.group_claims]
#   message: "group claims are `{groups}`"
#   remediation: Set `groupMembershipClaims` to `ApplicationGroup`, or use application roles.
package zerotrust.verify_explicitly.unbounded_group_claims

deny contains finding if {
	groups := input.application.group_claims
	some kind in split(groups, ",")
	lower(trim_space(kind)) == "all"
	finding := {"at": "application.group_claims", "groups": groups}
}

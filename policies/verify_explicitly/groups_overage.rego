# METADATA
# title: Groups overage
# description: |-
#   The user is in more groups than fit into the token, so that it holds none of them. A check that reads the groups
#   from the token alone denies the user what is theirs, or misses the group that would have barred them.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#groups-overage-claim
#     description: Groups overage claim
#   - ref: https://learn.microsoft.com/security/zero-trust/develop/configure-tokens-group-claims-app-roles
#     description: Configure tokens with group claims and app roles
# custom:
#   id: VE-318
#   severity: medium
#   practice: VE.4
#   applies_to: [token]
#   message: the token has no room for its user's groups, and says so in `{claim}`
#   remediation: >-
#     Ask Microsoft Graph for the user's groups, as with `getMemberGroups`, or authorize by application roles, or let
#     the token hold only groups that are assigned to the application.
package zerotrust.verify_explicitly.groups_overage

deny contains finding if {
	"hasgroups" in object.keys(input.token.claims)
	not input.token.claims.hasgroups in {false, "false"}
	finding := {"at": "token.claims.hasgroups", "claim": "hasgroups"}
}

deny contains finding if {
	input.token.claims._claim_names.groups
	finding := {"at": "token.claims._claim_names", "claim": "_claim_names"}
}

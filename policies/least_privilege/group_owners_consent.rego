# METADATA
# title: Group owners may consent for their groups
# description: |-
#   The owner of a group or team decides for all its members that an application may read their messages and files. An
#   attacker needs one owner's account to reach the data of everybody in it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/configure-user-consent-groups
#     description: Configuring group owner consent
#   - ref: https://learn.microsoft.com/microsoftteams/platform/graph-api/rsc/resource-specific-consent
#     description: Resource-specific consent
# custom:
#   id: LP-604
#   severity: medium
#   practice: LP.1
#   applies_to: [tenant]
#   uses: [tenant.directory_settings.group_specific_consent, tenant.authorization.permission_grant_policies]
#   message: "owners may consent for their groups and teams by `{setting}`"
#   remediation: >-
#     Set `EnableGroupSpecificConsent` to false in the consent policy settings, and take the
#     `ManagePermissionGrantsForOwnedResource` policies out of the authorization policy.
package zerotrust.least_privilege.group_owners_consent

deny contains finding if {
	input.tenant.directory_settings.group_specific_consent == true
	finding := {
		"at": "tenant.directory_settings.group_specific_consent",
		"setting": "EnableGroupSpecificConsent",
	}
}

deny contains finding if {
	policies := input.tenant.authorization.permission_grant_policies
	policies != null
	some policy in policies
	policy.scope == "owned_resource"
	finding := {"at": policy.at, "setting": policy.id}
}

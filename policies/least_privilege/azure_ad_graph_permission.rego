# METADATA
# title: Uses the retired Azure AD Graph
# description: |-
#   Azure AD Graph is retired and no longer maintained; calls to it fail.
#   Permissions on it stay granted all the same, unseen by reviews that look at Microsoft Graph.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/migrate-azure-ad-graph-overview
#     description: Migrate from Azure AD Graph to Microsoft Graph
# custom:
#   id: LP-106
#   severity: high
#   practice: LP.1
#   applies_to: [application]
#   requires: [application.permissions]
#   message: "permission `{permission}` is on the retired Azure AD Graph"
#   remediation: Move the calls to Microsoft Graph, request the narrowest permission there, and remove this one.
package zerotrust.least_privilege.azure_ad_graph_permission

import data.zerotrust.lib.label

_azure_ad_graph := "00000002-0000-0000-c000-000000000000"

deny contains finding if {
	some permission in input.application.permissions
	permission.resource.app_id == _azure_ad_graph
	finding := {
		"at": permission.at,
		"permission": label.first_of([permission.name, permission.id]),
	}
}

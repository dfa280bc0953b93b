# METADATA
# title: Too many redirect URIs
# description: |-
#   Each redirect URI is one more place that can receive tokens and has to stay in the right hands.
#   Long lists are seldom reviewed, and forgotten hosts in them are taken over unseen.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url#maximum-number-of-redirect-uris
#     description: Maximum number of redirect URIs
# custom:
#   id: AB-112
#   severity: low
#   practice: AB.1
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   message: "{count} redirect URIs are more than {limit}"
#   remediation: Remove redirect URIs that are no longer used, and split registrations that serve several applications.
#   parameters:
#     max_redirect_uris:
#       type: integer
#       default: 20
#       description: Largest number of redirect URIs of one registration.
package zerotrust.assume_breach.too_many_redirect_uris

deny contains finding if {
	total := count(input.application.redirect_uris)
	total > _platform_limit
	finding := {"at": "application.redirect_uris", "count": total, "limit": _platform_limit, "severity": "high"}
}

deny contains finding if {
	total := count(input.application.redirect_uris)
	limit := data.ztvet.parameters["AB-112"].max_redirect_uris
	total > limit
	total <= _platform_limit
	finding := {"at": "application.redirect_uris", "count": total, "limit": limit}
}

_platform_limit := 100 if input.application.personal_accounts == true

_platform_limit := 256 if input.application.personal_accounts != true

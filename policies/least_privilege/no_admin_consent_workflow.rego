# METADATA
# title: No admin consent workflow
# description: |-
#   Users who cannot ask for an application look for ways around the administrators, and administrators who are asked
#   by mail grant without review. Requests that stay open for long are granted when nobody remembers the reason.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/configure-admin-consent-workflow
#     description: The admin consent workflow
#   - ref: https://learn.microsoft.com/graph/api/resources/adminconsentrequestpolicy
#     description: The admin consent request policy
# custom:
#   id: LP-603
#   severity: medium
#   practice: LP.1
#   applies_to: [tenant]
#   requires: [tenant.admin_consent_requests.enabled]
#   uses: [tenant.admin_consent_requests.reviewers, tenant.admin_consent_requests.request_duration_days]
#   message: "the admin consent workflow {problem}"
#   remediation: Enable the admin consent workflow with reviewers, and let requests expire within a month.
#   parameters:
#     max_request_days:
#       type: integer
#       default: 30
#       description: How long a request may live, in days.
package zerotrust.least_privilege.no_admin_consent_workflow

deny contains finding if {
	input.tenant.admin_consent_requests.enabled == false
	finding := {"at": "tenant.admin_consent_requests.enabled", "problem": "is not enabled"}
}

deny contains finding if {
	requests := input.tenant.admin_consent_requests
	requests.enabled
	requests.reviewers == []
	finding := {"at": "tenant.admin_consent_requests.reviewers", "problem": "has no reviewers"}
}

deny contains finding if {
	requests := input.tenant.admin_consent_requests
	requests.enabled
	requests.request_duration_days != null
	limit := data.ztvet.parameters["LP-603"].max_request_days
	requests.request_duration_days > limit
	problem := sprintf("keeps requests for %d days, more than %d", [requests.request_duration_days, limit])
	finding := {"at": "tenant.admin_consent_requests.request_duration_days", "problem": problem}
}

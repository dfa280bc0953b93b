# METADATA
# title: Every user may register applications
# description: |-
#   Each registration can hold credentials, ask for permissions and trick other users into consent. An attacker with
#   any account can make one that looks like a colleague's.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/role-based-access-control/delegate-app-roles
#     description: Restricting who can create applications
#   - ref: https://learn.microsoft.com/graph/api/resources/authorizationpolicy
#     description: The authorization policy
# custom:
#   id: LP-601
#   severity: medium
#   practice: LP.1
#   applies_to: [tenant]
#   requires: [tenant.authorization.allowed_to_create_apps]
#   message: "`allowedToCreateApps` is {allowed}: every user may register applications"
#   remediation: >-
#     Set `allowedToCreateApps` to false in the authorization policy, and give the Application Developer role to those
#     who register applications.
package zerotrust.least_privilege.users_register_applications

deny contains finding if {
	input.tenant.authorization.allowed_to_create_apps == true
	finding := {"at": "tenant.authorization.allowed_to_create_apps", "allowed": true}
}

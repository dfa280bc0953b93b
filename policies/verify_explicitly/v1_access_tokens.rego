# METADATA
# title: API accepts v1.0 access tokens
# description: |-
#   Version 1.0 tokens name their audience by identifier URI and their issuer without a version, so libraries for
#   version 2.0 need exceptions to validate them. Each exception is a chance to accept a token that was meant for
#   another API.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/access-tokens
#     description: Access tokens
#   - ref: https://learn.microsoft.com/entra/identity-platform/reference-app-manifest
#     description: Application manifest
# custom:
#   id: VE-111
#   severity: medium
#   practice: VE.4
#   applies_to: [application]
#   requires: [application.api.access_token_version]
#   uses:
#     - application.api.scopes
#     - application.app_roles
#   message: "the API receives access tokens of version {version}.0"
#   remediation: Set `requestedAccessTokenVersion` to 2 and validate the issuer and audience of version 2.0.
package zerotrust.verify_explicitly.v1_access_tokens

import data.zerotrust.lib.web_api

deny contains finding if {
	input.application.api.access_token_version == 1
	_exposes
	finding := {"at": "application.api.access_token_version", "version": 1}
}

_exposes if web_api.exposes_scope(input.application)

_exposes if {
	input.application.app_roles != null
	some role in input.application.app_roles
	not role.enabled == false
	not _users_only(role)
}

# roles for users alone reach a web application in its ID tokens
_users_only(role) if {
	role.allowed_member_types != null
	not "Application" in role.allowed_member_types
}

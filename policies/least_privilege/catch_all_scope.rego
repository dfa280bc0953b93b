# METADATA
# title: API has a single catch-all permission
# description: |-
#   Every client of the API receives the same permission for all that the API can do.
#   A client that needs one operation can be abused for all of them, and nobody can consent to less.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/zero-trust-for-developers
#     description: Zero Trust best practices for developers
#   - ref: https://learn.microsoft.com/entra/identity-platform/quickstart-configure-app-expose-web-apis
#     description: Configure an application to expose a web API
# custom:
#   id: LP-201
#   severity: medium
#   practice: LP.2
#   applies_to: [application]
#   requires:
#     - application.api.scopes[].enabled
#     - application.api.scopes[].value
#     - application.app_roles[].enabled
#     - application.app_roles[].value
#   requires_complete: [application.api.scopes, application.app_roles]
#   message: "`{scope}` is the only permission of the API and covers everything"
#   remediation: Offer a permission for each kind of data and operation, such as `Orders.Read` and `Orders.ReadWrite`.
#   parameters:
#     catch_alls:
#       type: list
#       default: [user_impersonation, access_as_user, full_access, .default, "*", all]
#       description: Names that stand for everything, in any case. LP-207 and LP-210 use them too.
package zerotrust.least_privilege.catch_all_scope

import data.zerotrust.lib.catch_all
import data.zerotrust.lib.offered_permissions

deny contains finding if {
	[scope] := _offered
	scope.enabled == true
	catch_all.includes(scope.value)
	not _narrowed
	finding := {"at": scope.at, "scope": scope.value}
}

_offered := [scope |
	some scope in input.application.api.scopes
	offered_permissions.may_be_enabled(scope)
]

# A role without a value is in no token and narrows nothing.
_narrowed if {
	some role in input.application.app_roles
	offered_permissions.may_be_enabled(role)
	role.value != ""
	not catch_all.includes(role.value)
}

# METADATA
# title: Sensitive data without a full-access tier
# description: |-
#   One permission to read covers the ordinary and the sensitive properties of the resource alike.
#   Every client that needs the ordinary ones can leak the sensitive ones.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/zero-trust-for-developers
#     description: Zero Trust best practices for developers
# custom:
#   id: LP-205
#   severity: medium
#   practice: LP.6
#   applies_to: [application]
#   requires:
#     - declared.sensitive
#     - application.api.scopes[].enabled
#     - application.api.scopes[].value
#   requires_complete: [application.api.scopes]
#   message: "`{scope}` reads all of the sensitive resource `{resource}`, there is no `{full}`"
#   remediation: Keep sensitive properties out of the standard permission, and offer a second one for full access.
package zerotrust.least_privilege.no_full_access_tier

import data.zerotrust.lib.label
import data.zerotrust.lib.offered_permissions

deny contains finding if {
	some resource, declared_name in input.declared.sensitive
	some scope in input.application.api.scopes
	scope.enabled == true
	scope.resource == resource
	scope.operation == "Read"
	full := label.first_of([declared_name, concat(".", [resource, "ReadFull"])])
	not full in _offered
	not _unnamed_scope
	finding := {"at": scope.at, "scope": scope.value, "resource": resource, "full": full}
}

# It may be the one for full access.
_unnamed_scope if offered_permissions.any_unnamed(input.application.api.scopes)

# Values, with and without their constraint.
_offered contains value if {
	some scope in input.application.api.scopes
	offered_permissions.may_be_enabled(scope)
	value := scope.value
}

_offered contains name if {
	some scope in input.application.api.scopes
	offered_permissions.may_be_enabled(scope)
	scope.resource != null
	name := concat(".", [scope.resource, scope.operation])
}

# METADATA
# title: App-only callers cannot be told apart
# description: |-
#   A role that is open to applications may reach the API with or without a user. Only `idtyp` says plainly which
#   it was; an API that infers it from other claims can take an application for a user, or a user for an
#   application.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-validation
#     description: Validating claims
#   - ref: https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
#     description: Optional claims reference
# custom:
#   id: VE-118
#   severity: medium
#   practice: VE.4
#   applies_to: [application]
#   requires: [application.app_roles, "application.app_roles[].allowed_member_types"]
#   requires_complete: [application.optional_claims.access_token]
#   message: "access tokens carry no `idtyp`, and applications may hold `{roles}`"
#   remediation: >-
#     Add `idtyp` to the optional claims of the access token, and require the value `app` of app-only callers.
package zerotrust.verify_explicitly.app_only_callers_indistinct

import data.zerotrust.lib.label
import data.zerotrust.lib.optional_claims

deny contains finding if {
	count(_roles) > 0
	not optional_claims.includes(input.application.optional_claims.access_token, "idtyp")
	finding := {
		"at": "application.optional_claims.access_token",
		"roles": [role | some role in _roles],
	}
}

_roles contains name if {
	some role in input.application.app_roles
	role.allowed_member_types != null
	"Application" in role.allowed_member_types
	not role.enabled == false
	name := label.first_of([role.value, role.id])
}

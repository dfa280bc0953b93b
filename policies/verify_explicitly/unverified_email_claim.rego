# METADATA
# title: Unverified e-mail claims are accepted
# description: |-
#   Administrators of any tenant can give their users any e-mail address, the address of your customer included. A
#   multitenant application that finds its users by such a claim hands their accounts to whoever writes the
#   address into another tenant.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
#     description: Migrating away from e-mail claims
#   - ref: https://learn.microsoft.com/graph/applications-authenticationbehaviors
#     description: Authentication behaviours
# custom:
#   id: VE-113
#   severity: high
#   practice: VE.4
#   applies_to: [application]
#   requires: [application.multitenant, application.authentication_behaviors]
#   uses:
#     - application.optional_claims.access_token
#     - application.optional_claims.id_token
#     - application.optional_claims.saml2_token
#   message: "`email` in the {token} may be unverified: {problem}"
#   remediation: >-
#     Set `removeUnverifiedEmailClaim` to true, and identify users by `oid` and `tid`. Ask for `xms_edov` where the
#     address must stay.
package zerotrust.verify_explicitly.unverified_email_claim

import data.zerotrust.lib.optional_claims

deny contains finding if {
	input.application.authentication_behaviors.remove_unverified_email_claim == false
	some email in _emails
	finding := {
		"at": email.at,
		"token": email.token,
		"problem": "removal of unverified addresses is switched off",
		"severity": "critical",
	}
}

deny contains finding if {
	input.application.authentication_behaviors.remove_unverified_email_claim == null
	_kept_by_default
	some email in _emails
	finding := {
		"at": email.at,
		"token": email.token,
		"problem": "removal of unverified addresses is not switched on",
	}
}

_emails contains email if {
	input.application.multitenant == true
	some list, claims in optional_claims.known(input.application)
	not optional_claims.includes(claims, "xms_edov")
	some claim in claims
	claim.name == "email"
	email := {"at": claim.at, "token": optional_claims.tokens[list]}
}

# newer applications lose unverified addresses unless they object
_kept_by_default if input.application.created == null

_kept_by_default if {
	input.application.created != null
	input.application.created < "2023-07-01"
}

# METADATA
# title: Change opens the application
# description: |-
#   More people, clients or tenants can reach the application, or change it, than before. What made it safe until now may
#   not hold for them.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application properties
#   - ref: https://learn.microsoft.com/entra/identity-platform/single-and-multi-tenant-apps
#     description: Tenancy in Microsoft Entra ID
# custom:
#   id: LP-405
#   severity: high
#   practice: AB.3
#   applies_to: [change]
#   uses:
#     - change.old.multitenant
#     - change.new.multitenant
#     - change.old.personal_accounts
#     - change.new.personal_accounts
#     - change.old.implicit_grant.access_token
#     - change.new.implicit_grant.access_token
#     - change.old.implicit_grant.id_token
#     - change.new.implicit_grant.id_token
#     - change.old.public_client_fallback
#     - change.new.public_client_fallback
#     - change.old.lock
#     - change.new.lock
#     - change.owners.lost
#   message: "{opening}"
#   remediation: Take it back, or declare in ztvet.yaml that the application is meant to be open, and review what protects it.
package zerotrust.least_privilege.application_opened

deny contains finding if {
	input.change.old.multitenant == false
	input.change.new.multitenant == true
	not input.declared.multitenant == true
	finding := {
		"at": "change.new.sign_in_audience",
		"opening": "users of other organisations can sign in now",
	}
}

deny contains finding if {
	input.change.old.personal_accounts == false
	input.change.new.personal_accounts == true
	not input.declared.personal_accounts == true
	finding := {
		"at": "change.new.sign_in_audience",
		"opening": "personal accounts can sign in now",
	}
}

deny contains finding if {
	_switched_on("access_token")
	finding := {
		"at": "change.new.implicit_grant.access_token",
		"opening": "the authorization endpoint issues access tokens now (implicit grant)",
	}
}

deny contains finding if {
	_switched_on("id_token")
	not input.declared.hybrid_flow == true
	finding := {
		"at": "change.new.implicit_grant.id_token",
		"opening": "the authorization endpoint issues ID tokens now (implicit grant)",
	}
}

deny contains finding if {
	input.change.old.public_client_fallback == false
	input.change.new.public_client_fallback == true
	finding := {
		"at": "change.new.public_client_fallback",
		"opening": "public client flows (device code, password) are open now",
	}
}

deny contains finding if {
	_lock_was_on
	input.change.new.lock.enabled == false
	finding := {
		"at": "change.new.lock",
		"opening": "the instance property lock is off now",
	}
}

deny contains finding if {
	_lock_was_on
	input.change.new.lock.enabled == true
	input.change.old.lock.all_properties == true
	input.change.new.lock.all_properties == false
	finding := {
		"at": "change.new.lock",
		"opening": "the instance property lock does not cover all properties any more",
	}
}

deny contains finding if {
	lost := input.change.owners.lost
	lost != null
	count(lost) > 0
	input.change.new.owners == []
	finding := {
		"at": "change.new.owners",
		"opening": "the last owner was removed",
	}
}

_switched_on(token) if {
	input.change.old.implicit_grant[token] == false
	input.change.new.implicit_grant[token] == true
}

_lock_was_on if {
	input.change.old.lock != null
	input.change.new.lock != null
	input.change.old.lock.enabled == true
}

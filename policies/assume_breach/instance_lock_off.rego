# METADATA
# title: Instance lock is off
# description: |-
#   Without the lock, an administrator of any tenant that uses the application can add credentials to its service
#   principal there. An attacker with that role can then act as the application, and its owner does not see it.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/howto-configure-app-instance-property-locks
#     description: Application instance property lock
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-204
#   severity: medium
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.lock]
#   message: "instance property lock {problem}"
#   remediation: Turn the instance property lock on for all properties.
package zerotrust.assume_breach.instance_lock_off

deny contains finding if {
	not input.application.lock.enabled
	finding := object.union({"at": input.application.lock.at, "problem": "is off"}, _escalation)
}

deny contains finding if {
	input.application.lock.enabled
	not input.application.lock.all_properties
	problem := "does not cover all properties"
	finding := object.union({"at": input.application.lock.at, "problem": problem}, _escalation)
}

_escalation := {"severity": "high"} if input.application.multitenant == true

_escalation := {} if not input.application.multitenant == true

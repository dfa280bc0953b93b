# METADATA
# title: Deprecated authentication library
# description: |-
#   The Azure Active Directory Authentication Library (ADAL) gets no security fixes any more, so a flaw in how it
#   handles tokens stays open. It also knows nothing of claims challenges, so Conditional Access that is tightened
#   during a session does not reach the user.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-migration
#     description: Migrate applications to the Microsoft Authentication Library
# custom:
#   id: VE-201
#   severity: high
#   practice: VE.1
#   applies_to: [project]
#   requires: [project.dependencies]
#   message: "`{name}` (ADAL) {state}: use {replacement}"
#   remediation: >-
#     Move to the library that the message names. Where another package brings the deprecated one in, update that package.
package zerotrust.verify_explicitly.deprecated_authentication_library

import data.zerotrust.lib.packages

deny contains finding if {
	some dependency in input.project.dependencies
	entry := packages.entry(data.facts.deprecated_packages.adal, dependency)
	finding := {
		"at": dependency.at,
		"name": dependency.name,
		"ecosystem": dependency.ecosystem,
		"requirement": dependency.requirement,
		"state": packages.ended(entry),
		"replacement": entry.replacement,
	}
}

# METADATA
# title: Retired or superseded identity package
# description: |-
#   A package for signing in that is retired gets no fixes, and often speaks the older protocol (the implicit flow, the
#   v1 endpoint). Its successor gets both the fixes and the protections that the platform adds.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reference-v2-libraries
#     description: Microsoft identity platform authentication libraries
# custom:
#   id: VE-202
#   severity: medium
#   practice: VE.1
#   applies_to: [project]
#   requires: [project.dependencies]
#   message: "`{name}` {state}: use {replacement}"
#   remediation: >-
#     Move to the package that the message names. Where another package brings the old one in, update that package.
package zerotrust.verify_explicitly.superseded_identity_package

import data.zerotrust.lib.packages

deny contains finding if {
	some dependency in input.project.dependencies
	packages.direct(dependency)
	entry := packages.entry(data.facts.deprecated_packages.superseded, dependency)
	finding := {
		"at": dependency.at,
		"name": dependency.name,
		"ecosystem": dependency.ecosystem,
		"requirement": dependency.requirement,
		"state": packages.ended(entry),
		"replacement": entry.replacement,
	}
}

# What another module asks for is beyond the project's direct reach.
deny contains finding if {
	some dependency in input.project.dependencies
	not packages.direct(dependency)
	entry := packages.entry(data.facts.deprecated_packages.superseded, dependency)
	finding := {
		"at": dependency.at,
		"name": dependency.name,
		"ecosystem": dependency.ecosystem,
		"requirement": dependency.requirement,
		"state": packages.ended(entry),
		"replacement": entry.replacement,
		"severity": "low",
	}
}

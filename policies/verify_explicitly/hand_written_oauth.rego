# METADATA
# title: Hand-written OAuth instead of MSAL
# description: |-
#   A general OAuth client leaves the choice of flow, the token cache, the broker and claims challenges to the
#   application's own code, and each is easy to get wrong. Microsoft's libraries do them, and learn of new protections
#   with an update.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-overview
#     description: Overview of the Microsoft Authentication Library
# custom:
#   id: VE-203
#   severity: low
#   practice: VE.1
#   applies_to: [project]
#   requires: [project.dependencies]
#   requires_complete: [project.files.packages]
#   message: "the project signs in to Microsoft with `{name}`, and has no library of Microsoft's for that"
#   remediation: >-
#     Use the Microsoft Authentication Library for the platform, or Microsoft.Identity.Web or Azure Identity that build
#     on it.
package zerotrust.verify_explicitly.hand_written_oauth

import data.zerotrust.lib.packages

deny contains finding if {
	_signs_in_to_microsoft
	not _has_library
	some dependency in input.project.dependencies
	packages.direct(dependency)
	packages.entry(data.facts.sign_in_packages.generic, dependency)
	finding := {"at": dependency.at, "name": dependency.name, "ecosystem": dependency.ecosystem}
}

# A configuration file of the project says so.
_signs_in_to_microsoft if count(input.project.files.configured) > 0

# The organisation declares an application for this file.
_signs_in_to_microsoft if input.declared != null

_has_library if {
	some member in input.project.files.packages
	packages.entry(data.facts.sign_in_packages.microsoft, member)
}

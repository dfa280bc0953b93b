# METADATA
# title: Owner is in no team
# description: Whoever owns a registration can add credentials to it; an owner whom no team answers for is nobody's.
# custom:
#   id: CONTOSO-103
#   severity: medium
#   applies_to: [application]
#   requires: ["application.owners", "application.owners[].id"]
#   message: "the owner `{owner}` is in no team"
#   remediation: Remove the owner, or add it to a team in policies/directory/data.yaml.
package contoso.owner_in_team

deny contains finding if {
	some owner in input.application.owners
	is_string(owner.id)
	not owner.id in _members
	finding := {"at": owner.at, "owner": owner.id}
}

_members contains member if {
	some members in data.directory.owners
	some member in members
}

# METADATA
# title: Name does not follow the convention
# description: A name that says team, environment and type lets everyone see what a registration is for.
# custom:
#   id: CONTOSO-101
#   severity: low
#   applies_to: [application]
#   requires: [application.display_name]
#   message: "the name `{name}` does not match `{pattern}`"
#   remediation: Rename it to `<product>-<environment>-<type>`.
#   parameters:
#     pattern:
#       type: string
#       default: "^[a-z]+-(prod|test|dev)-(web|api|daemon)$"
#       description: The regular expression that names must match.
package contoso.naming

deny contains finding if {
	pattern := data.ztvet.parameters["CONTOSO-101"].pattern
	not regex.match(pattern, input.application.display_name)
	finding := {
		"at": "application.display_name",
		"name": input.application.display_name,
		"pattern": pattern,
	}
}

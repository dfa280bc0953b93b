# METADATA
# title: Application has no team tag
# description: Without a tag nobody knows whom to call when the application is attacked.
# custom:
#   id: CONTOSO-001
#   severity: low
#   applies_to: [application]
#   requires: [application.tags]
#   message: "`{name}` has no tag that starts with `{prefix}`"
#   remediation: Add a tag such as `team:payments`.
#   parameters:
#     prefix:
#       type: string
#       default: "team:"
#       description: How the tag of a team starts.
package contoso.team_tag

deny contains finding if {
	prefix := data.ztvet.parameters["CONTOSO-001"].prefix
	not _has_tag(prefix)
	finding := {
		"at": "application.display_name",
		"name": input.subject.name,
		"prefix": prefix,
	}
}

_has_tag(prefix) if {
	some tag in input.application.tags
	startswith(tag, prefix)
}

# METADATA
# title: Application has no valid cost centre
# description: Without a cost centre nobody pays for an application, and nobody is asked whether it is still needed.
# custom:
#   id: CONTOSO-105
#   severity: low
#   applies_to: [application]
#   requires: [application.tags]
#   message: "`{name}` {problem}"
#   remediation: Add a tag such as `cost-centre:4711`.
#   parameters:
#     prefix:
#       type: string
#       default: "cost-centre:"
#       description: How the tag starts.
package contoso.cost_centre

deny contains finding if {
	count(_tags) == 0
	finding := {
		"at": "application.display_name",
		"name": input.subject.name,
		"problem": sprintf("has no tag that starts with `%s`", [_prefix]),
	}
}

deny contains finding if {
	some tag in _tags
	not trim_prefix(tag, _prefix) in data.directory.cost_centres
	finding := {
		"at": "application.display_name",
		"name": input.subject.name,
		"problem": sprintf("has the unknown cost centre `%s`", [trim_prefix(tag, _prefix)]),
	}
}

_prefix := data.ztvet.parameters["CONTOSO-105"].prefix

_tags contains tag if {
	some tag in input.application.tags
	startswith(tag, _prefix)
}

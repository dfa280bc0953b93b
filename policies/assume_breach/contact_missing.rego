# METADATA
# title: Nothing says who runs the application
# description: |-
#   In an incident somebody has to be called at once. A registration without a service reference, notes or a support
#   page makes responders guess whether they may cut it off, and attackers gain the time.
# related_resources:
#   - ref: https://learn.microsoft.com/graph/api/resources/application
#     description: Application resource, serviceManagementReference and notes
# custom:
#   id: AB-306
#   severity: low
#   practice: AB.4
#   applies_to: [application]
#   requires: [application.service_management_reference, application.notes, application.urls.support]
#   message: "application has no service management reference, no notes and no support URL"
#   remediation: Enter the application's record in the service management system, or a note that names its team.
package zerotrust.assume_breach.contact_missing

deny contains finding if {
	_blank(input.application.service_management_reference)
	_blank(input.application.notes)
	input.application.urls.support == {}
	finding := {"at": "application.service_management_reference"}
}

_blank(text) if {
	text != null
	trim_space(text) == ""
}

# METADATA
# title: Inventory
# description: What rules about the inventory share.
package zerotrust.lib.inventory

import data.zerotrust.lib.label

# METADATA
# description: Where a finding about several applications stands, and their names and ids.
about(applications) := {
	"at": applications[0].at,
	"applications": [name |
		some application in applications
		name := _named(application)
	],
}

_named(application) := sprintf("%s (%s)", [application.name, application.app_id]) if {
	application.name != null
	application.app_id != null
}

_named(application) := label.first_of([application.name, application.app_id, application.object_id]) if {
	null in {application.name, application.app_id}
}

# METADATA
# title: Tier 0
# description: Permissions that lead to control of the whole tenant.
package zerotrust.lib.tier_zero

import data.zerotrust.lib.label

# METADATA
# description: The names of the application permissions of tier 0 among requested permissions, sorted.
application_permissions(permissions) := sort({name |
	some permission in permissions
	permission.kind == "application"
	permission.tier == 0
	name := label.first_of([permission.name, permission.id])
})

# METADATA
# title: Changes
# description: What rules about two versions of an application share.
package zerotrust.lib.change

import data.zerotrust.lib.label

# METADATA
# description: The lists of permissions that an application offers, and what is in each.
offered := {"scopes": "scope", "app_roles": "role"}

# METADATA
# description: An offered permission as findings name it.
name(permission) := label.first_of([permission.value, permission.id])

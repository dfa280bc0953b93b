# METADATA
# title: Offered permissions
# description: What is known of the scopes and roles that an application offers.
package zerotrust.lib.offered_permissions

# METADATA
# description: Whether a scope or role is not known to be disabled.
may_be_enabled(permission) if not permission.enabled == false

# METADATA
# description: Whether one that may be enabled has an unknown value, so that nothing can be said to be missing.
any_unnamed(permissions) if {
	some permission in permissions
	permission.value == null
	may_be_enabled(permission)
}

# METADATA
# description: Whether a role is known to be open to `User` or to `Application`.
open_to(role, member_type) if {
	role.allowed_member_types != null
	member_type in role.allowed_member_types
}

# METADATA
# description: Whether a role is open to `User` or to `Application`, or it is not known to whom it is.
may_be_open_to(role, member_type) if open_to(role, member_type)

may_be_open_to(role, _) if role.allowed_member_types == null

# METADATA
# description: The scopes, none where they were not collected.
scopes(app) := app.api.scopes if app.api.scopes != null

scopes(app) := [] if app.api.scopes == null

# METADATA
# description: The roles, none where they were not collected.
roles(app) := app.app_roles if app.app_roles != null

roles(app) := [] if app.app_roles == null

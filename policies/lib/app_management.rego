# METADATA
# title: Application management policies
# description: What the default application management policy of a tenant restricts.
package zerotrust.lib.app_management

# METADATA
# description: The lists of restrictions, and what each restricts.
scopes := {"applications": "applications", "service_principals": "service principals"}

# METADATA
# description: The restrictions of that type that are enabled and have begun, for some applications at least.
in_force(restrictions, restriction_type, now) := [restriction |
	some restriction in restrictions
	restriction.restriction_type == restriction_type
	restriction.enabled == true
	restriction.created_after != null
	restriction.created_after <= now
]

# METADATA
# description: Whether nobody may add a secret to any application.
secrets_are_blocked(restrictions, now) if {
	some restriction in in_force(restrictions, "passwordAddition", now)
	restriction.all_applications
}

# METADATA
# description: The lifetimes that are not limited, or to more days than `longest`; each with its place and what it is.
long_lifetimes(scope, restriction_type, longest, now) := found if {
	restrictions := in_force(input.tenant.app_management[scope], restriction_type, now)
	absent := {lifetime |
		count(restrictions) == 0
		lifetime := {"at": concat(".", ["tenant.app_management", scope]), "lifetime": "not limited"}
	}
	unlimited := {lifetime |
		some restriction in restrictions
		restriction.max_lifetime == ""
		lifetime := {"at": restriction.at, "lifetime": "not limited"}
	}
	too_long := {lifetime |
		some restriction in restrictions
		restriction.max_lifetime_days != null
		restriction.max_lifetime_days > longest
		days := sprintf("limited to %d days", [restriction.max_lifetime_days])
		lifetime := {"at": restriction.at, "lifetime": days}
	}
	found := (absent | unlimited) | too_long
}

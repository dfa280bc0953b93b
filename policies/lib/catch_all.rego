# METADATA
# title: Catch-all permissions
# description: Names of permissions that stand for everything an API can do.
package zerotrust.lib.catch_all

# METADATA
# description: Whether a value, which may be null, is such a name. The names are the parameter of LP-201.
includes(value) if {
	value != null
	lower(value) in _names
}

_names contains name if {
	some written in data.ztvet.parameters["LP-201"].catch_alls
	name := lower(written)
}

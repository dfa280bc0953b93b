# METADATA
# title: Web API
# description: What an application offers as a web API.
package zerotrust.lib.web_api

# METADATA
# description: Whether the application offers a scope that is not known to be disabled.
exposes_scope(app) if {
	app.api.scopes != null
	some scope in app.api.scopes
	not scope.enabled == false
}

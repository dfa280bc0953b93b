# METADATA
# title: Kind of client
# description: What an application's redirect URIs and credentials make of it.
package zerotrust.lib.client

# METADATA
# description: Whether the application has a redirect URI of a platform (`web`, `spa` or `public_client`).
has_platform(app, platform) if {
	app.redirect_uris != null
	some redirect in app.redirect_uris
	redirect.platform == platform
}

# METADATA
# description: |-
#   Whether every way to sign in is that of a public client. False where the redirect URIs were not collected.
#   Rules that use it need `application.redirect_uris` complete.
public_only(app) if {
	_public(app)
	not has_platform(app, "web")
}

# METADATA
# description: Whether a secret or certificate proves who the client is. One for token encryption does not.
authenticates(credential) if not credential.usage == "Encrypt"

_public(app) if has_platform(app, "public_client")

_public(app) if has_platform(app, "spa")

_public(app) if {
	app.redirect_uris != null
	app.public_client_fallback == true
}

# METADATA
# title: Redirect URIs
# description: What rules about redirect URIs share.
package zerotrust.lib.redirect_uris

# Pages of Microsoft's own that native clients may name as their redirect URI.
_microsoft_pages := {
	"https://login.microsoftonline.com/common/oauth2/nativeclient",
	"https://login.live.com/oauth20_desktop.srf",
}

# METADATA
# description: |-
#   Whether a URI leads to a web host. What stands after `://` in a custom scheme looks like a host and is none.
on_web_host(facts) if {
	facts.scheme in {"http", "https"}
	facts.host != null
}

# METADATA
# description: Whether a redirect URI is a page that Microsoft keeps for native clients.
microsoft_page(redirect) if redirect.uri in _microsoft_pages

# METADATA
# description: A URI as a finding may show it, without a user name or password.
shown(facts) := facts.uri if not _may_hold_password(facts)

shown(facts) := _after_password(split(facts.uri, "@")) if _may_hold_password(facts)

_after_password(parts) := parts[0] if count(parts) == 1

_after_password(parts) := concat("", ["…@", parts[count(parts) - 1]]) if count(parts) > 1

_may_hold_password(facts) if facts.userinfo

_may_hold_password(facts) if not facts.valid

# METADATA
# title: One registration serves several kinds of client
# description: |-
#   A public client cannot keep a secret, so whoever takes it apart can pose as the registration.
#   Shared with a web application or a daemon, the weakest client then holds the consent and permissions of all.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registration
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-client-applications
#     description: Public and confidential clients
# custom:
#   id: AB-120
#   severity: medium
#   practice: AB.2
#   applies_to: [application]
#   requires: [application.redirect_uris]
#   uses:
#     - application.permissions
#   message: "one registration serves several kinds of client: `{kinds}`"
#   remediation: Give each kind of client a registration of its own, with only the permissions that it needs.
package zerotrust.assume_breach.several_kinds_of_client

import data.zerotrust.lib.redirect_uris

_kinds := {"web": "web", "spa": "single-page", "public_client": "public client"}

_platforms := {platform |
	some redirect in input.application.redirect_uris
	platform := redirect.platform
}

_hosts := {host |
	some redirect in input.application.redirect_uris
	redirect_uris.on_web_host(redirect)
	host := redirect.host
}

# All three platforms are a case of this.
deny contains finding if {
	"web" in _platforms
	"public_client" in _platforms
	kinds := {kind |
		some platform in _platforms
		kind := _kinds[platform]
	}
	finding := {"at": "application.redirect_uris", "kinds": sort(kinds), "hosts": sort(_hosts)}
}

deny contains finding if {
	"public_client" in _platforms
	_has_application_permission(input.application.permissions)
	finding := {
		"at": "application.redirect_uris",
		"kinds": ["daemon (application permissions)", "public client"],
		"hosts": sort(_hosts),
	}
}

_has_application_permission(permissions) if {
	permissions != null
	some permission in permissions
	permission.kind == "application"
}

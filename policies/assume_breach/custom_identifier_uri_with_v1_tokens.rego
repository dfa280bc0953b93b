# METADATA
# title: Custom identifier URI with v1.0 tokens
# description: |-
#   In version 1.0 tokens the audience is the identifier URI that the client asked for. An API that compares it
#   loosely, or knows only one of several spellings, accepts tokens that were meant for another application.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions
#     description: Restrictions on identifier URIs
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-207
#   severity: medium
#   practice: AB.5
#   applies_to: [application]
#   requires:
#     - application.identifier_uris
#     - application.identifier_uris[].default_form
#     - application.api.access_token_version
#   message: "identifier URI `{uri}` is custom while access tokens are of version {version}"
#   remediation: >-
#     Let the API accept version 2.0 tokens and set requestedAccessTokenVersion to 2, or use api://<application id>.
package zerotrust.assume_breach.custom_identifier_uri_with_v1_tokens

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	not _saml
	version := input.application.api.access_token_version
	version != null
	version != 2
	some identifier in input.application.identifier_uris
	identifier.default_form == false
	finding := {"at": identifier.at, "uri": redirect_uris.shown(identifier), "version": version}
}

# A SAML application receives no access tokens under its entity id.
_saml if input.declared.type == "saml"

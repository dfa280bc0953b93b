# METADATA
# title: Identifier URI is not safely owned
# description: |-
#   Clients ask for tokens by this URI, and in version 1.0 tokens it is the audience. If it does not rest on
#   something that only the organisation controls, another application can claim the same name, and tokens for one
#   pass for tokens for the other.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions
#     description: Restrictions on identifier URIs
#   - ref: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application registrations
# custom:
#   id: AB-206
#   severity: high
#   practice: AB.5
#   applies_to: [application]
#   requires: [application.identifier_uris, "application.identifier_uris[].default_form"]
#   message: "identifier URI `{uri}` {problem}"
#   remediation: >-
#     Use api://<application id>, or an https URI under a verified domain of the organisation. Add domains and
#     tenants that are yours to ztvet.yaml.
package zerotrust.assume_breach.identifier_uri_not_owned

import data.zerotrust.lib.redirect_uris

deny contains finding if {
	some identifier in input.application.identifier_uris
	identifier.wildcard
	finding := _finding(identifier, "has a wildcard")
}

deny contains finding if {
	some identifier in input.application.identifier_uris
	identifier.guid != null
	identifier.guid != _own_id
	not identifier.guid in _tenants
	_apart_from_unknown_tenants(identifier)
	finding := _finding(identifier, "names neither this application nor a known tenant")
}

deny contains finding if {
	not _saml
	some identifier in input.application.identifier_uris
	identifier.trailing_slash
	finding := _finding(identifier, "ends with a slash")
}

deny contains finding if {
	not _saml
	some identifier in input.application.identifier_uris
	identifier.scheme != null
	not identifier.scheme in {"api", "https"}
	finding := _finding(identifier, "uses another scheme than `api` and `https`")
}

deny contains finding if {
	not _saml
	some identifier in input.application.identifier_uris
	identifier.scheme == "https"
	identifier.own_domain == false
	finding := _finding(identifier, "is under none of the organisation's domains")
}

_finding(identifier, problem) := {"at": identifier.at, "uri": redirect_uris.shown(identifier), "problem": problem}

# The entity id of a SAML application is given by its vendor, and Microsoft exempts it too.
_saml if input.declared.type == "saml"

_own_id := lower(input.application.app_id) if input.application.app_id != null

# A GUID before a path may be that of the tenant, so it can be judged only where the tenants are configured.
# On its own it has to be the application's.
_apart_from_unknown_tenants(_) if count(_tenants) > 0

_apart_from_unknown_tenants(identifier) if identifier.path in {null, "", "/"}

_tenants contains tenant if {
	tenants := data.ztvet.organization.tenants
	tenants != null
	some written in tenants
	tenant := lower(written)
}

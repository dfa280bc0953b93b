# METADATA
# title: Redirect URIs live on the service principal
# description: |-
#   Redirect URIs belong on the registration, where they are reviewed. One that stands on the service principal alone
#   receives tokens all the same, and outlives every review of the manifest.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/reply-url
#     description: Redirect URI restrictions
# custom:
#   id: AB-118
#   severity: medium
#   practice: AB.1
#   applies_to: [service_principal]
#   requires:
#     - service_principal.reply_urls
#     - service_principal.registration
#     - service_principal.registration.redirect_uris
#   message: "redirect URI `{uri}` is on the service principal and not on the registration"
#   remediation: Remove it from the service principal, or put it on the registration if the application needs it.
package zerotrust.assume_breach.redirect_uri_on_service_principal

deny contains finding if {
	registration := input.service_principal.registration
	registration.own
	some reply in input.service_principal.reply_urls
	not reply.uri in registration.redirect_uris
	finding := {"at": reply.at, "uri": reply.uri}
}

# METADATA
# title: Client does not declare claims-challenge support
# description: |-
#   With the capability `cp1` a client says that it can answer claims challenges. Only then do APIs stop a session the
#   moment that a user is disabled or a policy changes; without it a stolen token works until it expires.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/claims-challenge
#     description: Claims challenges, claims requests and client capabilities
#   - ref: https://learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation
#     description: Continuous access evaluation in applications
# custom:
#   id: VE-204
#   severity: low
#   practice: VE.2
#   applies_to: [project]
#   requires: ["project.configuration[].client_capabilities", project.files.client_capabilities]
#   message: "the {client} does not declare the capability `cp1`"
#   remediation: >-
#     Handle claims challenges in the client, then declare the capability: `ClientCapabilities` with `cp1` in
#     appsettings.json, `client_capabilities` with `CP1` in the configuration of MSAL for Android.
package zerotrust.verify_explicitly.claims_challenge_not_declared

_clients := {"azure_ad": "client of this section", "msal_android": "Android client"}

deny contains finding if {
	some section in input.project.configuration
	not section.partial
	not section.b2c
	section.client_capabilities != null
	not "cp1" in section.client_capabilities
	not _declared_beside(section.kind)
	finding := {"at": section.at, "client": _clients[section.kind], "section": section.name}
}

# Another file of the same client, such as that of one environment.
_declared_beside(kind) if {
	some declared in input.project.files.client_capabilities
	declared.kind == kind
	"cp1" in declared.capabilities
}

# METADATA
# title: Name imitates a Microsoft application
# description: |-
#   The name is what users go by on the consent page. One that reads like Microsoft's own makes them agree to things
#   that they would refuse to a stranger, and attackers who ask for consent count on that.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/enterprise-apps/protect-against-consent-phishing
#     description: Protection against consent phishing
#   - ref: https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
#     description: Applications of Microsoft's own
# custom:
#   id: AB-210
#   severity: high
#   practice: AB.3
#   applies_to: [application, service_principal]
#   requires:
#     - application.display_name
#     - application.first_party
#     - service_principal.display_name
#     - service_principal.first_party
#   message: "display name `{name}` passes for Microsoft's `{product}`"
#   remediation: Find out who made the registration. If it is yours, put your organisation's name first.
package zerotrust.assume_breach.name_imitates_microsoft

import data.zerotrust.lib.subject

# A common word as well: `Outlook 2030` or `Outlook add-in` need not imitate anything.
_whole_names_only := {"outlook"}

deny contains finding if {
	subject.facts(input).first_party == false
	not _managed_identity
	count(_imitated) > 0
	longest := max(_imitated)
	finding := {
		"at": subject.path(input, "display_name"),
		"name": subject.facts(input).display_name,
		"product": data.facts.microsoft_products[longest[1]],
	}
}

# Nobody is asked for consent by one, and Azure names it.
_managed_identity if input.service_principal.managed_identity == true

# The words that a display name starts with, with their number, where they are a product's name.
_imitated contains [length, name] if {
	display_name := subject.facts(input).display_name
	display_name != null
	words := split(lower(trim_space(display_name)), " ")
	some length in [1, 2, 3, 4]
	length <= count(words)
	name := concat(" ", array.slice(words, 0, length))
	data.facts.microsoft_products[name]
	_passes(name, words)
}

_passes(name, words) if concat(" ", words) == name

_passes(name, _) if not name in _whole_names_only

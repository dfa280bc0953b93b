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
#   applies_to: [application]
#   requires: [application.display_name, application.first_party]
#   message: "display name `{name}` passes for Microsoft's `{product}`"
#   remediation: Find out who made the registration. If it is yours, put your organisation's name first.
package zerotrust.assume_breach.name_imitates_microsoft

# A common word as well: `Outlook 2030` or `Outlook add-in` need not imitate anything.
_whole_names_only := {"outlook"}

deny contains finding if {
	input.application.first_party == false
	count(_imitated) > 0
	longest := max(_imitated)
	finding := {
		"at": "application.display_name",
		"name": input.application.display_name,
		"product": data.facts.microsoft_products[longest[1]],
	}
}

# The words that a display name starts with, with their number, where they are a product's name.
_imitated contains [length, name] if {
	display_name := input.application.display_name
	display_name != null
	words := split(lower(trim_space(display_name)), " ")
	some length in numbers.range(1, min({count(words), 4}))
	name := concat(" ", array.slice(words, 0, length))
	data.facts.microsoft_products[name]
	_passes(name, words)
}

_passes(name, words) if concat(" ", words) == name

_passes(name, _) if not name in _whole_names_only

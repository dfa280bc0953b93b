# METADATA
# title: Redirect URI is outside of the domains of its environment
# description: A production application that redirects to a developer's host hands its users' codes to that host.
# custom:
#   id: CONTOSO-102
#   severity: high
#   applies_to: [application]
#   requires: [application.redirect_uris, declared.environment]
#   message: "redirect URI `{uri}` is not under a domain for {environment}"
#   remediation: Use a host under one of the domains in policies/directory/data.yaml.
package contoso.redirect_domain

deny contains finding if {
	environment := input.declared.environment
	some redirect in input.application.redirect_uris
	redirect.host != null
	not _is_under(redirect.host, data.directory.redirect_domains[environment])
	finding := {"at": redirect.at, "uri": redirect.uri, "environment": environment}
}

_is_under(host, domains) if host in domains

_is_under(host, domains) if {
	some domain in domains
	endswith(host, concat("", [".", domain]))
}

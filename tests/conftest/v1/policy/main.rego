package main

import rego.v1

deny_plain_http contains msg if {
	some uri in input.web.redirectUris
	startswith(uri, "http://")
	msg := sprintf("plain HTTP: %s", [uri])
}

deny_implicit_grant contains {
	"msg": "implicit grant is enabled",
	"_loc": {"file": "shop.json", "line": 8},
	"grant": grant,
} if {
	some grant, enabled in input.web.implicitGrantSettings
	enabled
}

violation_secret contains msg if {
	every credential in input.passwordCredentials {
		credential.endDateTime > "2030"
	}
	msg := "secrets live too long"
}

warn_multi_tenant contains "multitenant" if not single_tenant

single_tenant if input.signInAudience == "AzureADMyOrg"

warn_nothing contains msg if {
	walk(input, [path, "never"])
	msg := concat("/", path)
}

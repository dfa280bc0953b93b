package main

deny_plain_http contains msg if {
	some uri in input.web.redirectUris
	startswith(uri, "http://")
	msg := sprintf("plain HTTP: %s", [uri])
}

deny_secret contains "has a secret" if count(input.passwordCredentials) > 0

violation contains "multitenant" if input.signInAudience == "AzureADMultipleOrgs"

exception contains rules if {
	input.displayName == "Shop"
	rules := ["plain_http", ""]
}

exception contains rules if {
	input.displayName == "Another"
	rules := ["secret"]
}

package main

deny contains msg if {
	some host in data.exclusions.hosts
	some uri in input.web.redirectUris
	contains(uri, host)
	msg := sprintf("%s is excluded: %s", [host, data.exclusions.reason])
}

package main

import data.manifests

name = input.displayName

default is_web = false

is_web {
	manifests.redirects[_]
}

deny[msg] {
	uri := manifests.redirects[_]
	startswith(uri, "http://")
	msg = sprintf("%s: redirect over plain HTTP: %s", [name, uri])
}

deny[msg] {
	is_web
	not manifests.has_tag("owner")
	msg := sprintf("%v must have the tag owner", [name])
}

warn[sprintf("%s has the secret %s", [name, secret.displayName])] {
	secret := input.passwordCredentials[_]
}

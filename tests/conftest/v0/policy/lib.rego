package manifests

redirects[uri] {
	uri := input.web.redirectUris[_]
}

redirects[uri] {
	uri := input.spa.redirectUris[_]
}

has_tag(tag) {
	input.tags[_] == tag
}

package zerotrust.verify_explicitly.credential_on_public_client_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.credential_on_public_client as rule

inputs := {
	"native": testing.application({
		"redirect_uris": [_loopback],
		"credentials": [testing.secret(0, {}), testing.certificate(0, {})],
	}),
	"spa": testing.application({"redirect_uris": [_spa], "credentials": [testing.secret(0, {})]}),
	"fallback": testing.application({
		"public_client_fallback": true,
		"redirect_uris": [],
		"credentials": [testing.certificate(0, {})],
	}),
	"expired": testing.application({
		"redirect_uris": [_loopback],
		"credentials": [testing.secret(0, {
			"start": "2025-01-01T00:00:00Z",
			"end": "2026-01-01T00:00:00Z",
			"lifetime_days": 365,
			"days_left": -326,
		})],
	}),
	"unnamed": testing.application({
		"redirect_uris": [_loopback],
		"credentials": [
			testing.secret(0, {"name": ""}),
			testing.certificate(0, {"name": null, "id": null, "usage": null}),
		],
	}),
	"encryption_key": testing.application({
		"redirect_uris": [_loopback],
		"credentials": [testing.certificate(0, {"usage": "Encrypt"})],
	}),
	"web": testing.application({
		"redirect_uris": [testing.redirect_uri(0, {})],
		"credentials": [testing.certificate(0, {})],
	}),
	"web_with_fallback": testing.application({
		"public_client_fallback": true,
		"redirect_uris": [testing.redirect_uri(0, {})],
		"credentials": [testing.secret(0, {})],
	}),
	"mixed": testing.application({
		"redirect_uris": [testing.redirect_uri(1, {}), _loopback, _spa],
		"credentials": [testing.secret(0, {})],
	}),
	"daemon": testing.application({
		"public_client_fallback": false,
		"redirect_uris": [],
		"credentials": [testing.certificate(0, {})],
	}),
	"fallback_unknown": testing.application({"redirect_uris": [], "credentials": [testing.secret(0, {})]}),
	"declared_daemon": testing.declared_application({"type": "daemon"}, {
		"public_client_fallback": true,
		"redirect_uris": [],
		"credentials": [testing.certificate(0, {})],
	}),
	"clean": testing.application({"redirect_uris": [_loopback], "credentials": []}),
}

test_reports_each_credential_of_native_client if {
	rule.deny == {
		{"at": "/keyCredentials/0", "kind": "certificate", "name": "CN=shop"},
		{"at": "/passwordCredentials/0", "kind": "secret", "name": "deploy"},
	} with input as inputs.native
}

test_reports_secret_of_spa if {
	rule.deny == {{"at": "/passwordCredentials/0", "kind": "secret", "name": "deploy"}} with input as inputs.spa
}

test_reports_fallback_without_web if {
	rule.deny == {
		{"at": "/keyCredentials/0", "kind": "certificate", "name": "CN=shop"},
	} with input as inputs.fallback
}

test_reports_expired_secret if {
	rule.deny == {
		{"at": "/passwordCredentials/0", "kind": "secret", "name": "deploy"},
	} with input as inputs.expired
}

test_names_credential_by_id if {
	rule.deny == {
		{"at": "/passwordCredentials/0", "kind": "secret", "name": "5c8a1f0e-0000-4000-8000-000000000001"},
		{"at": "/keyCredentials/0", "kind": "certificate", "name": "unnamed"},
	} with input as inputs.unnamed
}

test_allows_encryption_key if {
	rule.deny == set() with input as inputs.encryption_key
}

test_allows_web_with_certificate if {
	rule.deny == set() with input as inputs.web
}

test_allows_web_with_fallback if {
	rule.deny == set() with input as inputs.web_with_fallback
}

test_allows_mixed_platforms if {
	rule.deny == set() with input as inputs.mixed
}

test_allows_no_redirect_uri if {
	rule.deny == set() with input as inputs.daemon
}

test_allows_unknown_fallback if {
	rule.deny == set() with input as inputs.fallback_unknown
}

test_allows_declared_daemon if {
	rule.deny == set() with input as inputs.declared_daemon
}

test_allows_native_without_credential if {
	rule.deny == set() with input as inputs.clean
}

_loopback := testing.redirect_uri(0, {
	"platform": "public_client",
	"uri": "http://localhost",
	"scheme": "http",
	"host": "localhost",
	"path": "",
	"registrable_domain": null,
	"loopback": true,
	"at": "/publicClient/redirectUris/0",
})

_spa := testing.redirect_uri(0, {"platform": "spa", "at": "/spa/redirectUris/0"})

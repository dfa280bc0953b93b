package zerotrust.verify_explicitly.public_client_flow_on_confidential_client_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.public_client_flow_on_confidential_client as rule

inputs := {
	"web": testing.application({
		"public_client_fallback": true,
		"redirect_uris": [testing.redirect_uri(0, {})],
	}),
	"web_among_native": testing.application({
		"public_client_fallback": true,
		"redirect_uris": [_loopback, testing.redirect_uri(1, {})],
	}),
	"secret": testing.application({
		"public_client_fallback": true,
		"redirect_uris": [],
		"credentials": [testing.secret(0, {}), testing.secret(1, {})],
	}),
	"certificate": testing.application({
		"public_client_fallback": true,
		"credentials": [testing.certificate(0, {})],
	}),
	"federated": testing.application({
		"public_client_fallback": true,
		"federated_credentials": [testing.federated_credential(0, {})],
	}),
	"declared_daemon": testing.declared_application({"type": "daemon"}, {"public_client_fallback": true}),
	"declared_web": testing.declared_application({"type": "web"}, {"public_client_fallback": true}),
	"declared_api": testing.declared_application({"type": "api"}, {"public_client_fallback": true}),
	"everything": testing.declared_application({"type": "web"}, {
		"public_client_fallback": true,
		"redirect_uris": [testing.redirect_uri(0, {})],
		"credentials": [testing.secret(0, {}), testing.certificate(0, {})],
		"federated_credentials": [testing.federated_credential(0, {})],
	}),
	"mobile": testing.declared_application({"type": "mobile"}, {
		"public_client_fallback": true,
		"redirect_uris": [_android],
		"credentials": [],
		"federated_credentials": [],
	}),
	"desktop": testing.declared_application({"type": "desktop"}, {
		"public_client_fallback": true,
		"redirect_uris": [_loopback],
		"credentials": [],
		"federated_credentials": [],
	}),
	"native": testing.application({
		"public_client_fallback": true,
		"redirect_uris": [_loopback],
		"credentials": [],
		"federated_credentials": [],
	}),
	"declared_desktop_with_secret": testing.declared_application({"type": "desktop"}, {
		"public_client_fallback": true,
		"redirect_uris": [_loopback],
		"credentials": [testing.secret(0, {})],
		"federated_credentials": [testing.federated_credential(0, {})],
	}),
	"encryption_key": testing.application({
		"public_client_fallback": true,
		"redirect_uris": [_loopback],
		"credentials": [testing.certificate(0, {"usage": "Encrypt"})],
	}),
	"off": testing.declared_application({"type": "web"}, {
		"public_client_fallback": false,
		"redirect_uris": [testing.redirect_uri(0, {})],
		"credentials": [testing.secret(0, {})],
	}),
}

test_reports_web_redirect_uri if {
	rule.deny == {
		{"at": "application.public_client_fallback", "evidence": ["web redirect URI"]},
	} with input as inputs.web
}

test_reports_mixed_platforms if {
	rule.deny == {
		{"at": "application.public_client_fallback", "evidence": ["web redirect URI"]},
	} with input as inputs.web_among_native
}

test_reports_secret_once if {
	rule.deny == {
		{"at": "application.public_client_fallback", "evidence": ["secret"]},
	} with input as inputs.secret
}

test_reports_certificate if {
	rule.deny == {
		{"at": "application.public_client_fallback", "evidence": ["certificate"]},
	} with input as inputs.certificate
}

test_reports_federated_credential if {
	rule.deny == {
		{"at": "application.public_client_fallback", "evidence": ["federated credential"]},
	} with input as inputs.federated
}

test_reports_declared_daemon if {
	rule.deny == {
		{"at": "application.public_client_fallback", "evidence": ["declared type daemon"]},
	} with input as inputs.declared_daemon
}

test_reports_declared_web if {
	rule.deny == {
		{"at": "application.public_client_fallback", "evidence": ["declared type web"]},
	} with input as inputs.declared_web
}

test_reports_declared_api if {
	rule.deny == {
		{"at": "application.public_client_fallback", "evidence": ["declared type api"]},
	} with input as inputs.declared_api
}

test_names_all_evidence if {
	rule.deny == {
		{
			"at": "application.public_client_fallback",
			"evidence": [
				"certificate",
				"declared type web",
				"federated credential",
				"secret",
				"web redirect URI",
			],
		},
	} with input as inputs.everything
}

test_allows_mobile if {
	rule.deny == set() with input as inputs.mobile
}

test_allows_desktop if {
	rule.deny == set() with input as inputs.desktop
}

test_allows_native_without_declaration if {
	rule.deny == set() with input as inputs.native
}

test_leaves_credential_of_declared_public_client if {
	rule.deny == set() with input as inputs.declared_desktop_with_secret
}

test_ignores_encryption_key if {
	rule.deny == set() with input as inputs.encryption_key
}

test_allows_fallback_off if {
	rule.deny == set() with input as inputs.off
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

_android := testing.redirect_uri(0, {
	"platform": "public_client",
	"uri": "msauth://com.contoso.shop/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
	"scheme": "msauth",
	"host": "com.contoso.shop",
	"path": "/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
	"registrable_domain": null,
	"broker": {"platform": "android", "well_formed": true, "problem": ""},
	"at": "/publicClient/redirectUris/0",
})

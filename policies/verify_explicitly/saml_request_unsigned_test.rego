package zerotrust.verify_explicitly.saml_request_unsigned_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.saml_request_unsigned as rule

inputs := {
	"declared": testing.declared_application({"type": "saml"}, {
		"request_signature": {
			"required": false,
			"weak_algorithms": false,
			"at": "/requestSignatureVerification",
		},
	}),
	"metadata": testing.application({
		"urls": {
			"saml_metadata": testing.link("/samlMetadataUrl", {
				"uri": "https://shop.contoso.com/saml",
				"path": "/saml",
			}),
		},
		"request_signature": {
			"required": false,
			"weak_algorithms": false,
			"at": "/requestSignatureVerification",
		},
	}),
	"weak": testing.declared_application({"type": "saml"}, {
		"request_signature": {"required": true, "weak_algorithms": true, "at": "/requestSignatureVerification"},
	}),
	"both": testing.application({
		"urls": {
			"saml_metadata": testing.link("/samlMetadataUrl", {
				"uri": "https://shop.contoso.com/saml",
				"path": "/saml",
			}),
		},
		"request_signature": {
			"required": false,
			"weak_algorithms": true,
			"at": "/requestSignatureVerification",
		},
	}),
	"required": testing.declared_application({"type": "saml"}, {
		"urls": {
			"saml_metadata": testing.link("/samlMetadataUrl", {
				"uri": "https://shop.contoso.com/saml",
				"path": "/saml",
			}),
		},
		"request_signature": {
			"required": true,
			"weak_algorithms": false,
			"at": "/requestSignatureVerification",
		},
	}),
	"not_saml": testing.declared_application({"type": "web"}, {
		"urls": {"saml_metadata": {}},
		"request_signature": {
			"required": false,
			"weak_algorithms": false,
			"at": "/requestSignatureVerification",
		},
	}),
	"unknown_protocol": testing.application({
		"request_signature": {
			"required": false,
			"weak_algorithms": true,
			"at": "/requestSignatureVerification",
		},
	}),
}

test_reports_declared_saml if {
	rule.deny == {
		{"at": "application.request_signature", "problem": "a signature is not required"},
	} with input as inputs.declared
}

test_reports_saml_metadata if {
	rule.deny == {
		{"at": "application.request_signature", "problem": "a signature is not required"},
	} with input as inputs.metadata
}

test_reports_weak_algorithms if {
	rule.deny == {
		{"at": "application.request_signature", "problem": "weak signature algorithms are allowed"},
	} with input as inputs.weak
}

test_reports_both_problems if {
	rule.deny == {
		{"at": "application.request_signature", "problem": "a signature is not required"},
		{"at": "application.request_signature", "problem": "weak signature algorithms are allowed"},
	} with input as inputs.both
}

test_allows_signed_requests if {
	rule.deny == set() with input as inputs.required
}

test_allows_application_without_saml if {
	rule.deny == set() with input as inputs.not_saml
}

test_needs_sign_of_saml if {
	rule.deny == set() with input as inputs.unknown_protocol
}

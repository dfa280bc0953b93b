package zerotrust.verify_explicitly.no_client_credential_test

import data.zerotrust.testing
import data.zerotrust.verify_explicitly.no_client_credential as rule

inputs := {
	"web": testing.declared_application({"type": "web"}, {"credentials": [], "federated_credentials": []}),
	"daemon": testing.declared_application({"type": "daemon"}, {
		"credentials": [],
		"federated_credentials": [],
	}),
	"encryption_key": testing.declared_application({"type": "daemon"}, {
		"credentials": [testing.certificate(0, {"usage": "Encrypt"})],
		"federated_credentials": [],
	}),
	"federated": testing.declared_application({"type": "web"}, {
		"credentials": [],
		"federated_credentials": [testing.federated_credential(0, {})],
	}),
	"secret": testing.declared_application({"type": "web"}, {
		"credentials": [testing.secret(0, {})],
		"federated_credentials": [],
	}),
	"certificate": testing.declared_application({"type": "daemon"}, {
		"credentials": [testing.certificate(0, {})],
		"federated_credentials": [],
	}),
	"federated_not_collected": testing.declared_application({"type": "web"}, {"credentials": []}),
	"spa": testing.declared_application({"type": "spa"}, {"credentials": [], "federated_credentials": []}),
	"api": testing.declared_application({"type": "api"}, {"credentials": [], "federated_credentials": []}),
}

test_reports_web if {
	rule.deny == {{"at": "application.credentials", "type": "web"}} with input as inputs.web
}

test_reports_daemon if {
	rule.deny == {{"at": "application.credentials", "type": "daemon"}} with input as inputs.daemon
}

test_reports_encryption_key_alone if {
	rule.deny == {{"at": "application.credentials", "type": "daemon"}} with input as inputs.encryption_key
}

test_allows_federated_credential if {
	rule.deny == set() with input as inputs.federated
}

test_allows_secret if {
	rule.deny == set() with input as inputs.secret
}

test_allows_certificate if {
	rule.deny == set() with input as inputs.certificate
}

test_needs_federated_credentials if {
	rule.deny == set() with input as inputs.federated_not_collected
}

test_allows_public_client if {
	rule.deny == set() with input as inputs.spa
}

test_allows_api if {
	rule.deny == set() with input as inputs.api
}

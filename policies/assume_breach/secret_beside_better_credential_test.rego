package zerotrust.assume_breach.secret_beside_better_credential_test

import data.zerotrust.assume_breach.secret_beside_better_credential as rule
import data.zerotrust.testing

_expired := {"start": "2026-07-01T00:00:00Z", "end": "2026-10-01T00:00:00Z", "lifetime_days": 92, "days_left": -54}

_unknown := {"start": null, "end": null, "lifetime_days": null, "days_left": null}

_no_end := {"end": "", "lifetime_days": null, "days_left": null}

_facts(credentials, federated) := {"credentials": credentials, "federated_credentials": federated}

_federated := [testing.federated_credential(0, {})]

inputs := {
	"certificate": testing.application(_facts([testing.secret(0, {}), testing.certificate(0, {})], null)),
	"federated": testing.application(_facts([testing.secret(0, {})], _federated)),
	"both": testing.application(_facts([testing.secret(0, {}), testing.certificate(0, {})], _federated)),
	"without_end": testing.application(_facts([testing.secret(0, _no_end), testing.certificate(0, _no_end)], [])),
	"several": testing.application(_facts(
		[
			testing.secret(0, {}),
			testing.secret(1, _expired),
			testing.secret(2, _unknown),
			testing.secret(3, {"name": "backup"}),
		],
		_federated,
	)),
	"secret_alone": testing.application(_facts([testing.secret(0, {})], [])),
	"federated_not_collected": testing.application(_facts([testing.secret(0, {})], null)),
	"secret_expired": testing.application(_facts([testing.secret(0, _expired), testing.certificate(0, {})], [])),
	"certificate_expired": testing.application(_facts([testing.secret(0, {}), testing.certificate(0, _expired)], [])),
	"certificate_unknown": testing.application(_facts([testing.secret(0, {}), testing.certificate(0, _unknown)], [])),
	"encryption": testing.application(_facts(
		[testing.secret(0, {}), testing.certificate(0, {"usage": "Encrypt"})],
		[],
	)),
	"certificate_alone": testing.application(_facts([testing.certificate(0, {})], _federated)),
	"none": testing.application(_facts([], [])),
}

_finding(index, name, better) := {
	"at": sprintf("/passwordCredentials/%d", [index]),
	"name": name,
	"better": better,
}

test_reports_beside_certificate if {
	rule.deny == {_finding(0, "deploy", "a certificate")} with input as inputs.certificate
}

test_reports_beside_federated_credential if {
	rule.deny == {_finding(0, "deploy", "a federated credential")} with input as inputs.federated
}

test_reports_once_beside_both if {
	finding := _finding(0, "deploy", "a certificate and a federated credential")
	rule.deny == {finding} with input as inputs.both
}

test_reports_credentials_without_end if {
	rule.deny == {_finding(0, "deploy", "a certificate")} with input as inputs.without_end
}

test_reports_each_live_secret if {
	better := "a federated credential"
	findings := {_finding(0, "deploy", better), _finding(3, "backup", better)}
	rule.deny == findings with input as inputs.several
}

test_allows_secret_alone if {
	rule.deny == set() with input as inputs.secret_alone
}

test_does_not_guess_federated_credentials if {
	rule.deny == set() with input as inputs.federated_not_collected
}

test_allows_expired_secret if {
	rule.deny == set() with input as inputs.secret_expired
}

test_expired_certificate_is_not_better if {
	rule.deny == set() with input as inputs.certificate_expired
}

test_does_not_guess_the_end_of_the_certificate if {
	rule.deny == set() with input as inputs.certificate_unknown
}

test_token_encryption_is_not_better if {
	rule.deny == set() with input as inputs.encryption
}

test_allows_certificate_alone if {
	rule.deny == set() with input as inputs.certificate_alone
}

test_allows_none if {
	rule.deny == set() with input as inputs.none
}

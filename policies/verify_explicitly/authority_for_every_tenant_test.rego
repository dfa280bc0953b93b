package zerotrust.verify_explicitly.authority_for_every_tenant_test

import data.zerotrust.testing.project
import data.zerotrust.verify_explicitly.authority_for_every_tenant as rule

_of(tenant) := project.configuration([project.azure_ad({"authorities": [project.authority(0, tenant)]})])

_single(base) := project.declared(base, {"multitenant": false})

inputs := {
	"common": _single(_of("common")),
	"organizations": _single(_of("organizations")),
	"android": _single(project.configuration([project.msal_android({"authorities": [
		project.authority(0, "contoso.onmicrosoft.com"),
		project.authority(1, "common"),
	]})])),
	"tenant_id": _single(_of("3f2504e0-4f89-41d3-9a0c-0305e82c3301")),
	"domain": _single(_of("contoso.com")),
	"name_contains_common": _single(_of("common.contoso.com")),
	"consumers": _single(_of("consumers")),
	"unknown": _single(_of(null)),
	"multitenant": project.declared(_of("common"), {"multitenant": true}),
	"manifest": _single(project.manifest([])),
}

test_reports_common if {
	expected := {{"at": "/authorities/0", "tenant": "common", "section": "AzureAd"}}
	rule.deny == expected with input as inputs.common
}

test_reports_organizations if {
	expected := {{"at": "/authorities/0", "tenant": "organizations", "section": "AzureAd"}}
	rule.deny == expected with input as inputs.organizations
}

test_reports_one_of_several if {
	expected := {{"at": "/authorities/1", "tenant": "common", "section": ""}}
	rule.deny == expected with input as inputs.android
}

test_allows_tenant_id if {
	rule.deny == set() with input as inputs.tenant_id
}

test_allows_domain if {
	rule.deny == set() with input as inputs.domain
}

test_allows_domain_that_contains_the_word if {
	rule.deny == set() with input as inputs.name_contains_common
}

test_allows_consumers if {
	rule.deny == set() with input as inputs.consumers
}

test_allows_unknown if {
	rule.deny == set() with input as inputs.unknown
}

test_allows_declared_multitenant if {
	rule.deny == set() with input as inputs.multitenant
}

test_allows_manifest if {
	rule.deny == set() with input as inputs.manifest
}

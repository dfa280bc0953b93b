# METADATA
# title: Projects for the tests of rules
# description: Builders of normalized files of projects. A manifest has no configuration, and a configuration file no dependencies.
package zerotrust.testing.project

# METADATA
# description: The input of a manifest with these dependencies, in a project without other files.
manifest(dependencies) := _input("package_json", {
	"dependencies": dependencies,
	"configuration": [],
	"files": {
		"packages": sort({member |
			some asked_for in dependencies
			member := {"ecosystem": asked_for.ecosystem, "normalized_name": asked_for.normalized_name}
		}),
		"configured": [],
		"client_capabilities": [],
	},
})

# METADATA
# description: The input of a configuration file with these sections, in a project without other files.
configuration(sections) := _input("appsettings", {
	"dependencies": [],
	"configuration": sections,
	"files": {
		"packages": [],
		"configured": sort({section.kind | some section in sections}),
		"client_capabilities": [],
	},
})

# METADATA
# description: The same input, with what the project's files say together.
with_files(base, files) := object.union(base, {"project": {"files": files}})

# METADATA
# description: The same input, with what ztvet.yaml declares of its application.
declared(base, facts) := object.union(base, {"declared": object.union(
	{
		"type": null,
		"environment": null,
		"multitenant": null,
		"personal_accounts": null,
		"access": null,
		"hybrid_flow": null,
		"delegated_only": null,
		"authorizes_by": null,
		"auth_contexts": null,
		"sensitive": null,
		"clients": null,
	},
	facts,
)})

# METADATA
# description: A package that is asked for at the given place, named as its registry compares it.
dependency(index, ecosystem, name) := {
	"ecosystem": ecosystem,
	"name": name,
	"normalized_name": name,
	"requirement": "^1.0.0",
	"scope": "runtime",
	"at": sprintf("/dependencies/%d", [index]),
}

# METADATA
# description: A section AzureAd of one tenant; whole and without secrets unless the facts say otherwise.
azure_ad(facts) := object.union(
	{
		"kind": "azure_ad",
		"name": "AzureAd",
		"partial": false,
		"client_id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
		"authorities": [authority(0, "3f2504e0-4f89-41d3-9a0c-0305e82c3301")],
		"b2c": false,
		"client_secrets": [],
		"client_capabilities": [],
		"authorization_user_agent": null,
		"broker_redirect_uri_registered": null,
		"at": "/AzureAd",
	},
	facts,
)

# METADATA
# description: The configuration of MSAL for Android, as MSAL's documentation has it unless the facts say otherwise.
msal_android(facts) := object.union(
	azure_ad({
		"kind": "msal_android",
		"name": "",
		"authorization_user_agent": "DEFAULT",
		"broker_redirect_uri_registered": true,
		"at": "",
	}),
	facts,
)

# METADATA
# description: An authority at the given place.
authority(index, tenant) := {
	"url": "https://login.microsoftonline.com/",
	"tenant": tenant,
	"at": sprintf("/authorities/%d", [index]),
}

_input(format, facts) := {
	"schema": "ztvet/input/v1",
	"kind": "project",
	"now": "2026-11-23T06:00:00Z",
	"source": {"path": "shop/file", "format": format, "pointer": ""},
	"subject": {"id": null, "name": "shop/file"},
	"declared": null,
	"unknown": [],
	"project": facts,
}

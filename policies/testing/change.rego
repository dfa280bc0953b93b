# METADATA
# title: Inputs of changes for the tests of rules
# description: Builders of inputs. Every fact starts as not compared (null); a test states the facts that matter.
package zerotrust.testing.change

import data.zerotrust.testing

# METADATA
# description: The input of two versions of an application with the given facts.
change(facts) := {
	"schema": "ztvet/input/v1",
	"kind": "change",
	"now": "2026-11-23T06:00:00Z",
	"source": {"path": "shop.json", "format": "msgraph", "pointer": "", "documents": ["shop.json", "main:shop.json"]},
	"subject": {"id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "name": "Shop"},
	"declared": null,
	"unknown": [],
	"change": object.union(_change, facts),
}

# METADATA
# description: The same, with what ztvet.yaml declares of the application.
declared_change(declared, facts) := object.union(
	change(facts),
	{"declared": testing.declared_application(declared, {}).declared},
)

# METADATA
# description: An element of the old version.
old(element) := object.union(element, {"at": concat("#", ["1", element.at])})

_change := {
	"old": testing.application({}).application,
	"new": testing.application({}).application,
	"settings": [],
	"permissions": _lists,
	"redirect_uris": _lists,
	"identifier_uris": _lists,
	"credentials": _lists,
	"federated_credentials": _lists,
	"owners": _lists,
	"scopes": _versions,
	"app_roles": _versions,
	"pre_authorized": _lists,
}

_lists := {"gained": null, "lost": null}

_versions := {"gained": null, "lost": null, "changed": null}

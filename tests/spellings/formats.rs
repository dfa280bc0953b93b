//! The formats: how each is written, and what it cannot say.

use serde_json::{Value, json};

use crate::app::{App, Platform};
use crate::write::{aad_graph, arm, graph, powershell, terraform};

/// How an application is written down.
pub struct Format {
    pub name: &'static str,
    /// The name of the file, whose extension tells the syntax.
    pub file: &'static str,
    pub write: fn(&App) -> Vec<u8>,
    /// Makes of an application the one that the format's words describe, where it has no words for a difference.
    pub coarsen: Option<fn(&mut App)>,
    /// Facts that it cannot say, which must be null. `[]` stands for every element of a list, and
    /// `[certificate]` for those of that kind.
    pub unsaid: &'static [&'static str],
    /// Lists and texts that it cannot say to be empty, which must then be null.
    pub unsaid_when_empty: &'static [&'static str],
    /// Facts of which it can say that something is there, and never that nothing else is.
    pub never_whole: &'static [&'static str],
}

/// Microsoft Graph's own object says everything.
pub const GRAPH: Format = Format {
    name: "Microsoft Graph object",
    file: "shop.json",
    write: |app| pretty(&graph::object(app)),
    coarsen: None,
    unsaid: &[],
    unsaid_when_empty: &[],
    never_whole: &[],
};

/// What Graph gives only to those who ask for it.
const NOT_ASKED_FOR: &[&str] = &[
    "authentication_behaviors",
    "federated_credentials",
    "owners",
];

/// What the AzureAD provider has no attribute for, and of owners all but their ids.
const ONE_RESOURCE: &[&str] = &[
    "authentication_behaviors",
    "created",
    "credentials[certificate].name",
    "lock",
    "native_authentication",
    "owners[].account_enabled",
    "owners[].display_name",
    "owners[].guest",
    "owners[].type",
    "publisher.verified",
    "request_signature",
    "urls.saml_metadata",
];

/// The same for the resources that say one thing each.
const SPLIT: &[&str] = &[
    "api.accepts_mapped_claims",
    "authentication_behaviors",
    "created",
    "credentials[certificate].name",
    "lock",
    "native_authentication",
    "owners[].account_enabled",
    "owners[].display_name",
    "owners[].guest",
    "owners[].type",
    "publisher.verified",
    "request_signature",
    "tags",
    "urls.saml_metadata",
];

/// Credentials, and trust, that Terraform does not manage may be there as well.
const NOT_MANAGED: &[&str] = &["credentials", "federated_credentials"];

pub const OTHERS: [Format; 14] = [
    Format {
        name: "page of Microsoft Graph",
        file: "page.json",
        write: |app| pretty(&page(app)),
        ..GRAPH
    },
    Format {
        name: "NDJSON",
        file: "apps.ndjson",
        write: |app| {
            let object = graph::object(app);
            let other = json!({"appId": "00000000-0000-4000-8000-000000000001", "signInAudience": "AzureADMyOrg"});
            format!("{other}\n{object}\n{other}\n").into_bytes()
        },
        ..GRAPH
    },
    Format {
        name: "JSON with comments",
        file: "shop.jsonc",
        write: |app| {
            let text = format!("{:#}", graph::object(app));
            let text = text
                .replace("\n  },", "\n  }, // so much for that")
                .replace("\n}", ",\n}");
            format!("/* the shop */\n{text}").into_bytes()
        },
        ..GRAPH
    },
    Format {
        name: "YAML",
        file: "shop.yaml",
        write: |app| {
            serde_yaml::to_string(&graph::object(app))
                .unwrap()
                .into_bytes()
        },
        ..GRAPH
    },
    Format {
        name: "`az ad app list`",
        file: "list.json",
        write: |app| pretty(&json!([graph::registration(app)])),
        unsaid: NOT_ASKED_FOR,
        ..GRAPH
    },
    Format {
        name: "PowerShell",
        file: "powershell.json",
        write: |app| powershell::text(&powershell::object(app)),
        unsaid: &["authentication_behaviors", "federated_credentials"],
        ..GRAPH
    },
    Format {
        name: "Azure AD Graph manifest",
        file: "manifest.json",
        write: |app| pretty(&aad_graph::manifest(app)),
        unsaid: &[
            "authentication_behaviors",
            "federated_credentials",
            "lock",
            "native_authentication",
            "owners",
            "publisher.verified",
            "request_signature",
            "service_management_reference",
        ],
        ..GRAPH
    },
    Format {
        name: "Azure AD Graph object",
        file: "older.json",
        write: |app| pretty(&aad_graph::older(app)),
        coarsen: Some(|app| {
            nameless_certificates(app);
            let is_public = app.sign_in.fallback == Some(true);
            let platform = if is_public {
                Platform::Public
            } else {
                Platform::Web
            };
            for (of, _) in &mut app.sign_in.redirects {
                *of = platform;
            }
        }),
        unsaid: &[
            "api.access_token_version",
            "authentication_behaviors",
            "created",
            "credentials[certificate].name",
            "description",
            "disabled_by_microsoft",
            "federated_credentials",
            "lock",
            "native_authentication",
            "notes",
            "owners",
            "publisher.verified",
            "request_signature",
            "service_management_reference",
            "tags",
        ],
        // A secret's name may be one that this API does not have.
        unsaid_when_empty: &["credentials[secret].name"],
        ..GRAPH
    },
    Format {
        name: "Terraform plan",
        file: "plan.json",
        write: |app| pretty(&terraform::plan(app)),
        coarsen: Some(as_resources),
        unsaid: ONE_RESOURCE,
        unsaid_when_empty: &[
            "api.pre_authorized",
            "credentials",
            "federated_credentials",
            "owners",
        ],
        never_whole: NOT_MANAGED,
    },
    Format {
        name: "Terraform state",
        file: "state.json",
        write: |app| pretty(&terraform::state(app)),
        coarsen: Some(as_resources),
        unsaid: ONE_RESOURCE,
        unsaid_when_empty: &["api.pre_authorized", "credentials", "federated_credentials"],
        never_whole: NOT_MANAGED,
    },
    Format {
        name: "Terraform state, split",
        file: "split.json",
        write: |app| pretty(&terraform::split_state(app)),
        coarsen: Some(|app| {
            as_resources(app);
            app.api
                .scopes
                .iter_mut()
                .for_each(|scope| scope.enabled = true);
            app.roles.iter_mut().for_each(|role| role.enabled = true);
        }),
        unsaid: SPLIT,
        unsaid_when_empty: &[
            "api.pre_authorized",
            "api.scopes",
            "app_roles",
            "credentials",
            "federated_credentials",
            "identifier_uris",
            "owners",
            "permissions",
        ],
        never_whole: &[
            "api.pre_authorized",
            "api.scopes",
            "app_roles",
            "credentials",
            "federated_credentials",
            "identifier_uris",
            "owners",
            "permissions",
        ],
    },
    Format {
        name: "ARM template with symbolic names",
        file: "symbols.json",
        write: |app| pretty(&arm::with_symbols(app)),
        ..ARM
    },
    Format {
        name: "ARM template in a deployment",
        file: "deployment.json",
        write: |app| pretty(&arm::in_deployment(app)),
        ..ARM
    },
    Format {
        name: "list with pages in it",
        file: "pages.json",
        write: |app| pretty(&json!([page(app)])),
        ..GRAPH
    },
];

const ARM: Format = Format {
    name: "",
    file: "",
    write: |_| Vec::new(),
    // What there is only when it has been made.
    coarsen: Some(|app| {
        nameless_owners(app);
        app.identity.app_id = None;
        app.identity.publisher_domain = None;
    }),
    unsaid: &[
        "app_id",
        "created",
        "object_id",
        "owners[].account_enabled",
        "owners[].display_name",
        "owners[].guest",
        "owners[].type",
        "publisher.domain",
    ],
    unsaid_when_empty: &["federated_credentials"],
    never_whole: &["federated_credentials"],
};

/// The provider adds certificates of clients alone, and has neither their names nor those of owners.
fn as_resources(app: &mut App) {
    nameless_certificates(app);
    nameless_owners(app);
    for certificate in &mut app.certificates {
        certificate.usage = "Verify".to_owned();
    }
}

/// Without a name, a certificate is called by its id.
fn nameless_certificates(app: &mut App) {
    for certificate in &mut app.certificates {
        certificate.name = None;
    }
}

/// And so is an owner.
fn nameless_owners(app: &mut App) {
    for owner in &mut app.owners {
        owner.name = None;
    }
}

fn page(app: &App) -> Value {
    json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#applications",
        "value": [graph::object(app)],
    })
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

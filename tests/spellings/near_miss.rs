//! An application that comes near to breaking many rules, and breaks none.

use crate::app::{
    APP_ID, Api, App, Certificate, Claim, Claims, Federated, GRAPH as MICROSOFT_GRAPH, Guards,
    Identity, Links, Lock, Owner, Platform, Requested, Role, Scope, SignIn, Trusts,
};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub fn app() -> App {
    App {
        identity: identity(),
        sign_in: sign_in(),
        links: links(),
        permissions: vec![Requested {
            api: MICROSOFT_GRAPH.to_owned(),
            // `User.Read` and `Mail.Read`.
            permissions: [
                "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
                "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
            ]
            .map(|id| (id.to_owned(), false))
            .to_vec(),
        }],
        secrets: Vec::new(),
        // It lives for as many days as it may.
        certificates: vec![Certificate {
            id: "c".to_owned(),
            name: text("CN=shop"),
            start: 1_780_272_000,
            end: 1_780_272_000 + 365 * 86_400,
            usage: "Verify".to_owned(),
            der: include_str!("ec-p256.b64").trim().to_owned(),
        }],
        federated: vec![Federated {
            name: "production".to_owned(),
            issuer: "https://token.actions.githubusercontent.com".to_owned(),
            trusts: Trusts::Subject("repo:contoso/shop:environment:pull_request".to_owned()),
            audience: "api://AzureADTokenExchange".to_owned(),
        }],
        api: api(),
        roles: vec![Role {
            id: "r".to_owned(),
            value: "Orders.Read.All".to_owned(),
            members: vec!["Application".to_owned()],
            enabled: true,
            description: text("Reads the orders of everyone."),
        }],
        claims: claims(),
        owners: ["Ada", "Bob"].map(owner).to_vec(),
        guards: Guards {
            lock: Some(Lock {
                enabled: true,
                all: false,
                verify: true,
                sign: true,
                token: true,
            }),
            request_signature: None,
            native_authentication: text("none"),
            remove_unverified_email: Some(true),
            block_azure_ad_graph: Some(true),
            require_service_principal: None,
        },
    }
}

fn identity() -> Identity {
    Identity {
        app_id: text(APP_ID),
        object_id: "o".to_owned(),
        name: "Shop".to_owned(),
        description: None,
        notes: text("Ask the shop team."),
        service_reference: text("CMDB-20417"),
        created: 1_700_000_000,
        tags: Vec::new(),
        publisher_domain: text("contoso.com"),
        verified_publisher: None,
        disabled: text("NotDisabled"),
    }
}

fn sign_in() -> SignIn {
    let redirects = [
        "https://shop.contoso.com/http://localhost",
        "https://azurewebsites.net.contoso.com/cb",
        "https://ngrok-io.contoso.com/cb..",
    ];
    SignIn {
        audience: "AzureADMyOrg".to_owned(),
        redirects: redirects
            .map(|uri| (Platform::Web, uri.to_owned()))
            .to_vec(),
        identifier_uris: vec![format!("api://{APP_ID}")],
        implicit_access: false,
        implicit_id: false,
        fallback: Some(false),
    }
}

fn links() -> Links {
    let link = |name: &str| Some(format!("https://shop.contoso.com/{name}"));
    Links {
        home: link("http:"),
        logout: link("logout"),
        privacy: link("privacy"),
        terms: link("terms"),
        support: link("support"),
        marketing: None,
        saml_metadata: None,
    }
}

fn api() -> Api {
    let scope = |id: &str, value: &str| Scope {
        id: id.to_owned(),
        value: value.to_owned(),
        for_users: false,
        enabled: true,
        description: text("Lets the application work with the orders of the signed-in user."),
    };
    Api {
        token_version: Some(2),
        mapped_claims: Some(false),
        scopes: vec![scope("s1", "Orders.Read"), scope("s2", "Orders.ReadWrite")],
        // The client may read without consent, and not write.
        pre_authorized: vec![("p".to_owned(), vec!["s1".to_owned()])],
        known_clients: Vec::new(),
    }
}

fn claims() -> Claims {
    let claim = |name: &str| Claim {
        name: name.to_owned(),
        source: None,
        essential: false,
        properties: Vec::new(),
    };
    Claims {
        id_token: vec![claim("login_hint")],
        access_token: vec![claim("xms_cc"), claim("idtyp")],
        saml2_token: Vec::new(),
        groups: vec!["ApplicationGroup".to_owned()],
    }
}

fn owner(name: &str) -> Owner {
    Owner {
        id: format!("owner-{name}"),
        name: text(name),
        is_user: true,
        guest: false,
        enabled: true,
    }
}

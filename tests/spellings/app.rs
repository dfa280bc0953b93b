//! An application as a person would describe it, in the words of no format.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// An application registration.
#[derive(Debug, Clone)]
pub struct App {
    pub identity: Identity,
    pub sign_in: SignIn,
    pub links: Links,
    pub permissions: Vec<Requested>,
    pub secrets: Vec<Secret>,
    pub certificates: Vec<Certificate>,
    pub federated: Vec<Federated>,
    pub api: Api,
    pub roles: Vec<Role>,
    pub claims: Claims,
    pub owners: Vec<Owner>,
    pub guards: Guards,
}

#[derive(Debug, Clone)]
pub struct Identity {
    /// None where the application does not exist yet.
    pub app_id: Option<String>,
    pub object_id: String,
    pub name: String,
    pub description: Option<String>,
    pub notes: Option<String>,
    pub service_reference: Option<String>,
    /// Seconds since 1970.
    pub created: i64,
    pub tags: Vec<String>,
    /// None where the application does not exist yet.
    pub publisher_domain: Option<String>,
    pub verified_publisher: Option<String>,
    pub disabled: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    Web,
    Spa,
    Public,
}

#[derive(Debug, Clone)]
pub struct SignIn {
    pub audience: String,
    /// The platforms one after the other.
    pub redirects: Vec<(Platform, String)>,
    pub identifier_uris: Vec<String>,
    pub implicit_access: bool,
    pub implicit_id: bool,
    pub fallback: Option<bool>,
}

impl SignIn {
    pub fn redirects_of(&self, platform: Platform) -> Vec<&str> {
        let of = self.redirects.iter().filter(|(of, _)| *of == platform);
        of.map(|(_, uri)| uri.as_str()).collect()
    }
}

#[derive(Debug, Clone)]
pub struct Links {
    pub home: Option<String>,
    pub logout: Option<String>,
    pub privacy: Option<String>,
    pub terms: Option<String>,
    pub support: Option<String>,
    pub marketing: Option<String>,
    pub saml_metadata: Option<String>,
}

/// The permissions of one API.
#[derive(Debug, Clone)]
pub struct Requested {
    pub api: String,
    /// Ids, and whether each is an application permission.
    pub permissions: Vec<(String, bool)>,
}

#[derive(Debug, Clone)]
pub struct Secret {
    pub id: String,
    pub name: Option<String>,
    pub start: i64,
    pub end: i64,
    pub value: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Certificate {
    pub id: String,
    pub name: Option<String>,
    pub start: i64,
    pub end: i64,
    pub usage: String,
    /// In base64, without line breaks.
    pub der: String,
}

#[derive(Debug, Clone)]
pub struct Federated {
    pub name: String,
    pub issuer: String,
    pub trusts: Trusts,
    pub audience: String,
}

#[derive(Debug, Clone)]
pub enum Trusts {
    Subject(String),
    Expression(String),
}

#[derive(Debug, Clone)]
pub struct Api {
    pub token_version: Option<u8>,
    pub mapped_claims: Option<bool>,
    pub scopes: Vec<Scope>,
    /// Clients, each with the scopes that it needs no consent for.
    pub pre_authorized: Vec<(String, Vec<String>)>,
    pub known_clients: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Scope {
    pub id: String,
    pub value: String,
    pub for_users: bool,
    pub enabled: bool,
    pub description: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Role {
    pub id: String,
    pub value: String,
    pub members: Vec<String>,
    pub enabled: bool,
    pub description: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Claims {
    pub id_token: Vec<Claim>,
    pub access_token: Vec<Claim>,
    pub saml2_token: Vec<Claim>,
    pub groups: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Claim {
    pub name: String,
    pub source: Option<String>,
    pub essential: bool,
    pub properties: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Owner {
    pub id: String,
    pub name: Option<String>,
    pub is_user: bool,
    pub guest: bool,
    pub enabled: bool,
}

/// Switches that guard the registration.
#[derive(Debug, Clone)]
pub struct Guards {
    pub lock: Option<Lock>,
    /// Whether SAML requests must be signed, and a weak algorithm that may be used.
    pub request_signature: Option<(bool, Option<String>)>,
    pub native_authentication: Option<String>,
    pub remove_unverified_email: Option<bool>,
    pub block_azure_ad_graph: Option<bool>,
    pub require_service_principal: Option<bool>,
}

#[derive(Debug, Clone, Copy)]
pub struct Lock {
    pub enabled: bool,
    pub all: bool,
    pub verify: bool,
    pub sign: bool,
    pub token: bool,
}

pub const APP_ID: &str = "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
pub const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const PERMISSIONS: &str = include_str!("../../data/permissions.tsv");
/// Made with `openssl req -x509`: 256 bits on an elliptic curve, and 1024 bits of RSA with SHA-1.
const CERTIFICATES: [&str; 2] = [
    include_str!("ec-p256.b64"),
    include_str!("rsa-1024-sha1.b64"),
];
const HOSTS: [&str; 8] = [
    "shop.contoso.com",
    "login.contoso.co.uk:8443",
    "localhost:5000",
    "127.0.0.1",
    "192.0.2.7",
    "contoso-shop.azurewebsites.net",
    "shop.ngrok.io",
    "xn--cntoso-9za.com",
];
const CUSTOM: [&str; 10] = [
    "contoso-shop://auth",
    "com.contoso.shop://oauth2redirect",
    "msauth.com.contoso.shop://auth",
    "msauth://com.contoso.shop/ga0RGNYHvNM5d0SLGQfpQWAPGJ8%3D",
    "msauth://com.contoso.shop/tooshort",
    "ms-appx-web://microsoft.aad.brokerplugin/1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
    "https://login.microsoftonline.com/common/oauth2/nativeclient",
    "urn:ietf:wg:oauth:2.0:oob",
    "javascript:alert(1)",
    "not a uri",
];
/// Texts that one format or another has to escape or to quote.
const NAMES: [&str; 9] = [
    "Shop",
    "[Test] Shop",
    "[[Test]]",
    "Shop \u{1f6d2} caf\u{e9}",
    "Contoso's \"best\" <shop> & co",
    "null",
    "2024-05-06",
    "# Shop: old, \\new/",
    "Microsoft Teams",
];

fn text() -> impl Strategy<Value = String> {
    select(&NAMES[..]).prop_map(str::to_owned)
}

/// An id that tells what it is of.
fn id(kind: u16, index: usize) -> String {
    format!("{kind:08x}-0000-4000-8000-{index:012x}")
}

/// Some elements, each made of its index and what is drawn for it.
fn some<T: std::fmt::Debug, U: std::fmt::Debug + Clone>(
    element: impl Strategy<Value = T>,
    most: usize,
    make: fn(usize, T) -> U,
) -> impl Strategy<Value = Vec<U>> {
    vec(element, 0..=most).prop_map(move |all| {
        let each = all.into_iter().enumerate();
        each.map(|(index, drawn)| make(index, drawn)).collect()
    })
}

/// Some of the values, in their order.
fn subset(values: &[&str]) -> impl Strategy<Value = Vec<String>> + use<> {
    let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
    let most = values.len();
    subsequence(values, 0..=most)
}

fn seconds() -> impl Strategy<Value = i64> {
    // From 2018 to 2031, and the day on which old secrets end.
    prop_oneof![9 => 1_514_764_800_i64..1_924_992_000, 1 => Just(10_413_792_000)]
}

/// A redirect URI; `index` tells it from all others.
fn redirect() -> impl Strategy<Value = (Platform, String)> {
    let platform = select(&[Platform::Web, Platform::Spa, Platform::Public][..]);
    let tail = select(&["", "?a=b", "#part", "/*", "/../x", "/%2e%2e", "//"][..]);
    let web = (any::<bool>(), select(&HOSTS[..]), tail);
    let uri = prop_oneof![
        2 => web.prop_map(|(secure, host, tail)| {
            let scheme = if secure { "https" } else { "http" };
            format!("{scheme}://{host}/cb{{index}}{tail}")
        }),
        1 => select(&CUSTOM[..]).prop_map(str::to_owned),
    ];
    (platform, uri)
}

fn sign_in() -> impl Strategy<Value = SignIn> {
    let audiences = [
        "AzureADMyOrg",
        "AzureADMultipleOrgs",
        "AzureADandPersonalMicrosoftAccount",
        "PersonalMicrosoftAccount",
    ];
    let identifiers = [
        "api://1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
        "api://shop",
        "api://3a3b3c3d-0000-4000-8000-000000000001",
        "https://shop.contoso.com/api/",
        "urn:contoso:shop",
    ];
    let audience = select(audiences.to_vec()).prop_map(str::to_owned);
    let switches = (any::<bool>(), any::<bool>(), option::of(any::<bool>()));
    (
        audience,
        vec(redirect(), 0..8),
        subset(&identifiers),
        switches,
    )
        .prop_map(
            |(audience, redirects, identifier_uris, (implicit_access, implicit_id, fallback))| {
                SignIn {
                    audience,
                    redirects: in_order(redirects),
                    identifier_uris,
                    implicit_access,
                    implicit_id,
                    fallback,
                }
            },
        )
}

/// The redirect URIs by platform, each but once.
fn in_order(redirects: Vec<(Platform, String)>) -> Vec<(Platform, String)> {
    let mut all: Vec<(Platform, String)> = Vec::new();
    for platform in [Platform::Web, Platform::Spa, Platform::Public] {
        for (index, (of, uri)) in redirects.iter().enumerate() {
            let uri = uri.replace("{index}", &index.to_string());
            if *of == platform && all.iter().all(|(_, other)| *other != uri) {
                all.push((platform, uri));
            }
        }
    }
    all
}

fn identity() -> impl Strategy<Value = Identity> {
    let about = (
        text(),
        option::of(text()),
        option::of(text()),
        option::of(text()),
    );
    let app_id = select(vec![APP_ID.to_owned(), APP_ID.to_uppercase()]);
    let domain = option::weighted(0.9, select(&["contoso.com", "microsoft.com"][..]));
    let disabled = select(&["NotDisabled", "DisabledDueToViolationOfServicesAgreement"][..]);
    let tags = subset(&[
        "team:shop",
        "WindowsAzureActiveDirectoryIntegratedApp",
        "[x]",
    ]);
    let standing = (domain, option::of(text()), option::weighted(0.3, disabled));
    (app_id, about, seconds(), tags, standing).prop_map(
        |(app_id, about, created, tags, (domain, verified_publisher, disabled))| {
            let (name, description, notes, service_reference) = about;
            Identity {
                app_id: Some(app_id),
                object_id: id(0x0b1e, 0),
                name,
                description,
                notes,
                service_reference,
                created,
                tags,
                publisher_domain: Some(domain.unwrap_or_default().to_owned()),
                verified_publisher,
                disabled: disabled.map(str::to_owned),
            }
        },
    )
}

fn links() -> impl Strategy<Value = Links> {
    let link = |name: &'static str| {
        let scheme = select(&["https", "http"][..]);
        option::of(scheme.prop_map(move |scheme| format!("{scheme}://shop.contoso.com/{name}")))
    };
    let info = (
        link("privacy"),
        link("terms"),
        link("support"),
        link("marketing"),
    );
    (link("home"), link("logout"), info, link("saml")).prop_map(
        |(home, logout, (privacy, terms, support, marketing), saml_metadata)| Links {
            home,
            logout,
            privacy,
            terms,
            support,
            marketing,
            saml_metadata,
        },
    )
}

/// Permissions of Microsoft's tables, and unknown ones.
fn permissions() -> impl Strategy<Value = Vec<Requested>> {
    let rows: Vec<(String, String, bool)> = PERMISSIONS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let api = if cells[2].is_empty() { GRAPH } else { cells[2] };
            (
                api.to_owned(),
                cells[0].to_owned(),
                cells[1] == "application",
            )
        })
        .collect();
    let tier_zero = vec![
        (
            GRAPH.to_owned(),
            "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8".to_owned(),
            true,
        ),
        (
            GRAPH.to_owned(),
            "e1fe6dd8-ba31-4d61-89e7-88639da4683d".to_owned(),
            false,
        ),
    ];
    let unknown = vec![
        (id(0xa91, 0), id(0xa91, 1), true),
        (GRAPH.to_owned(), id(0xa91, 2), false),
    ];
    let drawn = prop_oneof![6 => select(rows), 1 => select(tier_zero), 1 => select(unknown)];
    vec(drawn, 0..6).prop_map(|drawn| {
        let mut all: Vec<Requested> = Vec::new();
        for (api, id, is_role) in drawn {
            if all.iter().all(|requested| requested.api != api) {
                all.push(Requested {
                    api: api.clone(),
                    permissions: Vec::new(),
                });
            }
            let requested = all.iter_mut().filter(|requested| requested.api == api);
            for requested in requested {
                if !requested.permissions.contains(&(id.clone(), is_role)) {
                    requested.permissions.push((id.clone(), is_role));
                }
            }
        }
        all
    })
}

fn secrets() -> impl Strategy<Value = Vec<Secret>> {
    let value = option::of(Just("aB38Q~abcdefghijklmnopqrstuvwxyz01234567".to_owned()));
    let drawn = (option::of(text()), seconds(), 0..900_i64, value);
    some(drawn, 3, |index, (name, start, days, value)| Secret {
        id: id(0x5ec, index),
        name,
        start,
        end: start + days * 86_400,
        value,
    })
}

fn certificates() -> impl Strategy<Value = Vec<Certificate>> {
    let usage = select(&["Verify", "Verify", "Sign", "Encrypt"][..]);
    let drawn = (
        option::of(text()),
        seconds(),
        0..900_i64,
        usage,
        select(&CERTIFICATES[..]),
    );
    some(drawn, 2, |index, (name, start, days, usage, der)| {
        Certificate {
            id: id(0xce7, index),
            name,
            start,
            end: start + days * 86_400,
            usage: usage.to_owned(),
            der: der.trim().to_owned(),
        }
    })
}

fn federated() -> impl Strategy<Value = Vec<Federated>> {
    let pairs = [
        (
            "https://token.actions.githubusercontent.com",
            "repo:contoso/shop:ref:refs/heads/main",
        ),
        (
            "https://token.actions.githubusercontent.com",
            "repo:contoso/shop:pull_request",
        ),
        (
            "https://token.actions.githubusercontent.com",
            "repo:contoso/*",
        ),
        (
            "https://gitlab.com",
            "project_path:contoso/shop:ref_type:branch:ref:main",
        ),
        (
            "https://gitlab.com",
            "claims['sub'] matches 'project_path:contoso/*'",
        ),
        (
            "https://token.actions.githubusercontent.com",
            "claims['sub'] eq 'repo:contoso/shop'",
        ),
        (
            "https://oidc.example.net/",
            "system:serviceaccount:shop:shop",
        ),
        (
            "https://login.microsoftonline.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0",
            "x",
        ),
    ];
    let audience = select(&["api://AzureADTokenExchange", "api://other"][..]);
    some(
        (select(pairs.to_vec()), audience),
        3,
        |index, ((issuer, trusted), audience)| {
            let trusted_text = trusted.to_owned();
            Federated {
                name: format!("trust-{index}"),
                issuer: issuer.to_owned(),
                trusts: if trusted.starts_with("claims[") {
                    Trusts::Expression(trusted_text)
                } else {
                    Trusts::Subject(trusted_text)
                },
                audience: audience.to_owned(),
            }
        },
    )
}

fn api() -> impl Strategy<Value = Api> {
    let value = select(
        &[
            "Orders.Read",
            "Orders.ReadWrite",
            "user_impersonation",
            "access",
        ][..],
    );
    let scope = (value, any::<bool>(), any::<bool>(), option::of(text()));
    let scopes = some(
        scope,
        3,
        |index, (value, for_users, enabled, description)| Scope {
            id: id(0x5c0e, index),
            value: value.to_owned(),
            for_users,
            enabled,
            description,
        },
    );
    let scope_ids = || subsequence((0..3).map(|i| id(0x5c0e, i)).collect::<Vec<_>>(), 1..=3);
    let pre_authorized = some(scope_ids(), 2, |index, scopes| (id(0xc11e, index), scopes));
    let known = some(Just(()), 2, |index, ()| id(0xc11e, index));
    let switches = (
        select(vec![None, Some(1), Some(2)]),
        option::of(any::<bool>()),
    );
    (switches, scopes, pre_authorized, known).prop_map(
        |((token_version, mapped_claims), scopes, pre_authorized, known_clients)| Api {
            token_version,
            mapped_claims,
            scopes,
            pre_authorized,
            known_clients,
        },
    )
}

fn roles() -> impl Strategy<Value = Vec<Role>> {
    let members = subsequence(vec!["User".to_owned(), "Application".to_owned()], 1..=2);
    let value = select(&["Orders.Read.All", "Orders.ReadWrite.All", "admin"][..]);
    let drawn = (value, members, any::<bool>(), option::of(text()));
    some(drawn, 2, |index, (value, members, enabled, description)| {
        Role {
            id: id(0x401e, index),
            value: value.to_owned(),
            members,
            enabled,
            description,
        }
    })
}

fn claims() -> impl Strategy<Value = Claims> {
    let claims = || {
        let source = option::of(Just("user".to_owned()));
        let properties = subset(&["sam_account_name", "emit_as_roles"]);
        let names = ["email", "upn", "xms_cc", "groups", "idtyp"];
        let drawn = (subset(&names), source, any::<bool>(), properties);
        drawn.prop_map(|(names, source, essential, properties)| {
            let claim = |name| Claim {
                name,
                source: source.clone(),
                essential,
                properties: properties.clone(),
            };
            names.into_iter().map(claim).collect::<Vec<_>>()
        })
    };
    let groups = subset(&["SecurityGroup", "DirectoryRole", "ApplicationGroup"]);
    (claims(), claims(), claims(), groups).prop_map(
        |(id_token, access_token, saml2_token, groups)| Claims {
            id_token,
            access_token,
            saml2_token,
            groups,
        },
    )
}

fn owners() -> impl Strategy<Value = Vec<Owner>> {
    let drawn = (
        option::of(text()),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    );
    some(drawn, 3, |index, (name, is_user, guest, enabled)| Owner {
        id: id(0x0a4e, index),
        name,
        is_user,
        guest: guest && is_user,
        enabled,
    })
}

fn guards() -> impl Strategy<Value = Guards> {
    let on = any::<bool>;
    let lock =
        (on(), on(), on(), on(), on()).prop_map(|(enabled, all, verify, sign, token)| Lock {
            enabled,
            all,
            verify,
            sign,
            token,
        });
    let weak = option::of(Just("rsaSha1".to_owned()));
    let native = select(&["none", "all"][..]).prop_map(str::to_owned);
    let switches = (option::of(on()), option::of(on()), option::of(on()));
    (
        option::of(lock),
        option::of((on(), weak)),
        option::of(native),
        switches,
    )
        .prop_map(
            |(lock, request_signature, native_authentication, (email, block, require))| Guards {
                lock,
                request_signature,
                native_authentication,
                remove_unverified_email: email,
                block_azure_ad_graph: block,
                require_service_principal: require,
            },
        )
}

/// Any application.
pub fn app() -> impl Strategy<Value = App> {
    let about = (identity(), sign_in(), links(), permissions());
    let credentials = (secrets(), certificates(), federated());
    (
        about,
        credentials,
        api(),
        roles(),
        claims(),
        owners(),
        guards(),
    )
        .prop_map(|(about, credentials, api, roles, claims, owners, guards)| {
            let (identity, sign_in, links, permissions) = about;
            let (secrets, certificates, federated) = credentials;
            App {
                identity,
                sign_in,
                links,
                permissions,
                secrets,
                certificates,
                federated,
                api,
                roles,
                claims,
                owners,
                guards,
            }
        })
}

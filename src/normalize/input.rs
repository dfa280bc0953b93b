//! The input of policies: `ztvet/input/v1`, the normalized JSON of one subject.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::application::{Application, Credential, HostLookup, UriFacts};
use super::change::Change;
use super::inventory::Inventory;
use super::project::Project;
use super::redirect_uri::host_to_look_up;
use super::service_principal::ServicePrincipal;
use super::tenant::Tenant;
use super::token::Token;
use super::{Facts, GapReason, Subject, days_left, resembles, to_rfc3339, under_domain};

/// The version of the input contract.
pub const SCHEMA: &str = "ztvet/input/v1";

/// What Rego sees as `input`.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "ztvet/input/v1")]
pub struct Input {
    /// `ztvet/input/v1`.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The kind of subject; the subject's facts are under this name, but for a `document`, which has none.
    pub kind: String,
    /// The evaluation's time, RFC 3339 in UTC. Policies never read the clock.
    pub now: String,
    /// Where the subject was read.
    pub source: InputSource,
    /// Which subject it is.
    pub subject: InputSubject,
    /// What ztvet.yaml says this subject is meant to be; `null` when it says nothing.
    pub declared: Option<Declared>,
    /// JSON Pointers of values that the source cannot know yet.
    pub unknown: Vec<String>,
    /// The facts of an application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Application")]
    pub application: Option<Application>,
    /// The facts of a service principal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServicePrincipal")]
    pub service_principal: Option<ServicePrincipal>,
    /// The facts of a tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Tenant")]
    pub tenant: Option<Tenant>,
    /// The facts of a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Token")]
    pub token: Option<Token>,
    /// The facts of a project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Project")]
    pub project: Option<Project>,
    /// The facts of the inventory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Inventory")]
    pub inventory: Option<Inventory>,
    /// Two versions of one application, and how they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Change")]
    pub change: Option<Change>,
    /// The document's own object, with `***` in the place of secrets: always of a `document`, else only when a rule asks
    /// for it with `raw: true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Value>,
}

// The document's own object may hold what the facts leave out, such as personal data.
impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input")
            .field("kind", &self.kind)
            .field("now", &self.now)
            .field("source", &self.source)
            .field("subject", &self.subject)
            .field("declared", &self.declared)
            .field("unknown", &self.unknown)
            .field("application", &self.application)
            .field("service_principal", &self.service_principal)
            .field("tenant", &self.tenant)
            .field("token", &self.token)
            .field("project", &self.project)
            .field("inventory", &self.inventory)
            .field("change", &self.change)
            .finish_non_exhaustive()
    }
}

/// Where a subject was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputSource {
    /// The path as it was given; `-` for standard input.
    pub path: String,
    /// The format, as `--input-format` names it, or the kind of a project's file.
    pub format: String,
    /// JSON Pointer of the subject in its document.
    pub pointer: String,
    /// The paths of its documents, where it was joined from several. A place in the second is `1#/pointer`, and so on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<String>,
}

/// Which subject an input is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputSubject {
    /// The application id, or the best that the source has.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// What an application is meant to be, in the organisation's own words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// `web`, `spa`, `mobile`, `desktop`, `daemon`, `api` or `saml`.
    #[serde(rename = "type")]
    pub app_type: Option<AppType>,
    /// `production` or `development`.
    pub environment: Option<Environment>,
    /// Whether users of other organisations are meant to sign in.
    pub multitenant: Option<bool>,
    /// Whether personal accounts are meant to sign in.
    pub personal_accounts: Option<bool>,
    /// What it needs of the APIs that it calls: `read` or `write`.
    pub access: Option<Access>,
    /// Whether it uses the hybrid flow, which needs ID tokens from the authorization endpoint.
    pub hybrid_flow: Option<bool>,
    /// Whether its API is meant for users alone.
    pub delegated_only: Option<bool>,
    /// The claims that it authorizes by.
    pub authorizes_by: Option<Vec<String>>,
    /// The authentication contexts that it requires.
    pub auth_contexts: Option<Vec<String>>,
    /// Resources of its API with sensitive data, and the permission for full access to each.
    pub sensitive: Option<BTreeMap<String, String>>,
    /// Pre-authorized clients that may hold write access.
    pub clients: Option<Vec<String>>,
}

/// The type of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AppType {
    /// A web application with a server.
    Web,
    /// A single-page application.
    Spa,
    /// A mobile application.
    Mobile,
    /// A desktop application.
    Desktop,
    /// A service without users.
    Daemon,
    /// A web API.
    Api,
    /// A SAML service provider.
    Saml,
}

/// Where an application runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// For its users.
    Production,
    /// For its developers.
    Development,
}

/// What an application needs of the APIs that it calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// It only reads.
    Read,
    /// It writes as well.
    Write,
}

/// What holds for a subject besides its document.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The evaluation's time.
    pub now: Timestamp,
    /// What the configuration says of the subject.
    pub declared: Option<&'a Declared>,
    /// The organisation's own domains; none when they are not configured.
    pub domains: Option<&'a [String]>,
    /// The organisation's own tenants; none when they are not configured.
    pub tenants: Option<&'a [String]>,
    /// What DNS says of hosts, by their names without a final dot; none when it was not asked.
    pub dns: Option<&'a BTreeMap<String, HostLookup>>,
}

impl Input {
    /// The input of a subject, with the facts that depend on the time and on the organisation.
    #[must_use]
    pub fn new(subject: &Subject, context: &Context<'_>) -> Self {
        let mut input = Self::without_facts(subject, context);
        match &subject.facts {
            Facts::Application(facts) => {
                let mut application = Application::clone(facts);
                complete(&mut application, context);
                input.application = Some(application);
            }
            Facts::ServicePrincipal(facts) => {
                let mut principal = ServicePrincipal::clone(facts);
                set_days_left(principal.credentials.as_mut(), context.now);
                principal.complete(context.tenants);
                input.service_principal = Some(principal);
            }
            Facts::Tenant(facts) => input.tenant = Some(Tenant::clone(facts)),
            Facts::Token(facts) => {
                let mut token = Token::clone(facts);
                token.complete(context.now);
                input.token = Some(token);
            }
            Facts::Project(facts) => input.project = Some(Project::clone(facts)),
            Facts::Inventory(facts) => {
                let mut inventory = Inventory::clone(facts);
                inventory.complete(context.tenants);
                input.inventory = Some(inventory);
            }
            Facts::Change(facts) => {
                let mut change = Change::clone(facts);
                complete(&mut change.old, context);
                complete(&mut change.new, context);
                change.complete();
                input.change = Some(change);
            }
            Facts::Document => input.raw = subject.raw(),
        }
        input
    }

    fn without_facts(subject: &Subject, context: &Context<'_>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            kind: subject.kind().as_str().to_owned(),
            now: to_rfc3339(context.now),
            source: InputSource {
                path: subject.path().to_owned(),
                format: subject.format.as_str().to_owned(),
                pointer: subject.pointer.clone(),
                documents: paths(subject),
            },
            subject: InputSubject {
                id: subject.id().map(str::to_owned),
                name: subject.name().map(str::to_owned),
            },
            declared: context.declared.cloned(),
            unknown: subject
                .gaps
                .iter()
                .filter(|gap| gap.reason == GapReason::Unknown)
                .filter_map(|gap| gap.pointer.clone())
                .collect(),
            application: None,
            service_principal: None,
            tenant: None,
            token: None,
            project: None,
            inventory: None,
            change: None,
            raw: None,
        }
    }
}

fn paths(subject: &Subject) -> Vec<String> {
    if subject.others.is_empty() {
        return Vec::new();
    }
    let documents = subject.documents();
    documents
        .map(|document| document.source.path.clone())
        .collect()
}

fn set_days_left(credentials: Option<&mut Vec<Credential>>, now: Timestamp) {
    for credential in credentials.into_iter().flatten() {
        credential.days_left = days_left(credential, now);
    }
}

fn complete(app: &mut Application, context: &Context<'_>) {
    set_days_left(app.credentials.as_mut(), context.now);
    app.dns = context.dns.map(|hosts| dns(app, hosts));
    let Some(domains) = context.domains else {
        return;
    };
    for redirect in app.redirect_uris.iter_mut().flatten() {
        mark_own(&mut redirect.facts, domains);
        // A loopback address leads to nobody's domain.
        if redirect.facts.loopback {
            redirect.facts.own_domain = None;
        } else if let Some(host) = web_host(&redirect.facts).filter(|_| !redirect.facts.ip) {
            redirect.resembles = resembles(host, domains);
        }
    }
    for identifier in app.identifier_uris.iter_mut().flatten() {
        mark_own(&mut identifier.facts, domains);
    }
    for url in app.urls.set_mut() {
        mark_own(&mut url.facts, domains);
    }
}

/// What is known of an application's redirect hosts, as its URIs have them.
fn dns(app: &Application, hosts: &BTreeMap<String, HostLookup>) -> BTreeMap<String, HostLookup> {
    let redirects = app.redirect_uris.iter().flatten();
    let lookup = |facts: &UriFacts| {
        let known = hosts.get(host_to_look_up(facts)?);
        Some((facts.host.clone()?, known.cloned().unwrap_or_default()))
    };
    redirects
        .filter_map(|redirect| lookup(&redirect.facts))
        .collect()
}

fn mark_own(facts: &mut UriFacts, domains: &[String]) {
    facts.own_domain =
        web_host(facts).map(|host| domains.iter().any(|domain| under_domain(host, domain)));
}

/// The host of a URI that a browser would open. What stands in its place in a custom scheme is none.
fn web_host(facts: &UriFacts) -> Option<&str> {
    let is_web = matches!(facts.scheme.as_deref(), Some("http" | "https"));
    facts.host.as_deref().filter(|_| is_web)
}

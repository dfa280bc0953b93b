//! What differs between two versions of an application, the weightiest first.

use std::cmp::Reverse;

use serde_json::Value;

use super::item::{Effect, Item};
use super::side::Side;
use crate::document::Span;
use crate::finding::Location;
use crate::normalize::Subject;
use crate::normalize::application::{
    AppRole, Credential, FederatedCredential, IdentifierUri, Owner, Permission, PreAuthorized,
    RedirectUri, Scope,
};
use crate::normalize::change::{Change, Lists, Pair, Setting, Versions};

pub(super) fn items(subject: &Subject, change: &Change, old: &Side) -> Vec<Item> {
    let mut items = Items::default();
    let mut permissions = change.permissions.clone();
    for list in [&mut permissions.gained, &mut permissions.lost] {
        let weight = |one: &Permission| Reverse((one.tier == Some(0), one.privilege_level));
        list.iter_mut().for_each(|list| list.sort_by_key(weight));
    }
    items.lists("permissions", &permissions, permission);
    for setting in &change.settings {
        items.setting(setting);
    }
    items.lists("redirect_uris", &change.redirect_uris, redirect_uri);
    items.lists("credentials", &change.credentials, credential);
    let federated = &change.federated_credentials;
    items.lists("federated_credentials", federated, federated_credential);
    items.lists("owners", &change.owners, owner);
    items.versions("scopes", &change.scopes, scope, scope_parts);
    items.versions("app_roles", &change.app_roles, role, role_parts);
    items.lists("pre_authorized", &change.pre_authorized, pre_authorized);
    items.lists("identifier_uris", &change.identifier_uris, identifier_uri);
    items.placed(subject, old)
}

/// What an element is called.
#[derive(Default)]
struct Words {
    what: String,
    name: String,
    of: Option<String>,
    notes: Vec<String>,
    at: String,
}

/// A part of an element that differs, and its two values.
type Part = (&'static str, String, String);

/// Items, with their places as `at` has them.
#[derive(Default)]
struct Items(Vec<(Item, String)>);

impl Items {
    fn lists<T>(&mut self, fact: &str, lists: &Lists<T>, words: impl Fn(&T) -> Words) {
        self.elements(Effect::Gained, fact, &lists.gained, &words);
        self.elements(Effect::Lost, fact, &lists.lost, &words);
    }

    fn versions<T>(
        &mut self,
        fact: &str,
        versions: &Versions<T>,
        words: impl Fn(&T) -> Words,
        parts: impl Fn(&Pair<T>) -> Vec<Part>,
    ) {
        for pair in versions.changed.iter().flatten() {
            for (part, old, new) in parts(pair) {
                let (before, after) = (words(&pair.old), words(&pair.new));
                let words = Words {
                    what: format!("{part} of {}", before.what),
                    name: before.name,
                    at: after.at,
                    ..Words::default()
                };
                self.add(Effect::Changed, fact, words, Some((old, new)));
            }
        }
        self.elements(Effect::Gained, fact, &versions.gained, &words);
        self.elements(Effect::Lost, fact, &versions.lost, &words);
    }

    fn elements<T>(
        &mut self,
        effect: Effect,
        fact: &str,
        list: &Option<Vec<T>>,
        words: &impl Fn(&T) -> Words,
    ) {
        for element in list.iter().flatten() {
            self.add(effect, fact, words(element), None);
        }
    }

    fn setting(&mut self, setting: &Setting) {
        let words = Words {
            what: setting_words(&setting.name).to_owned(),
            at: setting.at.clone(),
            ..Words::default()
        };
        let values = (shown(&setting.old), shown(&setting.new));
        self.add(Effect::Changed, &setting.name, words, Some(values));
    }

    fn add(&mut self, effect: Effect, fact: &str, words: Words, values: Option<(String, String)>) {
        let (old, new) = values.unzip();
        let item = Item {
            effect,
            fact: fact.to_owned(),
            what: words.what,
            name: (!words.name.is_empty()).then_some(words.name),
            of: words.of,
            old,
            new,
            notes: words.notes,
            location: Location::default(),
        };
        self.0.push((item, words.at));
    }

    /// The items with their lines.
    fn placed(self, subject: &Subject, old: &Side) -> Vec<Item> {
        let mut items: Vec<(Item, usize)> = Vec::new();
        for (mut item, at) in self.0 {
            let (path, place) = subject.location_of(Some(&at));
            let is_old = place.document > 0;
            item.location.path = if is_old { old.shown(&path) } else { path };
            item.location.pointer = place.pointer;
            items.push((item, place.document));
        }
        for (number, document) in subject.documents().enumerate() {
            let here = || {
                items
                    .iter()
                    .enumerate()
                    .filter(|(_, (_, of))| *of == number)
            };
            let pointers: Vec<&str> = here()
                .map(|(_, (item, _))| &*item.location.pointer)
                .collect();
            let spans = document.locate(&pointers);
            let indexes: Vec<usize> = here().map(|(index, _)| index).collect();
            for (index, span) in indexes.into_iter().zip(spans) {
                if let (Some((item, _)), Some(span)) = (items.get_mut(index), span) {
                    set_lines(&mut item.location, &span);
                }
            }
        }
        items.into_iter().map(|(item, _)| item).collect()
    }
}

fn set_lines(location: &mut Location, span: &Span) {
    location.line = Some(span.start_line);
    location.column = Some(span.start_column);
    location.end_line = Some(span.end_line);
    location.end_column = Some(span.end_column);
}

/// The first text that is there.
fn first(texts: &[Option<&str>]) -> String {
    let mut texts = texts.iter().flatten().filter(|text| !text.is_empty());
    texts.next().copied().unwrap_or("unnamed").to_owned()
}

fn permission(one: &Permission) -> Words {
    let mut notes = Vec::new();
    if let Some(level) = one.privilege_level {
        notes.push(format!("privilege level {level} of 4"));
    }
    if one.tier == Some(0) {
        notes.push("can take over the tenant".to_owned());
    }
    Words {
        what: match one.kind.as_deref() {
            Some("application") => "application permission",
            Some("delegated") => "delegated permission",
            _ => "permission",
        }
        .to_owned(),
        name: first(&[one.name.as_deref(), one.id.as_deref()]),
        of: Some(first(&[
            one.resource.name.as_deref(),
            one.resource.app_id.as_deref(),
        ])),
        notes,
        at: one.at.clone(),
    }
}

fn redirect_uri(one: &RedirectUri) -> Words {
    let platform = one.platform.replace('_', " ");
    Words {
        what: "redirect URI".to_owned(),
        name: one.facts.uri.clone(),
        notes: vec![platform],
        at: one.at.clone(),
        ..Words::default()
    }
}

fn identifier_uri(one: &IdentifierUri) -> Words {
    Words {
        what: "identifier URI".to_owned(),
        name: one.facts.uri.clone(),
        at: one.at.clone(),
        ..Words::default()
    }
}

fn credential(one: &Credential) -> Words {
    // A date is digits here, as normalization wrote it.
    let day = |end: &str| end.get(..10).map(|day| format!("ends {day}"));
    Words {
        what: match one.kind.as_str() {
            "secret" => "secret",
            "certificate" => "certificate",
            _ => "credential",
        }
        .to_owned(),
        name: first(&[
            one.name.as_deref(),
            one.id.as_deref(),
            one.thumbprint.as_deref(),
        ]),
        notes: one.end.as_deref().and_then(day).into_iter().collect(),
        at: one.at.clone(),
        ..Words::default()
    }
}

fn federated_credential(one: &FederatedCredential) -> Words {
    Words {
        what: "federated credential for".to_owned(),
        name: first(&[
            one.subject.as_deref(),
            one.expression.as_deref(),
            one.name.as_deref(),
        ]),
        of: one.issuer.as_ref().map(|issuer| issuer.uri.clone()),
        notes: Vec::new(),
        at: one.at.clone(),
    }
}

fn owner(one: &Owner) -> Words {
    let guest = (one.guest == Some(true)).then(|| "guest".to_owned());
    let kind = one.owner_type.as_ref().map(|kind| kind.replace('_', " "));
    Words {
        what: "owner".to_owned(),
        name: first(&[one.display_name.as_deref(), one.id.as_deref()]),
        notes: kind.into_iter().chain(guest).collect(),
        at: one.at.clone(),
        ..Words::default()
    }
}

fn pre_authorized(one: &PreAuthorized) -> Words {
    let scopes = match one.scopes.len() {
        1 => "1 scope".to_owned(),
        number => format!("{number} scopes"),
    };
    Words {
        what: "client without consent".to_owned(),
        name: first(&[one.app_id.as_deref()]),
        notes: vec![scopes],
        at: one.at.clone(),
        ..Words::default()
    }
}

fn state(enabled: Option<bool>) -> Option<String> {
    (enabled == Some(false)).then(|| "disabled".to_owned())
}

fn scope(one: &Scope) -> Words {
    let consent = match one.consent_type.as_deref() {
        Some("User") => Some("users can consent".to_owned()),
        Some("Admin") => Some("administrators consent".to_owned()),
        _ => None,
    };
    Words {
        what: "offered scope".to_owned(),
        name: first(&[one.value.as_deref(), one.id.as_deref()]),
        notes: consent.into_iter().chain(state(one.enabled)).collect(),
        at: one.at.clone(),
        ..Words::default()
    }
}

fn role(one: &AppRole) -> Words {
    let has = |kind: &str| {
        let types = one.allowed_member_types.iter().flatten();
        types.into_iter().any(|known| known == kind)
    };
    let members = match (has("User"), has("Application")) {
        (true, true) => Some("for users and applications".to_owned()),
        (true, false) => Some("for users".to_owned()),
        (false, true) => Some("for applications".to_owned()),
        (false, false) => None,
    };
    Words {
        what: "offered role".to_owned(),
        name: first(&[one.value.as_deref(), one.id.as_deref()]),
        notes: members.into_iter().chain(state(one.enabled)).collect(),
        at: one.at.clone(),
        ..Words::default()
    }
}

fn scope_parts(pair: &Pair<Scope>) -> Vec<Part> {
    let (old, new) = (&pair.old, &pair.new);
    let parts = [
        part("value", &old.value, &new.value),
        part("id", &old.id, &new.id),
        part("consent", &old.consent_type, &new.consent_type),
        switch("state", old.enabled, new.enabled),
    ];
    parts.into_iter().flatten().collect()
}

fn role_parts(pair: &Pair<AppRole>) -> Vec<Part> {
    let (old, new) = (&pair.old, &pair.new);
    let types = |types: &Option<Vec<String>>| {
        let mut types = types.clone()?;
        types.sort_unstable();
        Some(types.join(", "))
    };
    let (before, after) = (
        types(&old.allowed_member_types),
        types(&new.allowed_member_types),
    );
    let parts = [
        part("value", &old.value, &new.value),
        part("id", &old.id, &new.id),
        part("members", &before, &after),
        switch("state", old.enabled, new.enabled),
    ];
    parts.into_iter().flatten().collect()
}

fn part(name: &'static str, old: &Option<String>, new: &Option<String>) -> Option<Part> {
    let (old, new) = (old.as_ref()?, new.as_ref()?);
    (old != new).then(|| (name, old.clone(), new.clone()))
}

fn switch(name: &'static str, old: Option<bool>, new: Option<bool>) -> Option<Part> {
    let text = |on: bool| if on { "on" } else { "off" }.to_owned();
    part(name, &old.map(text), &new.map(text))
}

fn setting_words(name: &str) -> &'static str {
    match name {
        "sign_in_audience" => "audience",
        "implicit_grant.access_token" => "access tokens by implicit grant",
        "implicit_grant.id_token" => "ID tokens by implicit grant",
        "public_client_fallback" => "public client flows",
        "native_authentication" => "native authentication",
        "lock.enabled" => "instance property lock",
        "lock.all_properties" => "lock of all properties",
        "request_signature.required" => "signed SAML requests",
        "request_signature.weak_algorithms" => "weak algorithms of SAML requests",
        "on_premises_publishing.external_authentication_type" => "application proxy authentication",
        "api.access_token_version" => "access token version",
        "api.accepts_mapped_claims" => "mapped claims without a custom key",
        "api.known_clients" => "known client applications",
        "optional_claims.access_token" => "optional claims of access tokens",
        "optional_claims.id_token" => "optional claims of ID tokens",
        "optional_claims.saml2_token" => "optional claims of SAML tokens",
        "group_claims" => "group claims",
        "authentication_behaviors.remove_unverified_email_claim" => {
            "removal of unverified e-mail claims"
        }
        "authentication_behaviors.block_azure_ad_graph_access" => "block of Azure AD Graph",
        "authentication_behaviors.require_client_service_principal" => {
            "requirement of a service principal"
        }
        "urls.home" => "home page",
        "urls.logout" => "logout URL",
        "urls.privacy" => "privacy statement",
        "urls.terms" => "terms of service",
        "urls.support" => "support page",
        "urls.marketing" => "marketing page",
        "urls.saml_metadata" => "SAML metadata URL",
        "display_name" => "name",
        "publisher.domain" => "publisher domain",
        "publisher.verified" => "verified publisher",
        "disabled_by_microsoft" => "disabled by Microsoft",
        _ => "setting",
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "default".to_owned(),
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::String(text) if text.is_empty() => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            items.join(", ")
        }
        other => other.to_string(),
    }
}

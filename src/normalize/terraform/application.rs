//! Applications of a plan or a state: a resource, and the resources that say more of it.

use serde_json::Value;

use super::super::application::Credential;
use super::super::reader::Reader;
use super::super::translation::{Translation, UNKNOWN};
use super::super::{Facts, Format, Normalized, Subject, msgraph};
use super::fields::{object, translate, value};
use super::parts::Part;
use super::resource::{Change, Known, Resource};
use super::tables::{APPLICATION, FROM_TEMPLATE, PASSWORD, REGISTRATION, SEALED_PASSWORD};
use crate::document::Document;

/// An application, and what other resources say of it.
#[derive(Debug, Default)]
pub(super) struct Registration<'a> {
    pub(super) resource: Option<&'a Resource<'a>>,
    pub(super) parts: Vec<(Part, &'a Resource<'a>)>,
}

impl Registration<'_> {
    /// Whether the plan changes anything of it.
    pub(super) fn changes(&self) -> bool {
        let parts = self.parts.iter().map(|(_, part)| *part);
        let mut all = self.resource.into_iter().chain(parts);
        all.any(|resource| resource.change != Change::None)
    }
}

/// The application that the resources make up. `adrift` are parts that may belong to any.
pub(super) fn subject(
    document: &Document,
    format: Format,
    registration: &Registration<'_>,
    adrift: &[Part],
    normalized: &mut Normalized,
) -> Option<Subject> {
    let first = registration.parts.first().map(|(_, resource)| *resource);
    let lead = registration.resource.or(first)?;
    let pointer = lead.attributes.pointer();
    let reader = Reader::default();
    let mut translation = Translation::new(pointer);
    let is_new = registration
        .resource
        .is_some_and(|resource| resource.change == Change::Create);
    if let Some(resource) = registration.resource {
        own(&mut translation, resource, format);
    } else {
        let id = lead.attributes.get("application_id");
        let id = id.text().and_then(|id| id.strip_prefix("/applications/"));
        if let Some(id) = id {
            translation.set("/id", id.into(), pointer, false);
        }
    }
    let adrift = if is_new { adrift } else { &[] };
    for part in adrift {
        reader.not_collected(part.fact());
    }
    if is_new && adrift.is_empty() && lead.kind != "azuread_application_from_template" {
        nothing_else(&mut translation, pointer);
    }
    for (part, _) in &registration.parts {
        let is_whole = part
            .open_list()
            .is_none_or(|list| translation.get(list).is_some());
        if !is_whole || part.is_never_whole() {
            reader.not_collected(part.fact());
        }
    }
    for (part, resource) in &registration.parts {
        part.add(&mut translation, resource);
    }
    let mut application = msgraph::application(&reader, &translation.node());
    let parts = registration.parts.iter().map(|(_, resource)| *resource);
    lifetimes(application.credentials.iter_mut().flatten(), parts);
    let mut notes = reader.into_notes();
    normalized.problems.append(&mut notes.problems);
    let facts = Facts::Application(Box::new(application));
    Some(Subject::new(document, pointer, format, facts, notes).named(lead.address))
}

/// What an application's own resource says.
fn own(translation: &mut Translation, resource: &Resource<'_>, format: Format) {
    let attributes = &resource.attributes;
    let pointer = attributes.pointer();
    let table = match resource.kind {
        "azuread_application" => APPLICATION,
        "azuread_application_registration" => REGISTRATION,
        _ => {
            translate(translation, "", attributes, FROM_TEMPLATE);
            return;
        }
    };
    translate(translation, "", attributes, table);
    let is_unset = |value: Option<&Value>| value.is_some_and(Value::is_null);
    if is_unset(translation.get("/signInAudience")) {
        translation.set("/signInAudience", "AzureADMyOrg".into(), pointer, false);
    }
    let version = "/api/requestedAccessTokenVersion";
    let is_registration = resource.kind == "azuread_application_registration";
    if is_registration && is_unset(translation.get(version)) {
        translation.set(version, 2.into(), pointer, false);
    }
    // Where Graph has null, the provider reads a registration's version as zero.
    if translation.get(version).and_then(Value::as_u64) == Some(0) {
        let attribute = attributes.get("requested_access_token_version");
        translation.set(version, 1.into(), attribute.pointer(), false);
    }
    translation.rewrite("/disabledByMicrosoftStatus", nullable_text);
    group_claims(translation, resource);
    owners(translation, resource, format);
    passwords(translation, resource);
}

/// Secrets in the application's own resource. Older versions of the provider have none there.
fn passwords(translation: &mut Translation, resource: &Resource<'_>) {
    const TO: &str = "/passwordCredentials";
    let list = resource.attributes.get("password");
    for password in list.items() {
        if password.is_sealed() {
            object(translation, TO, &password.unsealed(), SEALED_PASSWORD);
        } else {
            object(translation, TO, &password, PASSWORD);
        }
    }
    if matches!(list.clone().unsealed().known(), Known::Unknown) {
        translation.push(TO, UNKNOWN.into(), list.pointer());
    }
}

/// A credential whose dates are made when it is applied still says how long it will live.
pub(super) fn lifetimes<'a>(
    credentials: impl Iterator<Item = &'a mut Credential>,
    parts: impl Iterator<Item = &'a Resource<'a>> + Clone,
) {
    for credential in credentials {
        let mut parts = parts.clone();
        let part = parts.find(|resource| resource.attributes.pointer() == credential.at);
        if let (None, Some(resource)) = (credential.lifetime_days, part) {
            let relative = resource.attributes.get("end_date_relative");
            credential.lifetime_days = relative.text().and_then(whole_days);
        }
    }
}

/// The whole days of a duration such as `8760h30m`.
pub(super) fn whole_days(duration: &str) -> Option<i64> {
    let mut seconds: i64 = 0;
    let mut rest = duration;
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let unit = match after.get(..1)? {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            _ => return None,
        };
        let part = number.parse::<i64>().ok()?.checked_mul(unit)?;
        seconds = seconds.checked_add(part)?;
        rest = after.get(1..)?;
    }
    Some(seconds / 86_400)
}

/// The text in what versions of the provider write of a text that may be null: `<nil>`, or Go's `map[false:]` and
/// `map[true:text]`.
fn nullable_text(text: &str) -> String {
    let inside = text.strip_prefix("map[").and_then(|t| t.strip_suffix(']'));
    match (text, inside) {
        ("<nil>", _) => String::new(),
        (text, None) => text.to_owned(),
        (_, Some(inside)) => inside.strip_prefix("true:").unwrap_or_default().to_owned(),
    }
}

/// Graph has the set as one text with commas.
fn group_claims(translation: &mut Translation, resource: &Resource<'_>) {
    let to = "/groupMembershipClaims";
    let attribute = resource.attributes.get("group_membership_claims");
    let items = attribute.items();
    let names: Option<Vec<&str>> = items.iter().map(|item| item.text()).collect();
    match (attribute.known(), names) {
        (Known::Value(Value::Array(_)), Some(names)) => {
            translation.set(to, names.join(",").into(), attribute.pointer(), false);
        }
        (Known::Value(Value::Array(_)), None) => {
            translation.set(to, UNKNOWN.into(), attribute.pointer(), false);
        }
        _ => value(translation, to, &attribute),
    }
}

/// A state has all owners. A plan without owners leaves them to whoever applies it.
pub(super) fn owners(translation: &mut Translation, resource: &Resource<'_>, format: Format) {
    let owners = resource.attributes.get("owners");
    let is_said = match owners.known() {
        Known::Absent => false,
        Known::Unknown => true,
        Known::Value(owners) => {
            let are_none = owners.as_array().is_none_or(Vec::is_empty);
            !are_none || format == Format::TerraformState
        }
    };
    if is_said {
        value(translation, "/owners", &owners);
    }
}

/// An application that does not exist yet has nothing but what the plan gives it.
fn nothing_else(translation: &mut Translation, pointer: &str) {
    const GIVEN_BY_PLAN: [&str; 15] = [
        "/tags",
        "/web/redirectUris",
        "/spa/redirectUris",
        "/publicClient/redirectUris",
        "/identifierUris",
        "/isFallbackPublicClient",
        "/requiredResourceAccess",
        "/appRoles",
        "/api/acceptMappedClaims",
        "/api/oauth2PermissionScopes",
        "/api/preAuthorizedApplications",
        "/api/knownClientApplications",
        "/optionalClaims/accessToken",
        "/optionalClaims/idToken",
        "/optionalClaims/saml2Token",
    ];
    for to in GIVEN_BY_PLAN {
        if translation.get(to).is_none() {
            translation.set(to, Value::Null, pointer, false);
        }
    }
}

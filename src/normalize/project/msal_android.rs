//! The configuration file of MSAL for Android.

use serde_json::Value;

use super::collector::{Collector, Place};
use super::configuration::{
    AUTHORITIES, authority, capabilities, client_id, is_placeholder, secret, tenant,
};
use super::{Authority, Section};

const USER_AGENT: &str = "project.configuration[msal_android].authorization_user_agent";
const BROKER: &str = "project.configuration[msal_android].broker_redirect_uri_registered";

/// The file's section; none where it has none of MSAL's keys.
pub(super) fn section(root: &Place<'_>, collector: &mut Collector) -> Option<Section> {
    const OWN: [&str; 5] = [
        "authorities",
        "authorization_user_agent",
        "broker_redirect_uri_registered",
        "account_mode",
        "redirect_uri",
    ];
    if !OWN.iter().any(|key| root.get(key).is_some()) {
        return None;
    }
    let client = root.get("client_id");
    let secrets = ["client_secret", "clientSecret", "secret"];
    let (authorities, b2c) = authorities(root, collector);
    Some(Section {
        kind: "msal_android".to_owned(),
        name: String::new(),
        partial: client.is_none(),
        client_id: client_id(client, collector),
        authorities,
        b2c,
        client_secrets: secrets
            .iter()
            .filter_map(|key| secret(key, root.get(key), collector))
            .collect(),
        client_capabilities: capabilities(root.get("client_capabilities"), collector),
        authorization_user_agent: user_agent(root, collector),
        broker_redirect_uri_registered: broker(root, collector),
        at: String::new(),
    })
}

/// The authorities, and whether all are of Azure AD B2C. Where the file names none, MSAL takes `common`.
fn authorities(root: &Place<'_>, collector: &mut Collector) -> (Vec<Authority>, bool) {
    let listed = root.get("authorities");
    if let Some(wrong) = listed.as_ref().filter(|list| !list.value.is_array()) {
        let message = "`authorities` must be a list".to_owned();
        collector.invalid(AUTHORITIES, wrong.pointer.clone(), message);
    }
    let listed = listed.map(|list| list.items()).unwrap_or_default();
    if listed.is_empty() {
        let default = Authority {
            url: String::new(),
            tenant: Some("common".to_owned()),
            at: String::new(),
        };
        return (vec![default], false);
    }
    let mut b2c = true;
    for kind in listed.iter().map(|item| item.get("type")) {
        let name = kind.and_then(|kind| collector.text(AUTHORITIES, &kind));
        b2c &= name.is_some_and(|name| name.eq_ignore_ascii_case("B2C"));
    }
    let found = listed.iter().filter_map(|item| one(item, collector));
    (found.collect(), b2c)
}

fn one(item: &Place<'_>, collector: &mut Collector) -> Option<Authority> {
    is_object(item, collector);
    if let Some(url) = item.get("authority_url") {
        return authority(&url, collector);
    }
    let audience = item.get("audience")?;
    is_object(&audience, collector);
    if let Some(id) = audience.get("tenant_id") {
        return tenant("", &id, collector);
    }
    let kind = audience.get("type")?;
    let name = collector.text(AUTHORITIES, &kind)?;
    let everyone = match name.to_ascii_lowercase().as_str() {
        "azureadmultipleorgs" => "organizations",
        "azureadandpersonalmicrosoftaccount" => "common",
        "personalmicrosoftaccount" => "consumers",
        _ => return None,
    };
    Some(Authority {
        url: String::new(),
        tenant: Some(everyone.to_owned()),
        at: kind.pointer,
    })
}

/// Says of what is no object that it must be one.
fn is_object(place: &Place<'_>, collector: &mut Collector) {
    if !place.value.is_object() {
        let message = format!("`{}` must be an object", place.pointer);
        collector.invalid(AUTHORITIES, place.pointer.clone(), message);
    }
}

/// `DEFAULT` where it is not said.
fn user_agent(root: &Place<'_>, collector: &mut Collector) -> Option<String> {
    let Some(place) = root.get("authorization_user_agent") else {
        return Some("DEFAULT".to_owned());
    };
    match place.text() {
        Some(text) if is_placeholder(text) => {
            collector.unknown(USER_AGENT, place.pointer);
            None
        }
        Some(text) => Some(text.trim().to_ascii_uppercase()),
        None => {
            let message = "`authorization_user_agent` must be a string".to_owned();
            collector.invalid(USER_AGENT, place.pointer, message);
            None
        }
    }
}

/// False where it is not said.
fn broker(root: &Place<'_>, collector: &mut Collector) -> Option<bool> {
    let Some(place) = root.get("broker_redirect_uri_registered") else {
        return Some(false);
    };
    match place.value {
        Value::Bool(value) => Some(*value),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::String(text) if is_placeholder(text) => {
            collector.unknown(BROKER, place.pointer);
            None
        }
        _ => {
            let message = "`broker_redirect_uri_registered` must be true or false".to_owned();
            collector.invalid(BROKER, place.pointer, message);
            None
        }
    }
}

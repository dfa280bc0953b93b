//! Configuration files: which there are, and what their sections share.

use serde_json::Value;

use super::collector::{Collector, Place};
use super::{Authority, ConfiguredSecret, ProjectFile, Section, appsettings, msal_android};
use crate::normalize::members::lookup;
use crate::normalize::placeholder::{stand_in, unresolved};

pub(super) const TENANT: &str = "project.configuration[].authorities[].tenant";
pub(super) const AUTHORITIES: &str = "project.configuration[].authorities";
const CLIENT_ID: &str = "project.configuration[].client_id";
const SECRETS: &str = "project.configuration[].client_secrets";
pub(super) const CAPABILITIES: &str = "project.configuration[].client_capabilities";

/// A configuration file, known by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConfigurationFile {
    AppSettings,
    MsalAndroid,
}

impl ConfigurationFile {
    pub(super) fn of(path: &str) -> Option<Self> {
        let path = path.replace('\\', "/").to_ascii_lowercase();
        let stem = path.rsplit('/').next()?.strip_suffix(".json")?;
        if stem == "appsettings" || stem.starts_with("appsettings.") {
            Some(Self::AppSettings)
        } else if stem.starts_with("auth_config") || stem.starts_with("msal_config") {
            Some(Self::MsalAndroid)
        } else {
            None
        }
    }

    /// The sections; none where the file has the name and is something else.
    pub(super) fn sections(self, value: &Value, collector: &mut Collector) -> Option<Vec<Section>> {
        let root = Place::root(value);
        let sections = match self {
            Self::AppSettings => appsettings::sections(&root, collector)?,
            Self::MsalAndroid => vec![msal_android::section(&root, collector)?],
        };
        hide(&root, None, collector);
        Some(sections)
    }

    pub(super) const fn project_file(self) -> ProjectFile {
        match self {
            Self::AppSettings => ProjectFile::AppSettings,
            Self::MsalAndroid => ProjectFile::MsalAndroid,
        }
    }
}

/// Hides every text but those under keys that hold no secret: a file of settings may hold others than these.
fn hide(place: &Place<'_>, key: Option<&str>, collector: &mut Collector) {
    const SHOWN: [&str; 19] = [
        "account_mode",
        "audience",
        "audiences",
        "authority",
        "authority_url",
        "authorization_user_agent",
        "client_capabilities",
        "client_id",
        "clientcapabilities",
        "clientid",
        "domain",
        "instance",
        "redirect_uri",
        "scopes",
        "signupsigninpolicyid",
        "sourcetype",
        "tenant_id",
        "tenantid",
        "type",
    ];
    if place.value.is_string() {
        let is_shown = key.is_some_and(|key| SHOWN.contains(&key.to_ascii_lowercase().as_str()));
        if !is_shown {
            collector.secret(place.pointer.clone());
        }
        return;
    }
    for (name, member) in place.members() {
        hide(&member, Some(name), collector);
    }
    for item in place.items() {
        hide(&item, key, collector);
    }
}

impl<'a> Place<'a> {
    /// The member of that name in any case, where it is not null.
    pub(super) fn any_case(&self, name: &str) -> Option<Self> {
        let (spelling, _) = lookup(self.value.as_object()?, name)?;
        self.get(spelling)
    }
}

/// Whether a text stands for a value that is not here.
pub(super) fn is_placeholder(text: &str) -> bool {
    unresolved(text) || stand_in(text)
}

/// Whether a text can be a tenant: a word, an id or a domain.
fn is_tenant(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "-._".contains(c);
    text.chars().all(is_part) && !is_placeholder(text)
}

/// The client id, where it is one.
pub(super) fn client_id(place: Option<Place<'_>>, collector: &mut Collector) -> Option<String> {
    let id = collector.text(CLIENT_ID, &place?)?;
    (!is_placeholder(id)).then(|| id.trim().to_ascii_lowercase())
}

/// A secret that stands here itself.
pub(super) fn secret(
    key: &str,
    place: Option<Place<'_>>,
    collector: &mut Collector,
) -> Option<ConfiguredSecret> {
    let place = place?;
    if !place.value.is_string() {
        collector.secret(place.pointer.clone());
    }
    let secret = collector.text(SECRETS, &place)?;
    // One that holds an expression beside other letters still holds those letters.
    (!stand_in(secret)).then(|| ConfiguredSecret {
        name: key.to_owned(),
        at: place.pointer,
    })
}

/// An authority whose tenant stands at a place of its own.
pub(super) fn tenant(url: &str, place: &Place<'_>, collector: &mut Collector) -> Option<Authority> {
    let text = collector.text(TENANT, place)?.trim();
    let is_known = is_tenant(text);
    if !is_known {
        collector.unknown(TENANT, place.pointer.clone());
    }
    Some(Authority {
        url: url.to_owned(),
        tenant: is_known.then(|| text.to_ascii_lowercase()),
        at: place.pointer.clone(),
    })
}

/// An authority whose tenant stands in its URL; none where no tenant stands there.
pub(super) fn authority(place: &Place<'_>, collector: &mut Collector) -> Option<Authority> {
    let url = collector.text(AUTHORITIES, place)?.trim();
    let tenant = match url.split_once("://") {
        Some((_, rest)) => {
            let mut segments = rest.split(['/', '?', '#']).skip(1);
            let first = segments.next().filter(|segment| !segment.is_empty());
            if first.is_some_and(|first| first.eq_ignore_ascii_case("tfp")) {
                segments.next()
            } else {
                first
            }
        }
        None => None,
    };
    let is_known = tenant.is_some_and(is_tenant) && !unresolved(url);
    if !is_known {
        if tenant.is_none() && !is_placeholder(url) {
            return None;
        }
        collector.unknown(TENANT, place.pointer.clone());
    }
    Some(Authority {
        url: url.to_owned(),
        tenant: tenant.filter(|_| is_known).map(str::to_ascii_lowercase),
        at: place.pointer.clone(),
    })
}

/// Capabilities: a list, or a text with commas. None are declared where nothing stands.
pub(super) fn capabilities(
    place: Option<Place<'_>>,
    collector: &mut Collector,
) -> Option<Vec<String>> {
    let Some(place) = place else {
        return Some(Vec::new());
    };
    let texts: Option<Vec<&str>> = match place.value {
        Value::String(text) => Some(text.split(',').collect()),
        Value::Array(items) => items.iter().map(Value::as_str).collect(),
        _ => None,
    };
    let Some(texts) = texts else {
        let message = "the client's capabilities must be a list of strings".to_owned();
        collector.invalid(CAPABILITIES, place.pointer, message);
        return None;
    };
    if texts.iter().any(|text| unresolved(text)) {
        collector.unknown(CAPABILITIES, place.pointer);
        return None;
    }
    let texts = texts
        .into_iter()
        .map(|text| text.trim().to_ascii_lowercase());
    Some(texts.filter(|text| !text.is_empty()).collect())
}

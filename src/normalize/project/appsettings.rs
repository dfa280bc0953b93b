//! `appsettings.json`: the sections that Microsoft.Identity.Web reads. As .NET has it, the case of keys does not count.

use super::collector::{Collector, Place};
use super::configuration::{AUTHORITIES, authority, capabilities, client_id, secret, tenant};
use super::{Authority, ConfiguredSecret, Section};

/// How deep sections are looked for: `Authentication:AzureAd` and one more.
const MAX_DEPTH: usize = 3;
/// What templates and documentation call the section.
const NAMES: [&str; 5] = [
    "AzureAd",
    "AzureAdB2C",
    "AzureActiveDirectory",
    "EntraId",
    "MicrosoftEntraId",
];
/// Keys of which a section with such a name has one.
const KEYS: [&str; 8] = [
    "ClientId",
    "TenantId",
    "Instance",
    "Authority",
    "ClientSecret",
    "ClientCredentials",
    "ClientCertificates",
    "ClientCapabilities",
];
/// Hosts that sign in to Microsoft, each with all below it.
const HOSTS: [&str; 7] = [
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
    "login.windows.net",
    "sts.windows.net",
    "b2clogin.com",
    "ciamlogin.com",
];

/// All sections that are about signing in to Microsoft.
pub(super) fn sections(root: &Place<'_>, collector: &mut Collector) -> Option<Vec<Section>> {
    root.value.as_object()?;
    let mut sections = Vec::new();
    find(root, "", MAX_DEPTH, &mut sections, collector);
    Some(sections)
}

fn find(
    place: &Place<'_>,
    path: &str,
    depth: usize,
    sections: &mut Vec<Section>,
    collector: &mut Collector,
) {
    let Some(below) = depth.checked_sub(1) else {
        return;
    };
    for (name, member) in place.members() {
        let path = match path {
            "" => name.to_owned(),
            path => format!("{path}:{name}"),
        };
        if is_section(name, &member) {
            sections.push(section(name, path, &member, collector));
        } else {
            find(&member, &path, below, sections, collector);
        }
    }
}

/// By its name and a key that belongs there, or by keys that nothing else has together.
fn is_section(name: &str, place: &Place<'_>) -> bool {
    let has = |key: &str| place.any_case(key).is_some();
    let is_named = NAMES.iter().any(|known| known.eq_ignore_ascii_case(name));
    let is_microsoft = ["Instance", "Authority"].iter().any(|key| {
        let url = place.any_case(key);
        url.and_then(|url| url.text())
            .is_some_and(|url| HOSTS.iter().any(|host| is_under(url, host)))
    });
    (is_named && KEYS.iter().any(|key| has(key)))
        || (has("ClientId") && (has("TenantId") || is_microsoft))
}

/// Whether the host of a URL is this one, or under it.
fn is_under(url: &str, host: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let own = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    own.strip_suffix(host)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn section(name: &str, path: String, place: &Place<'_>, collector: &mut Collector) -> Section {
    let client = place.any_case("ClientId");
    Section {
        kind: "azure_ad".to_owned(),
        name: path,
        partial: client.is_none(),
        client_id: client_id(client, collector),
        authorities: authorities(place, collector),
        b2c: is_b2c(name, place),
        client_secrets: secrets(place, collector),
        client_capabilities: capabilities(place.any_case("ClientCapabilities"), collector),
        authorization_user_agent: None,
        broker_redirect_uri_registered: None,
        at: place.pointer.clone(),
    }
}

fn authorities(place: &Place<'_>, collector: &mut Collector) -> Vec<Authority> {
    let instance = place.any_case("Instance");
    let url = instance.as_ref();
    let url = url.and_then(|url| collector.text(AUTHORITIES, url));
    let url = url.unwrap_or_default();
    let mut found = Vec::new();
    if let Some(own) = place.any_case("TenantId") {
        found.extend(tenant(url, &own, collector));
    } else if let Some(instance) = &instance {
        // The templates of old wrote the tenant into the instance.
        found.extend(authority(instance, collector));
    }
    if let Some(whole) = place.any_case("Authority") {
        found.extend(authority(&whole, collector));
    }
    found
}

fn is_b2c(name: &str, place: &Place<'_>) -> bool {
    let host = ["Instance", "Authority"].iter().any(|key| {
        let url = place.any_case(key);
        url.and_then(|url| url.text())
            .is_some_and(|url| is_under(url, "b2clogin.com"))
    });
    host || name.eq_ignore_ascii_case("AzureAdB2C")
        || place.any_case("SignUpSignInPolicyId").is_some()
}

/// `ClientSecret`, and that of each of the `ClientCredentials`.
fn secrets(place: &Place<'_>, collector: &mut Collector) -> Vec<ConfiguredSecret> {
    const KEY: &str = "ClientSecret";
    let own = secret(KEY, place.any_case(KEY), collector);
    let credentials = place.any_case("ClientCredentials");
    let listed = credentials.iter().flat_map(|list| {
        let mut entries = list.items();
        // .NET takes an object with the keys 0, 1, … for a list.
        entries.extend(list.members().into_iter().map(|(_, entry)| entry));
        entries
    });
    own.into_iter()
        .chain(listed.filter_map(|entry| secret(KEY, entry.any_case(KEY), collector)))
        .collect()
}

//! Finds what the subjects of a run share.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::keys::hash;
use super::pieces::Pieces;
use super::run::{Identity, Run};
use super::{Inventory, Member, PrivilegedOwner, Shared, SharedRedirectUri, Unpaired};
use crate::normalize::Kind;
use crate::normalize::part::{Entry, Pairing, RedirectEntry};
use crate::normalize::subject::placed_at;

/// How many have what is shared.
const SEVERAL: usize = 2;

impl<'a> Run<'a> {
    /// Fills the lists, one after the other.
    pub(super) fn fill(&self, pieces: &mut Pieces<'_>) {
        self.shared_redirect_uris(pieces);
        self.shared_identifier_uris(pieces);
        self.shared_certificates(pieces);
        self.shared_names(pieces);
        self.privileged_owners(pieces);
        self.unpaired(pieces);
    }

    fn shared_redirect_uris(&self, pieces: &mut Pieces<'_>) {
        let groups = groups(
            self.of_kind(Kind::Application),
            |entry| entry.redirect_uris.as_deref(),
            |uri| redirect_key(uri),
            SEVERAL,
        );
        for group in groups.into_values() {
            let Some(applications) = self.members(self.one_each(&group)) else {
                continue;
            };
            let shared = SharedRedirectUri {
                uri: group.value.text.to_string(),
                web: group.value.is_web,
                applications,
            };
            pieces.add(shared.applications.len(), |inventory| {
                inventory
                    .shared_redirect_uris
                    .get_or_insert_default()
                    .push(shared);
            });
        }
    }

    fn shared_identifier_uris(&self, pieces: &mut Pieces<'_>) {
        let groups = groups(
            self.of_kind(Kind::Application),
            |entry| entry.identifier_uris.as_deref(),
            |uri| Some(uri.trim_end_matches('/').to_lowercase()),
            SEVERAL,
        );
        self.add_shared(groups, pieces, |inventory| {
            &mut inventory.shared_identifier_uris
        });
    }

    fn shared_certificates(&self, pieces: &mut Pieces<'_>) {
        let groups = groups(
            self.with_certificates(),
            |entry| entry.thumbprints.as_deref(),
            |thumbprint| Some(thumbprint.to_string()),
            SEVERAL,
        );
        self.add_shared(groups, pieces, |inventory| {
            &mut inventory.shared_certificates
        });
    }

    fn shared_names(&self, pieces: &mut Pieces<'_>) {
        let names = groups(
            self.of_kind(Kind::Application),
            |entry| entry.name.as_ref().map(std::slice::from_ref),
            |name| Some(name_key(name)),
            SEVERAL,
        );
        for (value, group) in names {
            for applications in self.by_tenant(&group) {
                let value = value.clone();
                let shared = Shared {
                    value,
                    applications,
                };
                add_one(shared, pieces, |inventory| &mut inventory.shared_names);
            }
        }
    }

    fn privileged_owners(&self, pieces: &mut Pieces<'_>) {
        let known = self
            .of_kind(Kind::Application)
            .filter(|entry| entry.privileged.is_some());
        let groups = groups(
            known,
            |entry| entry.owners.as_deref(),
            |owner| Some(owner.0.to_ascii_lowercase()),
            1,
        );
        for (id, group) in groups {
            let owner = PrivilegedOwner {
                id,
                display_name: group.value.1.as_deref().map(str::to_owned),
                applications: self.one_each(&group).into_iter().map(member).collect(),
            };
            pieces.add(owner.applications.len(), |inventory| {
                inventory
                    .privileged_owners
                    .get_or_insert_default()
                    .push(owner);
            });
        }
    }

    fn unpaired(&self, pieces: &mut Pieces<'_>) {
        if !self.lists_both() {
            return;
        }
        let ids = |kind| -> BTreeSet<&str> {
            let entries = self.of_kind(kind);
            entries.filter_map(|e| e.app_id.as_deref()).collect()
        };
        let (registered, present) = (ids(Kind::Application), ids(Kind::ServicePrincipal));
        let is_missing = |entry: &Entry| {
            let others = if entry.kind == Kind::Application {
                &present
            } else {
                &registered
            };
            entry
                .app_id
                .as_deref()
                .is_some_and(|id| !others.contains(id))
        };
        let mut unpaired = BTreeMap::new();
        for entry in self.entries {
            let is_ours_to_pair =
                entry.managed_identity != Some(true) && entry.first_party != Some(true);
            if is_ours_to_pair && is_missing(entry) {
                let key = (self.identity(entry), entry.kind);
                unpaired.entry(key).or_insert(entry);
            }
        }
        for entry in unpaired.into_values() {
            let one = alone(entry);
            pieces.add(1, |inventory| {
                inventory.unpaired.get_or_insert_default().push(one);
            });
        }
    }

    fn add_shared(
        &self,
        groups: BTreeMap<String, Group<'a, Box<str>>>,
        pieces: &mut Pieces<'_>,
        list: SharedList,
    ) {
        for group in groups.into_values() {
            if let Some(applications) = self.members(self.one_each(&group)) {
                let value = group.value.to_string();
                let shared = Shared {
                    value,
                    applications,
                };
                add_one(shared, pieces, list);
            }
        }
    }

    /// The first entry of each application.
    fn one_each<V>(&self, group: &Group<'a, V>) -> Vec<&'a Entry> {
        let mut entries = group.entries.clone();
        entries.sort_by_key(|entry| self.identity(entry));
        entries.dedup_by_key(|entry| self.identity(entry));
        entries
    }

    /// The applications of each tenant that has several. Their publishers' domains tell tenants apart.
    fn by_tenant<V>(&self, group: &Group<'a, V>) -> Vec<Vec<Member>> {
        let entries = self.one_each(group);
        let domains = entries
            .iter()
            .filter_map(|entry| entry.publisher_domain.as_deref());
        let domains: BTreeSet<&str> = domains.collect();
        if domains.len() < 2 {
            return self.members(entries).into_iter().collect();
        }
        let of = |domain| {
            let entries = entries.iter().copied();
            let of_tenant = entries.filter(|e| e.publisher_domain.as_deref() == Some(domain));
            self.members(of_tenant.collect())
        };
        domains.into_iter().filter_map(of).collect()
    }

    /// The applications, when there are at least two, whatever those are that have no id.
    fn members(&self, entries: Vec<&'a Entry>) -> Option<Vec<Member>> {
        let mut by_source: BTreeMap<&str, usize> = BTreeMap::new();
        let mut known = 0;
        for entry in &entries {
            known += usize::from(matches!(self.identity(entry), Identity::Known(_)));
            *by_source.entry(&entry.path).or_default() += 1;
        }
        let in_one_source = by_source.into_values().max().unwrap_or_default();
        (known.max(in_one_source) > 1).then(|| entries.into_iter().map(member).collect())
    }
}

fn alone(entry: &Entry) -> Unpaired {
    let pairing = entry.pairing.as_deref();
    let of = |text: fn(&Pairing) -> Option<&str>| pairing.and_then(text).map(str::to_owned);
    Unpaired {
        member: member(entry),
        own: None,
        owner_organization: of(|pairing| pairing.owner_organization.as_deref()),
        sign_in_audience: of(|pairing| pairing.sign_in_audience.as_deref()),
    }
}

/// Groups the values of entries by their keys, without those that have none, and without those that only `least - 1` have:
/// most names are of one application alone, and a million of them are not held.
fn groups<'r, V>(
    entries: impl Iterator<Item = &'r Entry> + Clone,
    values: impl Fn(&'r Entry) -> Option<&'r [V]>,
    key: impl Fn(&V) -> Option<String>,
    least: usize,
) -> BTreeMap<String, Group<'r, V>> {
    let key = &key;
    let of_entry = |entry| {
        let values = values(entry).unwrap_or_default().iter();
        values.filter_map(move |value| Some((key(value)?, value, entry)))
    };
    let keyed = entries.flat_map(of_entry);
    let mut hashes: Vec<u64> = keyed.clone().map(|(key, ..)| hash(key)).collect();
    hashes.sort_unstable();
    let alike = hashes.chunk_by(|one, other| one == other);
    let several = alike.filter(|alike| alike.len() >= least);
    let several: HashSet<u64> = several.flatten().copied().collect();
    drop(hashes);
    let mut groups: BTreeMap<String, Group<'r, V>> = BTreeMap::new();
    for (key, value, entry) in keyed.filter(|(key, ..)| several.contains(&hash(key))) {
        let group = groups.entry(key).or_insert_with(|| Group {
            value,
            entries: Vec::new(),
        });
        group.entries.push(entry);
    }
    groups
}

/// Entries that have a value.
struct Group<'r, V> {
    value: &'r V,
    entries: Vec<&'r Entry>,
}

type SharedList = fn(&mut Inventory) -> &mut Option<Vec<Shared>>;

fn add_one(shared: Shared, pieces: &mut Pieces<'_>, list: SharedList) {
    pieces.add(shared.applications.len(), |inventory| {
        list(inventory).get_or_insert_default().push(shared);
    });
}

fn member(entry: &Entry) -> Member {
    Member {
        kind: entry.kind.as_str().to_owned(),
        app_id: entry.app_id.as_deref().map(str::to_owned),
        object_id: entry.object_id.as_deref().map(str::to_owned),
        name: entry.name.as_deref().map(str::to_owned),
        at: placed_at(&entry.path, entry.document, &entry.pointer),
    }
}

/// Scheme and host in lower case, and the path that an empty one stands for. None for a loopback address, which registrations
/// do not share: it is its own user's machine.
pub(super) fn redirect_key(uri: &RedirectEntry) -> Option<String> {
    if uri.loopback {
        return None;
    }
    let text = &uri.text;
    let Some((scheme, rest)) = text.split_once("://") else {
        return Some(text.to_string());
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let slash = if uri.is_web && path.is_empty() {
        "/"
    } else {
        ""
    };
    Some(format!(
        "{}://{}{slash}{path}",
        scheme.to_lowercase(),
        host.to_lowercase()
    ))
}

pub(super) fn name_key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

//! Finds what the subjects of a run share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::keys::Totals;
use super::{Inventory, Member, PrivilegedOwner, Shared, SharedRedirectUri, Unpaired};
use crate::document::{self, Limits};
use crate::normalize::part::{Entry, RedirectEntry};
use crate::normalize::reader::Notes;
use crate::normalize::subject::{Facts, Subject, placed_at};
use crate::normalize::{Format, Gap, GapReason, Kind};

/// What stands for the path of a document in messages about the whole run.
const WHOLE_RUN: &str = "(the whole run)";

/// The subject that stands for all; none where there are not two that could have anything in common.
/// Where there are more than these entries, `totals` says how many.
pub(in crate::normalize) fn subject(entries: &[Entry], totals: Option<Totals>) -> Option<Subject> {
    if totals.map_or(entries.len(), |totals| totals.entries) < 2 {
        return None;
    }
    let run = Run::of(entries);
    let mut notes = Notes::default();
    let mut inventory = run.inventory(&mut notes);
    if let Some(totals) = totals {
        inventory.applications = totals.applications + run.without_id();
        inventory.service_principals = totals.service_principals;
    }
    let document = document::parse(WHOLE_RUN, b"{}", &Limits::default())
        .ok()?
        .pop()?;
    let facts = Facts::Inventory(Box::new(inventory));
    Some(Subject::new(&document, "", Format::MsGraph, facts, notes))
}

/// What tells applications apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Identity<'a> {
    /// By its id: the same in all documents.
    Known(&'a str),
    /// Without an id, an application is another one than the others of its source alone: path, document and pointer.
    Unknown(&'a str, usize, &'a str),
}

/// Where an application without an id stands: a service principal is one with its registration.
fn own_or_registration(entry: &Entry) -> &str {
    entry.registration.as_deref().unwrap_or(&entry.pointer)
}

/// The entries of a run, with the application that each belongs to.
struct Run<'a> {
    entries: Vec<(Identity<'a>, &'a Entry)>,
}

impl<'a> Run<'a> {
    fn of(entries: &'a [Entry]) -> Self {
        let by_object: HashMap<&str, &str> = entries
            .iter()
            .filter_map(|entry| Some((entry.object_id.as_deref()?, entry.app_id.as_deref()?)))
            .collect();
        let identity = |entry: &'a Entry| {
            let object = entry.object_id.as_deref();
            let known = entry
                .app_id
                .as_deref()
                .or_else(|| object.and_then(|id| by_object.get(id).copied()))
                .or(object);
            known.map_or_else(
                || Identity::Unknown(&entry.path, entry.document, own_or_registration(entry)),
                Identity::Known,
            )
        };
        Self {
            entries: entries.iter().map(|e| (identity(e), e)).collect(),
        }
    }

    /// How many applications there are of which no entry has an id.
    fn without_id(&self) -> usize {
        let identities = |has_id: bool| -> BTreeSet<Identity<'_>> {
            let all = self.of_kind(Kind::Application);
            let some = all.filter(|(_, entry)| entry.app_id.is_some() == has_id);
            some.map(|(identity, _)| identity).collect()
        };
        identities(false).difference(&identities(true)).count()
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (Identity<'a>, &'a Entry)> {
        let entries = self.entries.iter().copied();
        entries.filter(move |(_, entry)| entry.kind == kind)
    }

    fn inventory(&self, notes: &mut Notes) -> Inventory {
        let applications: BTreeSet<Identity<'_>> =
            self.of_kind(Kind::Application).map(|(id, _)| id).collect();
        Inventory {
            applications: applications.len(),
            service_principals: self.of_kind(Kind::ServicePrincipal).count(),
            shared_redirect_uris: self.shared_redirect_uris(notes),
            shared_identifier_uris: self.shared_identifier_uris(notes),
            shared_certificates: self.shared_certificates(notes),
            shared_names: self.shared_names(notes),
            privileged_owners: self.privileged_owners(notes),
            unpaired: self.unpaired(),
        }
    }

    fn shared_redirect_uris(&self, notes: &mut Notes) -> Option<Vec<SharedRedirectUri>> {
        let groups = self.groups(
            "inventory.shared_redirect_uris",
            notes,
            self.of_kind(Kind::Application),
            |entry| entry.redirect_uris.as_deref(),
            redirect_key,
        )?;
        let shared = groups.into_values().filter_map(|group| {
            let first = group.value;
            Some(SharedRedirectUri {
                uri: first.text.to_string(),
                web: first.is_web,
                loopback: first.loopback,
                applications: group.members()?,
            })
        });
        Some(shared.collect())
    }

    fn shared_identifier_uris(&self, notes: &mut Notes) -> Option<Vec<Shared>> {
        let groups = self.groups(
            "inventory.shared_identifier_uris",
            notes,
            self.of_kind(Kind::Application),
            |entry| entry.identifier_uris.as_deref(),
            |uri| uri.trim_end_matches('/').to_lowercase(),
        )?;
        Some(shared(groups))
    }

    fn shared_certificates(&self, notes: &mut Notes) -> Option<Vec<Shared>> {
        // Azure and Microsoft look after theirs.
        let looked_after =
            |entry: &Entry| entry.managed_identity == Some(true) || entry.first_party == Some(true);
        let entries = self.entries.iter().copied();
        let groups = self.groups(
            "inventory.shared_certificates",
            notes,
            entries.filter(|(_, entry)| !looked_after(entry)),
            |entry| entry.thumbprints.as_deref(),
            |thumbprint| thumbprint.to_string(),
        )?;
        Some(shared(groups))
    }

    fn shared_names(&self, notes: &mut Notes) -> Option<Vec<Shared>> {
        let named = |entry: &'a Entry| entry.name.as_ref().map(std::slice::from_ref);
        let all = self.of_kind(Kind::Application);
        let fact = "inventory.shared_names";
        let names = self.groups(fact, notes, all, named, |name| name_key(name))?;
        let mut shared = Vec::new();
        for (name, group) in names {
            for applications in group.by_tenant() {
                shared.push(Shared {
                    value: name.clone(),
                    applications,
                });
            }
        }
        Some(shared)
    }

    fn privileged_owners(&self, notes: &mut Notes) -> Option<Vec<PrivilegedOwner>> {
        const FACT: &str = "inventory.privileged_owners";
        let known = self
            .of_kind(Kind::Application)
            .filter(|(_, entry)| entry.privileged.is_some());
        if self
            .of_kind(Kind::Application)
            .any(|(_, entry)| entry.privileged.is_none())
        {
            not_collected(FACT, notes);
        }
        let groups = self.groups(
            FACT,
            notes,
            known,
            |entry| entry.owners.as_deref(),
            |(id, _)| id.to_ascii_lowercase(),
        )?;
        let owners = groups.into_iter().map(|(id, group)| PrivilegedOwner {
            id,
            display_name: group.value.1.as_deref().map(str::to_owned),
            applications: group.by_identity.values().map(|e| member(e)).collect(),
        });
        Some(owners.collect())
    }

    /// Only lists tell that something is missing.
    fn unpaired(&self) -> Option<Vec<Unpaired>> {
        let is_listed = |kind| self.of_kind(kind).any(|(_, entry)| entry.listed);
        if !is_listed(Kind::Application) || !is_listed(Kind::ServicePrincipal) {
            return None;
        }
        let ids = |kind| -> BTreeSet<&str> {
            let entries = self.of_kind(kind);
            entries.filter_map(|(_, e)| e.app_id.as_deref()).collect()
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
        for (identity, entry) in &self.entries {
            let is_ours_to_pair =
                entry.managed_identity != Some(true) && entry.first_party != Some(true);
            if is_ours_to_pair && is_missing(entry) {
                unpaired.entry((identity, entry.kind)).or_insert(*entry);
            }
        }
        let each = unpaired.into_values().map(|entry| Unpaired {
            member: member(entry),
            own: None,
            owner_organization: entry.owner_organization.as_deref().map(str::to_owned),
            sign_in_audience: entry.sign_in_audience.as_deref().map(str::to_owned),
        });
        Some(each.collect())
    }

    /// Groups the values of entries by their keys. Entries that do not have the fact leave a gap; none where none has it.
    fn groups<'v, V>(
        &self,
        fact: &'static str,
        notes: &mut Notes,
        entries: impl Iterator<Item = (Identity<'a>, &'a Entry)>,
        values: impl Fn(&'a Entry) -> Option<&'v [V]>,
        key: impl Fn(&V) -> String,
    ) -> Option<BTreeMap<String, Group<'a, 'v, V>>> {
        let mut groups: BTreeMap<String, Group<'a, 'v, V>> = BTreeMap::new();
        let (mut known, mut missing) = (false, false);
        for (identity, entry) in entries {
            let Some(values) = values(entry) else {
                missing = true;
                continue;
            };
            known = true;
            for value in values {
                let group = groups.entry(key(value)).or_insert_with(|| Group {
                    value,
                    by_identity: BTreeMap::new(),
                });
                group.by_identity.entry(identity).or_insert(entry);
            }
        }
        if known && missing {
            not_collected(fact, notes);
        }
        known.then_some(groups)
    }
}

/// Applications that have a value.
struct Group<'a, 'v, V> {
    value: &'v V,
    by_identity: BTreeMap<Identity<'a>, &'a Entry>,
}

impl<V> Group<'_, '_, V> {
    /// The applications, when they are several.
    fn members(&self) -> Option<Vec<Member>> {
        members(self.by_identity.iter().map(|(id, entry)| (*id, *entry)))
    }

    /// The applications of each tenant that has several. Their publishers' domains tell tenants apart.
    fn by_tenant(&self) -> Vec<Vec<Member>> {
        let domains: BTreeSet<&str> = self
            .by_identity
            .values()
            .filter_map(|entry| entry.publisher_domain.as_deref())
            .collect();
        if domains.len() < 2 {
            return self.members().into_iter().collect();
        }
        let of = |domain| {
            let entries = self.by_identity.iter().map(|(id, entry)| (*id, *entry));
            members(entries.filter(|(_, e)| e.publisher_domain.as_deref() == Some(domain)))
        };
        domains.into_iter().filter_map(of).collect()
    }
}

/// The applications, when there are at least two, whatever those are that have no id.
fn members<'a>(entries: impl Iterator<Item = (Identity<'a>, &'a Entry)>) -> Option<Vec<Member>> {
    let entries: Vec<_> = entries.collect();
    let mut by_source: BTreeMap<&str, usize> = BTreeMap::new();
    let mut known = 0;
    for (identity, entry) in &entries {
        known += usize::from(matches!(identity, Identity::Known(_)));
        *by_source.entry(&entry.path).or_default() += 1;
    }
    let in_one_source = by_source.into_values().max().unwrap_or_default();
    (known.max(in_one_source) > 1).then(|| entries.iter().map(|(_, e)| member(e)).collect())
}

fn shared(groups: BTreeMap<String, Group<'_, '_, Box<str>>>) -> Vec<Shared> {
    let several = groups.into_values().filter_map(|group| {
        Some(Shared {
            value: group.value.to_string(),
            applications: group.members()?,
        })
    });
    several.collect()
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

fn not_collected(fact: &'static str, notes: &mut Notes) {
    if notes.gaps.iter().all(|gap| gap.fact != fact) {
        notes.gaps.push(Gap {
            fact: fact.into(),
            pointer: None,
            reason: GapReason::NotCollected,
        });
    }
}

/// Scheme and host in lower case, and the path that an empty one stands for.
pub(super) fn redirect_key(uri: &RedirectEntry) -> String {
    let text = &uri.text;
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_string();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let slash = if uri.is_web && path.is_empty() {
        "/"
    } else {
        ""
    };
    format!(
        "{}://{}{slash}{path}",
        scheme.to_lowercase(),
        host.to_lowercase()
    )
}

pub(super) fn name_key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

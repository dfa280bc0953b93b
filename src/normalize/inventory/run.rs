//! The entries of a run, and what is known of all of them together.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::keys::Totals;
use super::pieces::Pieces;
use super::{Inventory, PrivilegedOwner};
use crate::document::{self, Limits};
use crate::normalize::part::Entry;
use crate::normalize::reader::Notes;
use crate::normalize::subject::{Facts, Subject};
use crate::normalize::{Format, Gap, GapReason, Kind};

/// What stands for the path of a document in messages about the whole run.
const WHOLE_RUN: &str = "(the whole run)";

/// Gives the subject that stands for all, in pieces of about so many members of its lists: each has a part of the lists, and
/// is like the others otherwise. None where there are not two that could have anything in common.
/// Where there are more than these entries, `totals` says how many.
pub(crate) fn each_piece(
    entries: &[Entry],
    totals: Option<Totals>,
    most: usize,
    give: &mut dyn FnMut(Subject),
) {
    if totals.map_or(entries.len(), |totals| totals.entries) < 2 {
        return;
    }
    let documents = document::parse(WHOLE_RUN, b"{}", &Limits::default());
    let Some(document) = documents.ok().and_then(|mut all| all.pop()) else {
        return;
    };
    let run = Run::of(entries);
    let mut notes = Notes::default();
    let outline = run.outline(totals, &mut notes);
    let facts = Facts::Inventory(Box::default());
    let subject = Subject::new(&document, "", Format::MsGraph, facts, notes);
    let mut give = |inventory| {
        give(Subject {
            facts: Facts::Inventory(Box::new(inventory)),
            ..subject.clone()
        });
    };
    let mut pieces = Pieces::new(outline, most, &mut give);
    run.fill(&mut pieces);
    pieces.finish();
}

/// What tells applications apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Identity<'a> {
    /// By its id: the same in all documents.
    Known(&'a str),
    /// Without an id, an application is another one than the others of its source alone: path, document and pointer.
    Unknown(&'a str, usize, &'a str),
}

/// Where an application without an id stands: a service principal is one with its registration.
fn own_or_registration(entry: &Entry) -> &str {
    let pairing = entry.pairing.as_deref();
    let registration = pairing.and_then(|pairing| pairing.registration.as_deref());
    registration.unwrap_or(&entry.pointer)
}

/// The entries of a run.
pub(super) struct Run<'a> {
    pub(super) entries: &'a [Entry],
    /// The application ids of object ids that other entries have alone.
    by_object: HashMap<&'a str, &'a str>,
}

impl<'a> Run<'a> {
    fn of(entries: &'a [Entry]) -> Self {
        let lacking = entries.iter().filter(|entry| entry.app_id.is_none());
        let lacking: HashSet<&str> = lacking.filter_map(|e| e.object_id.as_deref()).collect();
        let by_object = entries
            .iter()
            .filter_map(|entry| Some((entry.object_id.as_deref()?, entry.app_id.as_deref()?)))
            .filter(|(object, _)| lacking.contains(object))
            .collect();
        Self { entries, by_object }
    }

    /// The application that an entry belongs to.
    pub(super) fn identity(&self, entry: &'a Entry) -> Identity<'a> {
        let object = entry.object_id.as_deref();
        let known = entry
            .app_id
            .as_deref()
            .or_else(|| object.and_then(|id| self.by_object.get(id).copied()))
            .or(object);
        known.map_or_else(
            || Identity::Unknown(&entry.path, entry.document, own_or_registration(entry)),
            Identity::Known,
        )
    }

    /// How many applications there are of which no entry has an id.
    fn without_id(&self) -> usize {
        let identities = |has_id: bool| -> BTreeSet<Identity<'_>> {
            let all = self.of_kind(Kind::Application);
            let some = all.filter(|entry| entry.app_id.is_some() == has_id);
            some.map(|entry| self.identity(entry)).collect()
        };
        let lacking = identities(false);
        if lacking.is_empty() {
            return 0;
        }
        lacking.difference(&identities(true)).count()
    }

    /// How many applications were registered, each counted once.
    fn applications(&self) -> usize {
        let all = self.of_kind(Kind::Application);
        let identities: BTreeSet<Identity<'_>> = all.map(|entry| self.identity(entry)).collect();
        identities.len()
    }

    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &'a Entry> + Clone + use<'a> {
        let entries = self.entries.iter();
        entries.filter(move |entry| entry.kind == kind)
    }

    /// How many there are, and which lists are known; the lists are empty.
    fn outline(&self, totals: Option<Totals>, notes: &mut Notes) -> Inventory {
        let all = || self.of_kind(Kind::Application);
        let redirects = all().map(|entry| entry.redirect_uris.is_some());
        let identifiers = all().map(|entry| entry.identifier_uris.is_some());
        let thumbprints = self.with_certificates();
        let thumbprints = thumbprints.map(|entry| entry.thumbprints.is_some());
        let names = all().map(|entry| entry.name.is_some());
        Inventory {
            applications: totals.map_or_else(
                || self.applications(),
                |totals| totals.applications + self.without_id(),
            ),
            service_principals: totals.map_or_else(
                || self.of_kind(Kind::ServicePrincipal).count(),
                |totals| totals.service_principals,
            ),
            shared_redirect_uris: list("inventory.shared_redirect_uris", notes, redirects),
            shared_identifier_uris: list("inventory.shared_identifier_uris", notes, identifiers),
            shared_certificates: list("inventory.shared_certificates", notes, thumbprints),
            shared_names: list("inventory.shared_names", notes, names),
            privileged_owners: self.owners_outline(notes),
            unpaired: self.lists_both().then(Vec::new),
        }
    }

    fn owners_outline(&self, notes: &mut Notes) -> Option<Vec<PrivilegedOwner>> {
        const FACT: &str = "inventory.privileged_owners";
        let (known, unknown): (Vec<_>, Vec<_>) = self
            .of_kind(Kind::Application)
            .partition(|entry| entry.privileged.is_some());
        if !unknown.is_empty() {
            not_collected(FACT, notes);
        }
        list(
            FACT,
            notes,
            known.iter().map(|entry| entry.owners.is_some()),
        )
    }

    /// Azure and Microsoft look after theirs.
    pub(super) fn with_certificates(&self) -> impl Iterator<Item = &'a Entry> + Clone + use<'a> {
        let looked_after =
            |entry: &Entry| entry.managed_identity == Some(true) || entry.first_party == Some(true);
        let entries = self.entries.iter();
        entries.filter(move |entry| !looked_after(entry))
    }

    /// Only lists tell that something is missing.
    pub(super) fn lists_both(&self) -> bool {
        let is_listed = |kind| self.of_kind(kind).any(|entry| entry.listed);
        is_listed(Kind::Application) && is_listed(Kind::ServicePrincipal)
    }
}

/// An empty list, unless no entry has what would fill it. Those that do not have it leave a gap.
fn list<T>(
    fact: &'static str,
    notes: &mut Notes,
    entries: impl Iterator<Item = bool>,
) -> Option<Vec<T>> {
    let (mut known, mut missing) = (false, false);
    for has in entries {
        known |= has;
        missing |= !has;
    }
    if known && missing {
        not_collected(fact, notes);
    }
    known.then(Vec::new)
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

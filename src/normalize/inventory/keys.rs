//! What entries have in common, told by hashes, so that only entries that matter need to be held.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::group::{name_key, redirect_key};
use crate::normalize::Kind;
use crate::normalize::part::{Entry, RedirectEntry};

/// Hashes of what all entries of a run have: some forty bytes for each.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// Of values that several may share; when closed, of those that several entries have.
    values: Hashes,
    /// Of the ids of applications, which are counted: a million are told apart in all but one of some 30 million runs.
    applications: Vec<u64>,
    /// Of the ids of the applications that service principals are of.
    principals: Vec<u64>,
    /// Of object ids of entries without an application id.
    lacking: HashSet<u64>,
    shapes: HashSet<u32>,
    listed: [bool; 2],
    entries: usize,
    service_principals: usize,
}

/// How many there are, whether they are held or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(super) entries: usize,
    /// Applications with an id, each counted once.
    pub(super) applications: usize,
    pub(super) service_principals: usize,
}

/// A hash of what is looked at again: where two values have the same, one is held for nothing.
pub(super) fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Keys {
    pub(crate) fn add(&mut self, entry: &Entry) {
        self.entries += 1;
        each_value(entry, |value| self.values.push(value));
        let is_application = entry.kind == Kind::Application;
        self.service_principals += usize::from(!is_application);
        let [applications, principals] = &mut self.listed;
        *(if is_application {
            applications
        } else {
            principals
        }) |= entry.listed;
        match (&entry.app_id, &entry.object_id) {
            (Some(id), _) if is_application => self.applications.push(hash(id)),
            (Some(id), _) => self.principals.push(hash(id)),
            (None, Some(id)) => {
                self.lacking.insert(hash(id));
            }
            (None, None) => {}
        }
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.values.append(other.values);
        append(&mut self.applications, other.applications);
        append(&mut self.principals, other.principals);
        self.lacking.extend(other.lacking);
        for (one, other) in self.listed.iter_mut().zip(other.listed) {
            *one |= other;
        }
        self.entries += other.entries;
        self.service_principals += other.service_principals;
    }

    /// Whether there is any service principal.
    pub(crate) const fn has_principals(&self) -> bool {
        self.service_principals > 0
    }

    /// Makes ready for [`Keys::wants`], when all have been added.
    pub(crate) fn close(&mut self) -> Totals {
        self.values.close();
        self.principals.sort_unstable();
        self.principals.dedup();
        let mut applications = std::mem::take(&mut self.applications);
        applications.sort_unstable();
        applications.dedup();
        Totals {
            entries: self.entries,
            applications: applications.len(),
            service_principals: self.service_principals,
        }
    }

    /// Whether an entry may matter to the inventory or to a service principal; if one does, it is wanted. Entries come in
    /// the order of the run.
    pub(crate) fn wants(&mut self, entry: &Entry) -> bool {
        let mut shares = false;
        each_value(entry, |value| shares |= self.is_shared(value));
        // What none of them has, and what only some have, is told by the first of each shape.
        let is_first = self.shapes.insert(shape(entry));
        let owns = entry.privileged == Some(true)
            && entry
                .owners
                .as_ref()
                .is_some_and(|owners| !owners.is_empty());
        let object = entry.object_id.as_ref();
        let completes = object.is_some_and(|id| self.lacking.contains(&hash(id)));
        shares || is_first || owns || completes || entry.app_id.is_none() || self.pairs(entry)
    }

    fn is_shared(&self, value: u64) -> bool {
        self.values.has(value)
    }

    /// Lets go of what nobody asks of an entry: values that no other one has, and what a counterpart would be told.
    pub(crate) fn trim(&self, entry: &mut Entry) {
        if !self.pairs(entry) {
            entry.pairing = None;
            let is_shared =
                |uri: &Arc<RedirectEntry>| redirect(uri).is_some_and(|value| self.is_shared(value));
            retain(&mut entry.redirect_uris, is_shared);
        }
        retain(&mut entry.identifier_uris, |uri| {
            self.is_shared(identifier(uri))
        });
        retain(&mut entry.thumbprints, |thumbprint| {
            self.is_shared(certificate(thumbprint))
        });
    }

    /// Whether an entry has to do with those of the other kind, or is without one.
    fn pairs(&self, entry: &Entry) -> bool {
        if entry.kind != Kind::Application {
            return true;
        }
        let has_principal = entry
            .app_id
            .as_ref()
            .is_some_and(|id| self.principals.binary_search(&hash(id)).is_ok());
        has_principal || self.listed == [true, true]
    }
}

/// Forty bits of each hash. Where they are many, they are in lists by the last byte: one list of all would be held twice
/// while it grows.
#[derive(Debug, Default)]
struct Hashes {
    few: Vec<u64>,
    lists: Vec<Vec<u32>>,
}

impl Hashes {
    const MOST_FEW: usize = 16_384;

    fn push(&mut self, hash: u64) {
        self.few.push(hash);
    }

    fn append(&mut self, mut more: Self) {
        if self.lists.is_empty() {
            self.lists = more.lists;
        } else {
            for (list, mut more) in self.lists.iter_mut().zip(more.lists) {
                list.append(&mut more);
            }
        }
        self.few.append(&mut more.few);
        if self.few.len() > Self::MOST_FEW {
            self.spread();
        }
    }

    fn spread(&mut self) {
        self.lists.resize(256, Vec::new());
        for hash in self.few.drain(..) {
            let (list, rest) = Self::place_of(hash);
            if let Some(list) = self.lists.get_mut(list) {
                list.push(rest);
            }
        }
    }

    /// Keeps one each of those that are there several times.
    fn close(&mut self) {
        self.spread();
        for list in &mut self.lists {
            list.sort_unstable();
            let shared = list.chunk_by(PartialEq::eq).filter(|same| same.len() > 1);
            *list = shared.filter_map(|same| same.first().copied()).collect();
        }
    }

    /// Whether it is there, when closed.
    fn has(&self, hash: u64) -> bool {
        let (list, rest) = Self::place_of(hash);
        let list = self.lists.get(list);
        list.is_some_and(|list| list.binary_search(&rest).is_ok())
    }

    /// The number of its list, and what stands there.
    const fn place_of(hash: u64) -> (usize, u32) {
        let [list, rest @ .., _, _, _] = hash.to_le_bytes();
        (list as usize, u32::from_le_bytes(rest))
    }
}

/// Adds hashes to others; what is large is never copied to what is empty.
fn append<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}

/// Gives the hash of each value that several entries may share.
fn each_value(entry: &Entry, mut give: impl FnMut(u64)) {
    if entry.kind == Kind::Application {
        if let Some(name) = &entry.name {
            give(hash((0, name_key(name))));
        }
        let uris = entry.redirect_uris.iter().flatten();
        uris.filter_map(|uri| redirect(uri)).for_each(&mut give);
        for uri in entry.identifier_uris.iter().flatten() {
            give(identifier(uri));
        }
    }
    for thumbprint in entry.thumbprints.iter().flatten() {
        give(certificate(thumbprint));
    }
}

fn redirect(uri: &RedirectEntry) -> Option<u64> {
    Some(hash((1, redirect_key(uri)?)))
}

fn identifier(uri: &str) -> u64 {
    hash((2, uri.trim_end_matches('/').to_lowercase()))
}

fn certificate(thumbprint: &str) -> u64 {
    hash((3, thumbprint))
}

fn retain<T>(list: &mut Option<Box<[T]>>, wanted: impl Fn(&T) -> bool) {
    if let Some(values) = list.take() {
        let values = values.into_iter().filter(|value| wanted(value));
        *list = Some(values.collect());
    }
}

/// Which facts an entry has.
fn shape(entry: &Entry) -> u32 {
    let facts = [
        entry.kind == Kind::Application,
        entry.listed,
        entry.name.is_some(),
        entry.redirect_uris.is_some(),
        entry.identifier_uris.is_some(),
        entry.thumbprints.is_some(),
        entry.privileged.is_some(),
        entry.privileged == Some(true),
        entry.owners.is_some(),
        entry.managed_identity == Some(true),
        entry.first_party == Some(true),
    ];
    facts
        .into_iter()
        .fold(0, |shape, has| shape << 1 | u32::from(has))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_twice_is_told_however_many_there_are() {
        for most in [10_u64, 40_000] {
            let mut all = Hashes::default();
            for number in 0..most {
                let mut more = Hashes::default();
                more.push(hash(number));
                if number % 3 == 0 {
                    more.push(hash(number + most));
                }
                all.append(more);
            }
            let mut later = Hashes::default();
            (0..most)
                .step_by(7)
                .for_each(|number| later.push(hash(number)));
            all.append(later);
            all.close();
            for number in 0..2 * most {
                let is_twice = number < most && number % 7 == 0;
                assert_eq!(all.has(hash(number)), is_twice, "{number} of {most}");
            }
        }
    }
}

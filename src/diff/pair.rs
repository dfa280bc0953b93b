//! Which application of the new version is which one of the old version.

use std::collections::{BTreeMap, BTreeSet};

use crate::normalize::Subject;

/// What an application is known by.
pub(super) struct Candidate {
    app_id: Option<String>,
    object_id: Option<String>,
    name: Option<String>,
    /// As both versions have it.
    path: String,
}

/// Indexes into the applications of both versions.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairing {
    /// Of the old version and of the new one, in the order of the new one. Where a version has an application twice, both
    /// are in a pair, so that none hides behind the other.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Of the new version.
    pub(super) added: Vec<usize>,
    /// Of the old version.
    pub(super) removed: Vec<usize>,
}

impl Candidate {
    pub(super) fn new(subject: &Subject, path: String) -> Self {
        let application = subject.application();
        let id = |id: Option<&String>| id.map(|id| id.to_ascii_lowercase());
        Self {
            app_id: id(application.and_then(|app| app.app_id.as_ref())),
            object_id: id(application.and_then(|app| app.object_id.as_ref())),
            name: subject.name().map(str::to_owned),
            path,
        }
    }

    /// Whether their ids do not say that they are two applications.
    fn may_be(&self, other: &Self) -> bool {
        let fit = |one: &Option<String>, other: &Option<String>| match (one, other) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        fit(&self.app_id, &other.app_id) && fit(&self.object_id, &other.object_id)
    }
}

/// What two candidates can have in common; none where one of them does not have it.
type Key = fn(&Candidate) -> Option<(&str, &str)>;

/// By application id; without one, by object id, by path and name, by a path that only one of them has, and by a name
/// that only one of them has.
pub(super) fn pair(old: &[Candidate], new: &[Candidate]) -> Pairing {
    let mut found = Pairs {
        old,
        new,
        by_new: BTreeMap::new(),
        taken: BTreeSet::new(),
    };
    found.by_app_id();
    found.by(|one| Some(("", one.object_id.as_deref()?)));
    found.by(|one| Some((&one.path, one.name.as_deref()?)));
    found.by(|one| Some(("", &one.path)));
    found.by(|one| Some(("", one.name.as_deref()?)));
    Pairing {
        added: (0..new.len())
            .filter(|index| !found.by_new.contains_key(index))
            .collect(),
        removed: (0..old.len())
            .filter(|index| !found.taken.contains(index))
            .collect(),
        pairs: found
            .by_new
            .into_iter()
            .map(|(new, old)| (old, new))
            .collect(),
    }
}

struct Pairs<'a> {
    old: &'a [Candidate],
    new: &'a [Candidate],
    by_new: BTreeMap<usize, usize>,
    taken: BTreeSet<usize>,
}

impl Pairs<'_> {
    fn by_app_id(&mut self) {
        let mut ids: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, one) in self.old.iter().enumerate() {
            if let Some(id) = &one.app_id {
                ids.entry(id).or_default().push(index);
            }
        }
        for (index, one) in self.new.iter().enumerate() {
            let same = one.app_id.as_ref().and_then(|id| ids.get(id.as_str()));
            let Some(same) = same else { continue };
            let has_path = |old: &&usize| {
                let other = self.old.get(**old);
                other.is_some_and(|other| other.path == one.path)
            };
            if let Some(old) = same.iter().find(has_path).or(same.first()) {
                self.by_new.insert(index, *old);
            }
            self.taken.extend(same);
        }
    }

    /// Pairs those that are left and the only ones with a key.
    fn by(&mut self, key: Key) {
        let old = only_ones(self.old, key, |index| self.taken.contains(&index));
        let new = only_ones(self.new, key, |index| self.by_new.contains_key(&index));
        for (key, index) in new {
            let Some(other) = old.get(&key) else { continue };
            let pair = self.old.get(*other).zip(self.new.get(index));
            if pair.is_some_and(|(old, new)| old.may_be(new)) {
                self.by_new.insert(index, *other);
                self.taken.insert(*other);
            }
        }
    }
}

fn only_ones(
    candidates: &[Candidate],
    key: Key,
    is_paired: impl Fn(usize) -> bool,
) -> BTreeMap<(&str, &str), usize> {
    let mut found: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let left = candidates.iter().enumerate();
    for (index, one) in left.filter(|(index, _)| !is_paired(*index)) {
        if let Some(key) = key(one) {
            found.entry(key).or_default().push(index);
        }
    }
    let only = |(key, indexes): (_, Vec<usize>)| match indexes.as_slice() {
        [index] => Some((key, *index)),
        _ => None,
    };
    found.into_iter().filter_map(only).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `app id/name/path`, each may be empty.
    fn candidates(all: &[&str]) -> Vec<Candidate> {
        let candidate = |text: &&str| {
            let parts: Vec<&str> = text.split('/').collect();
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Candidate {
                app_id: some(parts[0]),
                object_id: None,
                name: some(parts[1]),
                path: parts[2].to_owned(),
            }
        };
        all.iter().map(candidate).collect()
    }

    fn paired(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
        pair(&candidates(old), &candidates(new)).pairs
    }

    #[test]
    fn an_id_is_stronger_than_a_path() {
        assert_eq!(
            paired(&["1/Shop/a", "2/Orders/b"], &["2/Shop/a", "1/Orders/b"]),
            [(1, 0), (0, 1)]
        );
        assert_eq!(paired(&["1/Shop/a"], &["2/Shop/a"]), []);
    }

    #[test]
    fn without_an_id_path_and_name_tell() {
        assert_eq!(
            paired(&["/Shop/a", "/Orders/a"], &["/Orders/a", "/Shop/a"]),
            [(1, 0), (0, 1)]
        );
        assert_eq!(paired(&["/Shop/a"], &["/Store/a"]), [(0, 0)], "renamed");
        assert_eq!(paired(&["/Shop/a"], &["/Shop/b"]), [(0, 0)], "moved");
        assert_eq!(paired(&["/Shop/a"], &["1/Shop/a"]), [(0, 0)], "registered");
        assert_eq!(paired(&["/Shop/a"], &["/Store/b"]), []);
        assert_eq!(
            paired(&["/Shop/a", "/Orders/a"], &["/Store/a"]),
            [],
            "which one?"
        );
    }

    #[test]
    fn none_hides_behind_another_of_its_id() {
        let both = pair(
            &candidates(&["1/Shop/a"]),
            &candidates(&["1/Shop/b", "1/Shop/a"]),
        );
        assert_eq!(both.pairs, [(0, 0), (0, 1)]);
        assert_eq!((both.added, both.removed), (vec![], vec![]));
    }
}

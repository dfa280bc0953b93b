//! What many entries have alike is held once.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use crate::normalize::part::{Entry, OwnerEntry, RedirectEntry};

/// What entries had so far.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    texts: HashSet<Arc<str>>,
    owners: HashSet<Arc<OwnerEntry>>,
    redirect_uris: HashSet<Arc<RedirectEntry>>,
}

impl Pool {
    /// Makes an entry share what another one had.
    pub(crate) fn share(&mut self, entry: &mut Entry) {
        share(&mut self.texts, &mut entry.path);
        if let Some(domain) = &mut entry.publisher_domain {
            share(&mut self.texts, domain);
        }
        for owner in entry.owners.iter_mut().flatten() {
            share(&mut self.owners, owner);
        }
        for uri in entry.redirect_uris.iter_mut().flatten() {
            share(&mut self.redirect_uris, uri);
        }
    }
}

fn share<T: Eq + Hash + ?Sized>(known: &mut HashSet<Arc<T>>, value: &mut Arc<T>) {
    match known.get(value) {
        Some(same) => Arc::clone_into(same, value),
        None => {
            known.insert(Arc::clone(value));
        }
    }
}

//! What earlier runs left: the outcomes of sources that are the same, so that only what has changed is judged again.
//!
//! There are two kinds of entry. One holds what came of a source. The other holds what came of all that waits until every
//! source has been read (service principals, projects, the tenant, the inventory), and belongs to exactly these sources.
//! Where both are there, nothing is parsed.
//!
//! The bytes that were hashed are the ones that are judged. What the key of an entry does not cover is not kept, and an
//! entry that cannot be used is as good as none.

mod entry;
mod key;
mod period;
mod store;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use self::entry::Entry;
pub(crate) use self::period::Period;
use self::store::Store;
use super::{Counter, Outcome, Progress, Run, Waiting};
use crate::digest::Digest;
use crate::document::{Held, Origin, Source};
use crate::engine::{Engine, Inner};
use crate::parallel;
use crate::report::{Problem, ProblemKind};

/// Where an engine keeps outcomes, and how that went.
#[derive(Debug)]
pub(crate) struct Cache {
    directory: PathBuf,
    /// What the engine adds to every key.
    key: OnceLock<Digest>,
    hits: AtomicUsize,
    misses: AtomicUsize,
}

impl Cache {
    pub(crate) const fn new(directory: PathBuf) -> Self {
        Self {
            directory,
            key: OnceLock::new(),
            hits: AtomicUsize::new(0),
            misses: AtomicUsize::new(0),
        }
    }
}

/// How often an engine found what it looked for in its cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheUse {
    /// Outcomes of sources, and of what all sources of a run have together, that were taken from the cache.
    pub hits: usize,
    /// Those that were not.
    pub misses: usize,
}

impl Engine {
    /// How often [`EngineBuilder::cache`](crate::EngineBuilder::cache) helped since the engine was built.
    #[must_use]
    pub fn cache_use(&self) -> CacheUse {
        let count = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        let cache = self.inner.cache.as_ref();
        cache.map_or_else(CacheUse::default, |cache| CacheUse {
            hits: count(&cache.hits),
            misses: count(&cache.misses),
        })
    }

    /// As [`Engine::collect`], with what earlier runs left.
    pub(super) fn collect_anew(
        &self,
        sources: &[Source],
        mut first: Outcome,
        run: &Run,
        progress: &(impl Fn(Progress) + Sync),
    ) -> Vec<Outcome> {
        let Some(session) = Session::start(&self.inner, run, &mut first) else {
            return self.collect(sources, first, run, progress);
        };
        let looked_up = parallel::map(sources, 1, |source| session.look_up(source));
        let key = session.key_of_run(&looked_up);
        let rest = key.and_then(|key| session.get(&key));
        let counter = Counter::new(sources.len(), progress);
        let judged = parallel::map(looked_up, 1, |one| {
            let judged = session.outcome(one, rest.is_some());
            counter.count();
            judged
        });
        let (sources, mut outcomes): (Vec<Source>, Vec<Outcome>) = judged.into_iter().unzip();
        let last = match rest {
            Some(rest) => {
                session.count(true);
                rest.outcome
            }
            None => {
                session.count(false);
                let mut waiting = Waiting::default();
                for outcome in &mut outcomes {
                    waiting.append(std::mem::take(&mut outcome.waiting));
                }
                let last = self.inner.check_rest(waiting, &sources, run);
                if let Some(key) = key {
                    session.put(&key, &last);
                }
                last
            }
        };
        first.notes.extend(session.end());
        outcomes.extend([first, last]);
        outcomes
    }
}

/// A source, and what is known of it.
struct LookedUp {
    /// As it was read, where it has a key.
    source: Source,
    key: Option<Digest>,
    known: Option<Known>,
}

/// What an entry says.
struct Known {
    outcome: Outcome,
    /// Whether more of the source waits until all has been read.
    waits: bool,
}

/// A run with a cache.
struct Session<'a> {
    inner: &'a Inner,
    cache: &'a Cache,
    run: &'a Run,
    store: Store,
    key: Digest,
    /// When outcomes hold as far as the engine is concerned.
    period: Period,
}

impl<'a> Session<'a> {
    /// None where there is no cache, or none that can be used.
    fn start(inner: &'a Inner, run: &'a Run, first: &mut Outcome) -> Option<Self> {
        let cache = inner.cache.as_ref().filter(|_| key::is_known(inner))?;
        let store = match Store::open(&cache.directory) {
            Ok(store) => store,
            Err(error) => {
                let note = note(&cache.directory, "cannot be used", &error.to_string());
                first.notes.push(note);
                return None;
            }
        };
        let key = cache.key.get_or_init(|| key::of_engine(inner, key::BUILD));
        Some(Self {
            inner,
            cache,
            run,
            store,
            key: *key,
            period: key::period(inner, run),
        })
    }

    /// Reads a source. What gives its bytes only once, or none, has no key.
    fn look_up(&self, source: &Source) -> LookedUp {
        let lasts = !self.run.holds(source);
        let bytes = lasts.then(|| source.bytes(&self.inner.limits));
        let Some(Ok(bytes)) = bytes else {
            return LookedUp {
                source: source.clone(),
                key: None,
                known: None,
            };
        };
        let path = source.path();
        let key = key::of_source(&self.key, &path, source.named, &bytes);
        LookedUp {
            source: Source {
                origin: Origin::Held(Held::new(&path, Arc::from(bytes))),
                named: source.named,
            },
            key: Some(key),
            known: self.get(&key),
        }
    }

    /// The key of what waits until all has been read; none where a source has none.
    fn key_of_run(&self, all: &[LookedUp]) -> Option<Digest> {
        let keys: Option<Vec<&Digest>> = all.iter().map(|one| one.key.as_ref()).collect();
        Some(key::of_run(&self.key, keys?.into_iter()))
    }

    /// What comes of a source. Where what waits is not known, a source with a part in it is judged again.
    fn outcome(&self, one: LookedUp, is_rest_known: bool) -> (Source, Outcome) {
        let is_new = one.known.is_none();
        let usable = |known: &Known| is_rest_known || !known.waits;
        if let Some(known) = one.known.filter(usable) {
            self.count(true);
            return (one.source, known.outcome);
        }
        self.count(false);
        let outcome = self.inner.check_source(&one.source, self.run);
        if let Some(key) = one.key.filter(|_| is_new) {
            self.put(&key, &outcome);
        }
        (one.source, outcome)
    }

    fn get(&self, key: &Digest) -> Option<Known> {
        let entry: Entry = postcard::from_bytes(&self.store.get(key)?).ok()?;
        let holds = entry.period.holds(self.run.now);
        let waits = entry.waits;
        let outcome = entry.outcome().filter(|_| holds)?;
        Some(Known { outcome, waits })
    }

    fn put(&self, key: &Digest, outcome: &Outcome) {
        let entry = Entry::of(outcome, self.period);
        let bytes = entry.and_then(|entry| postcard::to_stdvec(&entry).ok());
        if let Some(bytes) = bytes {
            self.store.put(key, &bytes);
        }
    }

    fn count(&self, is_hit: bool) {
        let Cache { hits, misses, .. } = self.cache;
        let count = if is_hit { hits } else { misses };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// Tidies up, and says whether entries could not be written.
    fn end(&self) -> Option<Problem> {
        // Another run may be about it; what is left is for the next one.
        let _ = self.store.prune();
        let failure = self.store.failure()?;
        Some(note(&self.cache.directory, "cannot be written", failure))
    }
}

fn note(directory: &Path, what: &str, why: &str) -> Problem {
    Problem {
        kind: ProblemKind::Config,
        message: format!("the cache `{}` {what}: {why}", directory.display()),
        help: Some(
            "name a directory that you alone can write to, or leave the cache out".to_owned(),
        ),
        location: None,
    }
}

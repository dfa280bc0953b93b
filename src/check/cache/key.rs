//! What the outcome of a source depends on, besides its own bytes and the time.

use super::super::Run;
use super::period::Period;
use crate::config::{Config, Places};
use crate::digest::Digest;
use crate::engine::Inner;
use crate::policy::Origin;

/// Tells this build of ztvet from others: its version, and its code with what is compiled in.
pub(super) const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("ZTVET_BUILD"));

/// Whether all that outcomes depend on can be known beforehand.
pub(super) fn is_known(inner: &Inner) -> bool {
    // Answers of DNS, the clock and chance are not.
    inner.dns.is_none() && inner.config.allow_builtins.is_empty()
}

/// Changes with all that an engine makes outcomes of. What it knows of tokens and their keys is not in it: what comes of
/// tokens is never kept.
pub(super) fn of_engine(inner: &Inner, build: &str) -> Digest {
    let rules = inner.evaluator.rules();
    let rules: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
    let settings = (
        &inner.limits,
        &inner.format,
        &inner.masking,
        rules,
        config(inner),
        inner.policies.data(),
    );
    Digest::of(&[
        build.as_bytes(),
        inner.policies.digest().bytes(),
        // A derived `Debug` shows every field, those of the future as well.
        format!("{settings:?}").as_bytes(),
    ])
}

/// The configuration, without what makes no difference to an outcome.
fn config(inner: &Inner) -> Config {
    let mut config = inner.config.clone();
    config.fail_on = None;
    for waiver in &mut config.waivers {
        waiver.places = Places::default();
    }
    config
}

/// When outcomes hold as far as the engine is concerned: until a waiver ends, and where rules may read the time, only now.
pub(super) fn period(inner: &Inner, run: &Run) -> Period {
    let has_own = inner.evaluator.rules().any(|r| r.origin == Origin::Custom);
    let first = if has_own && inner.policies.may_read_now() {
        Period::at(run.now)
    } else {
        Period::default()
    };
    let ends = inner.waivers.iter().filter_map(|waiver| waiver.end());
    let periods = ends.map(|end| Period::beside(end, run.now));
    periods.fold(first, Period::and)
}

/// Changes with the source as well.
pub(super) fn of_source(engine: &Digest, path: &str, named: bool, bytes: &[u8]) -> Digest {
    Digest::of(&[engine.bytes(), path.as_bytes(), &[u8::from(named)], bytes])
}

/// Changes with all sources of a run.
pub(super) fn of_run<'a>(engine: &'a Digest, sources: impl Iterator<Item = &'a Digest>) -> Digest {
    let mut parts = vec![engine.bytes(), b"run"];
    parts.extend(sources.map(Digest::bytes));
    Digest::of(&parts)
}

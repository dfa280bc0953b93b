//! The functions that policies may call: those of regorus, some of OPA that it lacks, and none that reaches out.

mod added;
mod bounded;
mod certificate;
mod globs;
mod jwt;
pub(crate) mod keys;
mod net;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use regorus::Engine;
use regorus::unstable::{BUILTINS, Module, Span};

use self::added::ADDED;
pub(super) use self::bounded::renew;
use super::fault::Fault;
use super::metadata;
use super::uses::Uses;

/// Functions that are refused unless the configuration allows them, and why. Only those that regorus has can be allowed.
const REFUSED: [(&str, &str); 6] = [
    (
        "time.now_ns",
        "is not the evaluation's time: use `input.now`",
    ),
    ("rand.intn", "gives another result in every run"),
    ("uuid.rfc4122", "gives another result in every run"),
    ("http.send", "reaches the network"),
    ("net.lookup_ip_addr", "reaches the network"),
    ("opa.runtime", "shows the environment"),
];

/// What policies may call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Builtins {
    allowed: BTreeSet<String>,
}

impl Builtins {
    /// The number of arguments of a function that takes any.
    pub(super) const ANY_ARITY: usize = usize::MAX;

    /// Allows functions that are refused otherwise.
    ///
    /// # Errors
    /// When one of them cannot be allowed.
    pub(crate) fn allow(names: &[String]) -> Result<Self, String> {
        let can_be_allowed = |name: &str| {
            REFUSED.iter().any(|(refused, _)| *refused == name) && BUILTINS.contains_key(name)
        };
        match names.iter().find(|name| !can_be_allowed(name)) {
            Some(name) => {
                let known: Vec<&str> = REFUSED
                    .into_iter()
                    .map(|(name, _)| name)
                    .filter(|name| can_be_allowed(name))
                    .collect();
                Err(format!(
                    "`{name}` cannot be allowed, expected one of {}",
                    known.join(", ")
                ))
            }
            None => Ok(Self {
                allowed: names.iter().cloned().collect(),
            }),
        }
    }

    /// Refuses a module that calls what reaches out.
    pub(super) fn check(&self, module: &Module) -> Result<(), Fault> {
        for rule in &module.policy {
            let uses = Uses::of(rule);
            for call in &uses.calls {
                self.check_name(&call.path.join("."), call.span)?;
            }
            for reference in uses.references.iter().filter(|one| one.may_be_called) {
                self.check_name(&reference.path.join("."), reference.span)?;
            }
        }
        Ok(())
    }

    fn check_name(&self, name: &str, span: &Span) -> Result<(), Fault> {
        match REFUSED.iter().find(|(refused, _)| *refused == name) {
            Some((_, why)) if !self.allowed.contains(name) => {
                Err(Fault::at(span, format!("`{name}` {why}")))
            }
            _ => Ok(()),
        }
    }

    /// The number of arguments of a function that is built in.
    pub(super) fn arity(name: &str) -> Option<usize> {
        match name {
            "print" => Some(Self::ANY_ARITY),
            _ => ADDED
                .iter()
                .find(|(added, ..)| *added == name)
                .map(|(_, arity, _)| *arity)
                .or_else(|| BUILTINS.get(name).map(|(_, arity)| *arity))
                .or_else(|| metadata::arity(name))
                .map(usize::from),
        }
    }

    /// Whether its result may stand as one more argument: regorus knows that of its own functions alone.
    pub(super) fn may_bind_result(name: &str) -> bool {
        BUILTINS.contains_key(name)
    }
}

/// Adds the functions that regorus lacks, and bounds those that it has.
pub(super) fn install(engine: &mut Engine) -> anyhow::Result<()> {
    bounded::install(engine)?;
    added::install(engine)
}

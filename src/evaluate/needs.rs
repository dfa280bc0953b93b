//! What rules need to know of a subject, and what comes of it where they do not.

use super::facts::{FactIndex, Knowledge};
use crate::normalize::Kind;
use crate::policy::{FactPath, Root, Rule};

/// A fact that a rule names, and what for.
pub(super) struct Need {
    fact: usize,
    purpose: Purpose,
    /// The kind of subject that has the fact; none for words of ztvet.yaml.
    kind: Option<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// The rule judges what is known.
    Requires,
    /// The rule cannot judge a part.
    RequiresComplete,
    /// The rule can report without it, and not pass.
    Uses,
}

/// A fact that is not known as a whole, and what it is needed for.
pub(super) struct Lack<'e> {
    fact: &'e FactPath,
    purpose: Purpose,
    knowledge: Knowledge,
}

/// Whether a rule can be run.
pub(super) enum Readiness {
    Ready,
    NotConfigured(Vec<String>),
    Missing(Vec<String>),
}

impl Need {
    /// What a rule needs.
    pub(super) fn of(rule: &Rule, facts: &mut FactIndex) -> Vec<Self> {
        let purposes = [
            (Purpose::Requires, &rule.requires),
            (Purpose::RequiresComplete, &rule.requires_complete),
            (Purpose::Uses, &rule.uses),
        ];
        let mut needs = Vec::new();
        for (purpose, named) in purposes {
            for path in named {
                needs.push(Self {
                    fact: facts.add(path),
                    purpose,
                    kind: path.kind(),
                });
            }
        }
        needs
    }
}

/// What is needed of a subject of that kind and is not known as a whole. A rule for several kinds names the facts of
/// each.
pub(super) fn lacks<'e>(
    needs: &[Need],
    kind: Kind,
    facts: &'e FactIndex,
    known: &[Knowledge],
) -> Vec<Lack<'e>> {
    let of_kind = |need: &&Need| need.kind.is_none_or(|of| of == kind);
    let lack = |need: &Need| {
        let knowledge = known.get(need.fact).copied()?;
        (knowledge != Knowledge::Whole).then_some(Lack {
            fact: facts.path(need.fact)?,
            purpose: need.purpose,
            knowledge,
        })
    };
    needs.iter().filter(of_kind).filter_map(lack).collect()
}

/// Whether a rule can be run that lacks something.
pub(super) fn readiness(lacks: &[Lack<'_>]) -> Readiness {
    let mut words = Vec::new();
    let mut missing = Vec::new();
    for lack in lacks {
        let prevents = match lack.purpose {
            Purpose::Requires => lack.knowledge == Knowledge::None,
            Purpose::RequiresComplete => true,
            Purpose::Uses => false,
        };
        if !prevents {
            continue;
        }
        match lack.fact.root() {
            Root::Subject => missing.push(lack.fact.to_string()),
            Root::Organization | Root::Tokens => words.push(lack.fact.to_string()),
            // Under the name that ztvet.yaml has for it.
            Root::Declared => {
                let member = lack.fact.as_str().strip_prefix("declared");
                words.push(format!("applications[]{}", member.unwrap_or_default()));
            }
        }
    }
    if !words.is_empty() {
        Readiness::NotConfigured(words)
    } else if !missing.is_empty() {
        Readiness::Missing(outermost(missing))
    } else {
        Readiness::Ready
    }
}

/// The facts of which a rule that was run could not see all.
pub(super) fn gaps(lacks: &[Lack<'_>], passed: bool) -> Vec<String> {
    let gaps = lacks.iter().filter(|lack| {
        lack.fact.root() == Root::Subject && (lack.purpose != Purpose::Uses || passed)
    });
    outermost(gaps.map(|lack| lack.fact.to_string()).collect())
}

/// Without the members of elements of a list that is missing itself.
fn outermost(mut missing: Vec<String>) -> Vec<String> {
    if missing.len() < 2 {
        return missing;
    }
    let lists = missing.clone();
    missing.retain(|path| match path.split_once('[') {
        Some((list, _)) => !lists.iter().any(|other| other == list),
        None => true,
    });
    missing
}

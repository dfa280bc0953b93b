//! Facts that were missing, counted without holding what was inconclusive.

use std::collections::{BTreeMap, BTreeSet};

use super::{Inconclusive, MissingFact};
use crate::digest::digest;

/// What was missing: sixteen bytes for each subject that was without any fact.
#[derive(Debug, Default)]
pub(super) struct MissingFacts {
    /// The number of each fact, and the rules that need it.
    facts: BTreeMap<String, (usize, BTreeSet<String>)>,
    /// What subjects are without, and digests of these subjects: names and ids would take many times as much.
    subjects: BTreeMap<BTreeSet<usize>, Vec<u128>>,
    /// The subject that came last, of which more may come.
    last: (u128, BTreeSet<usize>),
}

impl MissingFacts {
    pub(super) fn add(&mut self, item: &Inconclusive) {
        let subject = digest((&item.path, &item.subject));
        if subject != self.last.0 {
            let (last, facts) = std::mem::replace(&mut self.last, (subject, BTreeSet::new()));
            self.subjects.entry(facts).or_default().push(last);
        }
        for fact in &item.missing {
            let fact = self.fact(fact, &item.rule);
            self.last.1.insert(fact);
        }
    }

    /// The number of a fact that a rule needs.
    fn fact(&mut self, fact: &str, rule: &str) -> usize {
        let next = self.facts.len();
        if !self.facts.contains_key(fact) {
            self.facts.insert(fact.to_owned(), (next, BTreeSet::new()));
        }
        let Some((number, rules)) = self.facts.get_mut(fact) else {
            return next;
        };
        if !rules.contains(rule) {
            rules.insert(rule.to_owned());
        }
        *number
    }

    /// Each fact, as [`Report::missing_facts`](super::Report::missing_facts) has it.
    pub(super) fn all(&self) -> Vec<MissingFact<'_>> {
        let facts = self.facts.iter();
        facts
            .map(|(name, (number, rules))| MissingFact {
                fact: name,
                rules: rules.iter().map(String::as_str).collect(),
                subjects: self.subjects_without(*number),
            })
            .collect()
    }

    /// How many subjects are without a fact. What is said of one may have come at several times.
    fn subjects_without(&self, fact: usize) -> usize {
        let (last, facts) = &self.last;
        let all = self.subjects.iter();
        let without = all.filter(|(facts, _)| facts.contains(&fact));
        let mut subjects: Vec<u128> = without
            .flat_map(|(_, subjects)| subjects)
            .copied()
            .collect();
        subjects.extend(facts.contains(&fact).then_some(*last));
        subjects.sort_unstable();
        subjects.dedup();
        subjects.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn counts_are_those_of_the_report() {
        let mut report = fixture::rich();
        let again = report.inconclusive.clone();
        report.inconclusive.extend(again);
        let mut missing = MissingFacts::default();
        report
            .inconclusive
            .iter()
            .for_each(|item| missing.add(item));
        assert!(!report.inconclusive.is_empty());
        assert_eq!(missing.all(), report.missing_facts());
    }
}

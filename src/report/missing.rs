//! Facts that were missing, counted without holding what was inconclusive.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use super::{Inconclusive, MissingFact};

/// What was missing: some twenty bytes for each subject that was without any fact.
#[derive(Debug, Default)]
pub(super) struct MissingFacts {
    /// The number of each fact, and the rules that need it.
    facts: BTreeMap<String, (usize, BTreeSet<String>)>,
    /// The sets of facts that subjects are without.
    sets: Vec<BTreeSet<usize>>,
    numbers: HashMap<BTreeSet<usize>, usize>,
    /// What becomes of a set with one fact more.
    grown: HashMap<(Option<u32>, usize), u32>,
    /// The set of each subject, by its hash: names and ids would take many times as much.
    subjects: HashMap<u64, u32>,
}

impl MissingFacts {
    pub(super) fn add(&mut self, item: &Inconclusive) {
        let mut hasher = DefaultHasher::new();
        (&item.path, &item.subject).hash(&mut hasher);
        let subject = hasher.finish();
        for fact in &item.missing {
            let fact = self.fact(fact, &item.rule);
            let set = self.subjects.get(&subject).copied();
            let set = self.with(set, fact);
            self.subjects.insert(subject, set);
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

    /// The number of the set with one fact more.
    fn with(&mut self, set: Option<u32>, fact: usize) -> u32 {
        if let Some(known) = self.grown.get(&(set, fact)) {
            return *known;
        }
        let facts = set.and_then(|set| self.sets.get(set as usize));
        let mut facts = facts.cloned().unwrap_or_default();
        facts.insert(fact);
        let number = *self.numbers.entry(facts.clone()).or_insert(self.sets.len());
        if number == self.sets.len() {
            self.sets.push(facts);
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.grown.insert((set, fact), number);
        number
    }

    /// Each fact, as [`Report::missing_facts`](super::Report::missing_facts) has it.
    pub(super) fn all(&self) -> Vec<MissingFact<'_>> {
        let mut counts = vec![0; self.facts.len()];
        let mut sizes = vec![0; self.sets.len()];
        for set in self.subjects.values() {
            if let Some(size) = sizes.get_mut(*set as usize) {
                *size += 1;
            }
        }
        for (set, size) in self.sets.iter().zip(sizes) {
            for fact in set {
                if let Some(count) = counts.get_mut(*fact) {
                    *count += size;
                }
            }
        }
        let facts = self.facts.iter();
        facts
            .map(|(name, of)| {
                let (number, rules) = of;
                MissingFact {
                    fact: name,
                    rules: rules.iter().map(String::as_str).collect(),
                    subjects: counts.get(*number).copied().unwrap_or_default(),
                }
            })
            .collect()
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

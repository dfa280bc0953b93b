//! The posture in a few lines.

use crate::finding::Principle;
use crate::report::posture::{Outcome, Outcomes, Posture};

/// A line for all that was checked, and one for each principle where there are several.
pub(super) fn lines(posture: &Posture) -> Vec<String> {
    let checked = posture.principles.iter();
    let mut principles: Vec<_> = checked.filter(|of| of.checks.total() > 0).collect();
    if principles.is_empty() {
        return Vec::new();
    }
    let all = format!("{}{}", passed(&posture.checks), others(&posture.checks));
    if principles.len() == 1 {
        principles.clear();
    }
    let principles = principles.into_iter().map(|of| {
        let name = of.principle.map_or("Without a principle", Principle::title);
        let passed = passed(&of.checks);
        format!("{name}: {passed}{}", others(&of.checks))
    });
    std::iter::once(all).chain(principles).collect()
}

/// `174 of 237 checks passed (73 %)`
fn passed(checks: &Outcomes) -> String {
    let percent = checks.percent_passed().unwrap_or_default();
    let (passed, total) = (checks.passed, checks.total());
    format!("{passed} of {total} checks passed ({percent} %)")
}

/// `; 14 failed, 17 inconclusive`
fn others(checks: &Outcomes) -> String {
    let there = |outcome: &Outcome| *outcome != Outcome::Passed && checks.get(*outcome) > 0;
    let others = Outcome::ALL.into_iter().filter(there);
    let others: Vec<String> = others
        .map(|outcome| format!("{} {}", checks.get(outcome), outcome.as_str()))
        .collect();
    if others.is_empty() {
        return String::new();
    }
    format!("; {}", others.join(", "))
}

//! What is waived: a line for each waiver of a rule and a subject, with its reason, its owner and its last day.

use std::collections::BTreeMap;

use super::text::{count, show_subject};
use crate::finding::{Acceptance, SubjectRef};
use crate::report::Report;

/// Waived findings that have the same words.
type Group<'a> = (&'a str, &'a SubjectRef, &'a Acceptance);

pub(in crate::report) fn waived(report: &Report) -> Vec<String> {
    let mut groups: BTreeMap<Group<'_>, usize> = BTreeMap::new();
    for finding in &report.findings {
        if let Some(waiver) = &finding.waiver {
            let group = (finding.rule.as_str(), &finding.subject, waiver);
            *groups.entry(group).or_default() += 1;
        }
    }
    let line = |(group, findings)| line(group, findings);
    groups.into_iter().map(line).collect()
}

fn line((rule, subject, waiver): Group<'_>, findings: usize) -> String {
    let Acceptance {
        reason,
        approved_by,
        expires,
    } = waiver;
    let many = if findings == 1 {
        String::new()
    } else {
        format!(" ({})", count(findings, "finding"))
    };
    let subject = show_subject(subject);
    format!("{rule} for {subject}{many}: {reason}; approved by {approved_by}, until {expires}")
}

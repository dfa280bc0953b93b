//! Lines, columns and snippets of findings, looked up once and only for those that there are.

use std::collections::BTreeMap;

use super::Run;
use crate::document::{Document, Source};
use crate::engine::Inner;
use crate::finding::Finding;
use crate::normalize::{self, Kind, Subject};
use crate::parallel;

impl Inner {
    /// Finds the lines of the inventory's findings. They point into documents that are no longer held, so their sources
    /// are read again.
    pub(super) fn locate_members(&self, findings: &mut [Finding], sources: &[Source], run: &Run) {
        let mut by_path: BTreeMap<String, Vec<&mut Finding>> = BTreeMap::new();
        for finding in findings {
            if finding.subject.kind == Kind::Inventory.as_str() {
                let path = finding.location.path.clone();
                by_path.entry(path).or_default().push(finding);
            }
        }
        let with_findings = |source| Some((source, by_path.remove(&Source::path(source))?));
        let found: Vec<_> = sources.iter().filter_map(with_findings).collect();
        parallel::map(found, 1, |(source, findings)| {
            self.locate_in(source, findings, run);
        });
    }

    fn locate_in(&self, source: &Source, findings: Vec<&mut Finding>, run: &Run) {
        // What has become unreadable meanwhile leaves findings with a pointer alone.
        let Ok(documents) = run.read(source, &self.limits) else {
            return;
        };
        let mut by_document: BTreeMap<usize, Vec<&mut Finding>> = BTreeMap::new();
        for finding in findings {
            let number = finding.location.document;
            by_document.entry(number).or_default().push(finding);
        }
        for (number, findings) in by_document {
            if let Some(document) = documents.get(number) {
                let subjects = normalize::normalize(document, self.format).subjects;
                locate(document, findings, &self.secrets_in(&subjects, 0));
            }
        }
    }

    /// Pointers of what must not be shown of one of the subjects' documents.
    pub(super) fn secrets_in(&self, subjects: &[Subject], document: usize) -> Vec<String> {
        let places = |subject: &Subject| {
            let secrets = subject.secrets.iter().map(|at| subject.parse_place(at));
            let secrets: Vec<_> = secrets.flatten().collect();
            secrets
                .into_iter()
                .filter(|place| place.document == document)
        };
        let secrets = subjects.iter().flat_map(places).map(|place| place.pointer);
        let personal = subjects
            .iter()
            .flat_map(|subject| self.masking.places(subject));
        secrets.chain(personal).collect()
    }
}

/// Fills in lines, columns and snippets of findings in one document.
pub(super) fn locate(document: &Document, mut findings: Vec<&mut Finding>, secrets: &[String]) {
    if findings.is_empty() {
        return;
    }
    let mut pointers: Vec<&str> = findings
        .iter()
        .map(|f| f.location.pointer.as_str())
        .collect();
    pointers.extend(secrets.iter().map(String::as_str));
    let mut spans = document.locate(&pointers);
    let secrets = spans.split_off(findings.len());
    let secrets: Vec<_> = secrets
        .into_iter()
        .flatten()
        .map(|span| span.bytes)
        .collect();
    for (finding, span) in findings.iter_mut().zip(spans) {
        let Some(span) = span else { continue };
        // The inventory's findings point into other documents.
        if finding.location.path != document.source.path {
            continue;
        }
        let snippet = document.snippet(&span, &secrets);
        let location = &mut finding.location;
        location.line = Some(span.start_line);
        location.column = Some(span.start_column);
        location.end_line = Some(span.end_line);
        location.end_column = Some(span.end_column);
        location.snippet = Some(snippet);
    }
}

//! Documents that are nothing else, for the rules that judge such.

use super::{Unjudged, located};
use crate::document::{Document, Source};
use crate::engine::Inner;
use crate::normalize::{self, Format, Kind, Normalized};
use crate::policy::Rule;
use crate::report::{Problem, ProblemKind};

impl Inner {
    /// Takes what was not recognized in a source that the user named for documents, where a rule judges these.
    pub(super) fn take_for_documents(
        &self,
        source: &Source,
        documents: &mut [(Document, Normalized)],
        unjudged: &mut Unjudged,
    ) {
        if !self.takes_for_documents(source) {
            return;
        }
        for (document, normalized) in documents {
            let Some(reason) = &normalized.unrecognized else {
                continue;
            };
            // A text of any kind is YAML.
            let is_scalar = !document.value.is_object() && !document.value.is_array();
            if is_scalar || !reason.may_be_document() {
                continue;
            }
            let note = format!("{reason}; it is judged as a document alone");
            let place = || located(document, "");
            unjudged.notes.entry(note).or_insert_with(place);
            *normalized = normalize::normalize(document, Some(Format::Document));
        }
    }

    /// Whether what is not recognized in a source may be taken for documents.
    pub(super) fn takes_for_documents(&self, source: &Source) -> bool {
        source.named && self.judges_documents()
    }

    /// Whether documents that are nothing else are judged: where a rule names them, or every rule is for all kinds. One
    /// rule for all kinds among others must not make a pass of a registration that was not recognized.
    fn judges_documents(&self) -> bool {
        let rules = || self.evaluator.rules();
        rules().all(judges) || rules().any(|rule| judges(rule) && !rule.judges_all_kinds())
    }

    /// An error where documents are asked for, and no rule judges them.
    pub(super) fn judged_by_no_rule(&self) -> Option<Problem> {
        let asked_for = self.format == Some(Format::Document);
        (asked_for && !self.evaluator.rules().any(judges)).then(|| Problem {
            kind: ProblemKind::Policy,
            message: "no rule judges documents, which `--input-format document` asks for"
                .to_owned(),
            help: Some("add a rule with `applies_to: [document]`".to_owned()),
            location: None,
        })
    }
}

fn judges(rule: &Rule) -> bool {
    rule.applies_to.contains(&Kind::Document)
}

//! Changes of applications: two versions of each, from sources that are read for it once more.

use std::sync::Arc;

use super::{Outcome, Run};
use crate::document::Source;
use crate::engine::Inner;
use crate::normalize::{Kind, Subject};

/// An application of a run, and what must not be shown of its document.
pub(crate) struct Registration {
    pub(crate) subject: Subject,
    /// Places of the secrets of all subjects of the document: a line may hold several.
    pub(crate) secrets: Arc<Vec<String>>,
}

impl Inner {
    /// The applications of sources, in their order. What is wrong with a source is told when it is judged.
    pub(crate) fn registrations(&self, sources: &[Source], run: &Run) -> Vec<Registration> {
        let mut all = Vec::new();
        for source in sources {
            for (_, found) in self.read(source, run, &mut Outcome::default()) {
                let secrets = found.subjects.iter().flat_map(|subject| &subject.secrets);
                let secrets = Arc::new(secrets.cloned().collect());
                let subjects = found.subjects.into_iter();
                let applications = subjects.filter(|subject| subject.kind() == Kind::Application);
                all.extend(applications.map(|subject| Registration {
                    subject,
                    secrets: Arc::clone(&secrets),
                }));
            }
        }
        all
    }

    pub(super) fn check_changes(&self, changes: &[Subject], run: &Run) -> Outcome {
        let mut outcome = Outcome::default();
        for changes in changes.chunk_by(Subject::shares_all_documents) {
            self.judge(changes, run, &mut outcome);
        }
        outcome
    }
}

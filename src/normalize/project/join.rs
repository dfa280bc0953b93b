//! What the files of one project say together.

use std::collections::{BTreeMap, BTreeSet};

use super::{KindCapabilities, Package, Project, ProjectFile, ProjectFiles};
use crate::normalize::{Facts, Format, Gap, GapReason, Subject};

const PACKAGES: &str = "project.files.packages";

/// What has been gathered of one project.
#[derive(Debug, Default)]
struct Gathered {
    packages: BTreeSet<Package>,
    /// The capabilities, by the kind of section.
    sections: BTreeMap<String, BTreeSet<String>>,
    has_gap: bool,
}

/// Tells each file of a project what its other files say. Subjects of other kinds stay as they are.
pub(in crate::normalize) fn join(subjects: &mut [Subject]) {
    let roots: BTreeSet<String> = subjects
        .iter()
        .filter(|subject| matches!(subject.format, Format::Project(ProjectFile::Manifest(_))))
        .map(|subject| directory(subject.path()).to_owned())
        .collect();
    let mut projects: BTreeMap<String, Gathered> = BTreeMap::new();
    for subject in subjects.iter() {
        if let Facts::Project(facts) = &subject.facts {
            let project = projects.entry(root(subject.path(), &roots)).or_default();
            project.add(facts, &subject.gaps);
        }
    }
    let files: BTreeMap<String, (ProjectFiles, bool)> = projects
        .into_iter()
        .map(|(root, gathered)| (root, gathered.finish()))
        .collect();
    for subject in subjects {
        let root = root(subject.path(), &roots);
        if let (Facts::Project(facts), Some((said, has_gap))) =
            (&mut subject.facts, files.get(&root))
        {
            facts.files = Some(said.clone());
            if *has_gap {
                subject.gaps.push(Gap {
                    fact: PACKAGES.into(),
                    pointer: None,
                    reason: GapReason::NotCollected,
                });
            }
        }
    }
}

impl Gathered {
    fn add(&mut self, facts: &Project, gaps: &[Gap]) {
        let dependencies = facts.dependencies.iter().flatten();
        self.packages.extend(dependencies.map(|found| Package {
            ecosystem: found.ecosystem.clone(),
            normalized_name: found.normalized_name.clone(),
        }));
        for section in facts.configuration.iter().flatten() {
            let capabilities = self.sections.entry(section.kind.clone()).or_default();
            capabilities.extend(section.client_capabilities.iter().flatten().cloned());
        }
        self.has_gap |= gaps
            .iter()
            .any(|gap| gap.fact.starts_with("project.dependencies"));
    }

    fn finish(self) -> (ProjectFiles, bool) {
        let files = ProjectFiles {
            packages: self.packages.into_iter().collect(),
            configured: self.sections.keys().cloned().collect(),
            client_capabilities: self
                .sections
                .into_iter()
                .map(|(kind, capabilities)| KindCapabilities {
                    kind,
                    capabilities: capabilities.into_iter().collect(),
                })
                .collect(),
        };
        (files, self.has_gap)
    }
}

/// The nearest directory at or above a file that holds a manifest; the file's own where none does.
fn root(path: &str, roots: &BTreeSet<String>) -> String {
    let own = directory(path);
    let mut candidate = own;
    loop {
        if roots.contains(candidate) {
            return candidate.to_owned();
        }
        match candidate.rsplit_once('/') {
            Some((parent, _)) => candidate = parent,
            None if candidate.is_empty() => return own.to_owned(),
            None => candidate = "",
        }
    }
}

fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

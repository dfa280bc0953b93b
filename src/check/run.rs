//! What holds for all of one run: its time, and what can be learnt only once.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use rayon::prelude::*;

use super::Outcome;
use crate::document::{self, Document, DocumentError, Limits, Origin, Source};
use crate::engine::Inner;
use crate::normalize;
use crate::online::{DnsError, HostTable};
use crate::report::{Problem, ProblemKind};

/// One run over sources. The bytes that it holds may be secrets, so it cannot be written to logs.
pub(crate) struct Run {
    /// The evaluation's time.
    pub(crate) now: Timestamp,
    /// What DNS says of the redirect hosts; none where it was not asked.
    pub(crate) dns: Option<HostTable>,
    /// The bytes of sources that give them only once.
    held: HashMap<Origin, Result<Vec<u8>, DocumentError>>,
}

impl Run {
    /// A run over no sources.
    pub(crate) fn at(now: Timestamp) -> Self {
        Self {
            now,
            dns: None,
            held: HashMap::new(),
        }
    }

    /// All documents of a source. It may be asked for again.
    pub(super) fn read(
        &self,
        source: &Source,
        limits: &Limits,
    ) -> Result<Vec<Document>, DocumentError> {
        match self.held.get(&source.origin) {
            Some(Ok(bytes)) => document::parse(&source.path(), bytes, limits),
            Some(Err(error)) => Err(error.clone()),
            None => source.read(limits),
        }
    }
}

impl Inner {
    /// Starts a run: reads what can be read only once, and asks DNS for the redirect hosts of all applications.
    pub(super) fn start(&self, now: Timestamp, sources: &[Source], outcome: &mut Outcome) -> Run {
        let mut run = Run::at(now);
        for source in sources.iter().filter(|source| !source.is_lasting()) {
            let bytes = source.bytes(&self.limits);
            run.held.insert(source.origin.clone(), bytes);
        }
        if let Some(dns) = &self.dns {
            let hosts = self.redirect_hosts(sources, &run);
            match dns.look_up(&hosts) {
                Ok(table) => {
                    outcome.notes.extend(unanswered(&table));
                    run.dns = Some(table);
                }
                Err(error) => outcome.errors.push(dns_problem(&error)),
            }
        }
        run
    }

    /// The redirect hosts of all applications, each once. All sources are read for it, and once more when they are
    /// judged: documents are not held, and a host is asked for only once however many applications have it.
    fn redirect_hosts(&self, sources: &[Source], run: &Run) -> BTreeSet<String> {
        let of_source = |source: &Source| {
            let documents = self.read(source, run, &mut Outcome::default());
            let subjects = documents.iter().flat_map(|(_, found)| &found.subjects);
            let hosts: BTreeSet<String> = subjects
                .flat_map(normalize::redirect_hosts)
                .map(str::to_owned)
                .collect();
            hosts
        };
        let hosts = sources.par_iter().map(of_source);
        hosts.reduce(BTreeSet::new, |mut all, mut more| {
            all.append(&mut more);
            all
        })
    }
}

/// A note for each reason why hosts are not known.
fn unanswered(table: &HostTable) -> Vec<Problem> {
    const NAMED: usize = 3;
    let note = |(reason, hosts): (&str, Vec<&str>)| {
        let named: Vec<String> = hosts
            .iter()
            .take(NAMED)
            .map(|host| format!("`{host}`"))
            .collect();
        let more = match hosts.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Problem {
            kind: ProblemKind::Document,
            message: format!("DNS tells nothing of {}{more}: {reason}", named.join(", ")),
            help: None,
            location: None,
        }
    };
    table.unanswered().into_iter().map(note).collect()
}

fn dns_problem(error: &DnsError) -> Problem {
    Problem {
        kind: ProblemKind::Config,
        message: error.to_string(),
        help: Some("name a server with `--dns-server`".to_owned()),
        location: None,
    }
}

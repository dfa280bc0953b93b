//! What holds for all of one run: its time, and what can be learnt only once.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

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
    held: HashMap<Origin, Result<Held, DocumentError>>,
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
            Some(Ok(Held::Bytes(bytes))) => document::parse(&source.path(), bytes, limits),
            Some(_) => document::read_reader(&source.path(), self.open(source)?, limits),
            None => source.read(limits),
        }
    }

    /// A reader of a source. It may be asked for again, when the one before is done.
    pub(super) fn open(&self, source: &Source) -> Result<Box<dyn Read + Send>, DocumentError> {
        match self.held.get(&source.origin) {
            Some(Ok(held)) => held
                .open()
                .map_err(|error| DocumentError::io(source.path(), &error)),
            Some(Err(error)) => Err(error.clone()),
            None => source.open(),
        }
    }

    /// Whether it holds a source that gives its bytes only once.
    pub(super) fn holds(&self, source: &Source) -> bool {
        self.held.contains_key(&source.origin)
    }

    /// The size of a source.
    pub(super) fn size(&self, source: &Source) -> u64 {
        match self.held.get(&source.origin) {
            Some(Ok(Held::Bytes(bytes))) => bytes.len() as u64,
            Some(Ok(Held::File(_, size))) => *size,
            Some(Err(_)) => 0,
            None => source.size(),
        }
    }
}

/// The bytes of a source that gives them only once.
enum Held {
    Bytes(Vec<u8>),
    /// More than are held in memory: a file without a name, and its size.
    File(File, u64),
}

impl Held {
    /// Reads a source to its end.
    fn read(source: &Source, most: u64) -> Result<Self, DocumentError> {
        Self::of(source.open()?, most).map_err(|error| DocumentError::io(source.path(), &error))
    }

    fn of(mut reader: impl Read, most: u64) -> io::Result<Self> {
        let mut bytes = Vec::new();
        reader
            .by_ref()
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 <= most {
            return Ok(Self::Bytes(bytes));
        }
        let mut file = tempfile::tempfile()?;
        file.write_all(&bytes)?;
        let more = io::copy(&mut reader, &mut file)?;
        Ok(Self::File(file, bytes.len() as u64 + more))
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::Bytes(bytes) => Ok(Box::new(io::Cursor::new(bytes.clone()))),
            Self::File(file, _) => {
                let mut file = file.try_clone()?;
                file.seek(SeekFrom::Start(0))?;
                Ok(Box::new(file))
            }
        }
    }
}

impl Inner {
    /// Starts a run: reads what can be read only once, and asks DNS for the redirect hosts of all applications.
    pub(super) fn start(&self, now: Timestamp, sources: &[Source], outcome: &mut Outcome) -> Run {
        let mut run = Run::at(now);
        for source in sources.iter().filter(|source| !source.is_lasting()) {
            let held = Held::read(source, self.stream_above);
            run.held.insert(source.origin.clone(), held);
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
            let mut hosts = BTreeSet::new();
            self.each_document(source, run, |_, found| {
                let subjects = found.subjects.iter();
                hosts.extend(
                    subjects
                        .flat_map(normalize::redirect_hosts)
                        .map(str::to_owned),
                );
            });
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

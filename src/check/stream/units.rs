//! Sources in units that are worked on alone: a small source, or a chunk of a large one.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::{Progress, Run};
use crate::document::stream::{Chunk, Layout, Stream, layout};
use crate::document::{DocumentError, Source};
use crate::engine::Inner;
use crate::normalize::{self, Format};
use crate::parallel;

/// How a source is read.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    /// At once.
    Whole,
    /// Some elements at a time.
    Chunks(Layout),
    /// Not at all: it cannot be read.
    Failed(DocumentError),
    /// Not again: there is nothing in it to judge.
    Nothing,
}

/// What is worked on alone, of the source with that number.
#[derive(Debug)]
pub(super) enum Unit {
    Source(usize),
    Chunk(usize, Result<Chunk, DocumentError>),
}

/// The sources of a run, and how far they are read.
pub(super) struct Reading<'a> {
    pub(super) inner: &'a Inner,
    pub(super) sources: &'a [Source],
    pub(super) plans: Vec<Plan>,
    pub(super) run: &'a Run,
    progress: Counter<'a>,
}

struct Counter<'a> {
    tell: &'a (dyn Fn(Progress) + Sync),
    judged: bool,
    done: Arc<AtomicU64>,
    total: u64,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        inner: &'a Inner,
        sources: &'a [Source],
        run: &'a Run,
        tell: &'a (dyn Fn(Progress) + Sync),
    ) -> Self {
        let plan = |source: &Source| inner.plan(source, run);
        Self {
            inner,
            sources,
            plans: parallel::map(sources, 1, plan),
            run,
            progress: Counter {
                tell,
                judged: false,
                done: Arc::default(),
                total: sources.iter().map(|source| run.size(source)).sum(),
            },
        }
    }

    /// Begins anew.
    pub(super) fn again(&mut self, to_judge: bool) {
        self.progress.judged = to_judge;
        self.progress.done = Arc::default();
    }

    /// All units in the order of the sources.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit> + Send {
        let sources = self.sources.iter().zip(&self.plans).enumerate();
        sources.flat_map(|(number, (source, plan))| {
            let units: Box<dyn Iterator<Item = Unit> + Send + '_> = match plan {
                Plan::Whole => Box::new(std::iter::once(Unit::Source(number)).inspect(|_| {
                    self.progress
                        .done
                        .fetch_add(self.run.size(source), Ordering::Relaxed);
                    self.tell();
                })),
                Plan::Chunks(layout) => match self.chunks(source, layout) {
                    Ok(chunks) => Box::new(
                        chunks
                            .inspect(|_| self.tell())
                            .map(move |chunk| Unit::Chunk(number, chunk)),
                    ),
                    Err(error) => Box::new(std::iter::once(Unit::Chunk(number, Err(error)))),
                },
                Plan::Failed(_) | Plan::Nothing => Box::new(std::iter::empty()),
            };
            units
        })
    }

    /// The chunks of a source.
    pub(super) fn chunks(
        &self,
        source: &Source,
        layout: &Layout,
    ) -> Result<impl Iterator<Item = Result<Chunk, DocumentError>> + Send + use<>, DocumentError>
    {
        let reader = Counting {
            reader: self.run.open(source)?,
            read: Arc::clone(&self.progress.done),
        };
        Ok(Stream::new(
            &source.path(),
            reader,
            layout,
            &self.inner.limits,
        ))
    }

    fn tell(&self) {
        (self.progress.tell)(Progress::Bytes {
            judged: self.progress.judged,
            done: self.progress.done.load(Ordering::Relaxed),
            total: self.progress.total,
        });
    }
}

impl Inner {
    fn plan(&self, source: &Source, run: &Run) -> Plan {
        if run.size(source) <= self.stream_above || self.format == Some(Format::Document) {
            return Plan::Whole;
        }
        let path = source.path();
        let is_list = |value: &serde_json::Value, pointer: &str| {
            normalize::is_around_list(&path, value, pointer)
        };
        let reader = run.open(source);
        let layout = reader
            .and_then(|reader| layout(&path, reader, &self.limits, normalize::LIST_KEY, is_list));
        match layout {
            Ok(Layout::Whole) => Plan::Whole,
            Ok(layout) => Plan::Chunks(layout),
            Err(error) => Plan::Failed(error),
        }
    }
}

/// Counts the bytes that are read.
struct Counting<R> {
    reader: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

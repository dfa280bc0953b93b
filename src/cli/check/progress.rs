//! How far a check is, on a terminal.

use std::io::{self, IsTerminal};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use ztvet::Progress;

const SOURCES: &str = "{bar:40} {pos}/{len} files, {eta} left";
const BYTES: &str = "{msg} {bar:40} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left";

/// Does the work, and shows how far it is where somebody may see it.
pub fn watched<T>(is_quiet: bool, work: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> T) -> T {
    if is_quiet || !io::stderr().is_terminal() {
        return work(&|_| {});
    }
    let bar = ProgressBar::no_length();
    let shown = Mutex::new(None);
    let done = work(&|progress| {
        if let Ok(mut shown) = shown.lock() {
            show(&bar, progress, &mut shown);
        }
    });
    bar.finish_and_clear();
    done
}

/// `shown` is what the bar counts: bytes that are judged or only looked at, or else sources.
fn show(bar: &ProgressBar, progress: Progress, shown: &mut Option<Option<bool>>) {
    let (counted, done, total) = match progress {
        Progress::Sources { done, total } => (None, done as u64, total as u64),
        Progress::Bytes {
            judged,
            done,
            total,
        } => (Some(judged), done, total),
        _ => return,
    };
    if *shown != Some(counted) {
        begin(bar, counted);
        *shown = Some(counted);
    }
    bar.set_length(total);
    bar.set_position(done);
}

fn begin(bar: &ProgressBar, counted: Option<bool>) {
    let (template, message) = match counted {
        None => (SOURCES, ""),
        Some(false) => (BYTES, "reading"),
        Some(true) => (BYTES, "judging"),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(message);
    bar.reset();
}

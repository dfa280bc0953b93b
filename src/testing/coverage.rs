//! Which lines of the policies the tests evaluate.

use std::collections::{BTreeMap, BTreeSet};

use super::suite::Suite;

/// The coverage of policies. The tests themselves, and the bundled library, do not count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coverage {
    /// In the order of the files.
    pub files: Vec<FileCoverage>,
}

/// The coverage of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileCoverage {
    /// The file.
    pub path: String,
    /// Lines that were evaluated, from 1.
    pub covered: BTreeSet<usize>,
    /// Lines that can be evaluated and were not.
    pub uncovered: BTreeSet<usize>,
}

impl Suite {
    pub(super) fn coverage(&self, lines: &BTreeMap<String, BTreeSet<usize>>) -> Coverage {
        let none = BTreeSet::new();
        let own = self.outlines.iter().take(self.own);
        let files = own
            .filter(|outline| !outline.path.ends_with("_test.rego"))
            .map(|outline| {
                let evaluated = lines.get(&outline.path).unwrap_or(&none);
                FileCoverage {
                    path: outline.path.clone(),
                    covered: outline.lines.intersection(evaluated).copied().collect(),
                    uncovered: outline.lines.difference(evaluated).copied().collect(),
                }
            });
        Coverage {
            files: files.collect(),
        }
    }
}

impl Coverage {
    /// Lines that were evaluated, and all that can be.
    #[must_use]
    pub fn lines(&self) -> (usize, usize) {
        self.files.iter().fold((0, 0), |(covered, all), file| {
            let (own, of) = file.lines();
            (covered + own, all + of)
        })
    }

    /// The part of the lines that was evaluated, in percent.
    #[must_use]
    pub fn percent(&self) -> f64 {
        percent(self.lines())
    }
}

impl FileCoverage {
    /// Lines that were evaluated, and all that can be.
    #[must_use]
    pub fn lines(&self) -> (usize, usize) {
        (
            self.covered.len(),
            self.covered.len() + self.uncovered.len(),
        )
    }

    /// The part of the lines that was evaluated, in percent; all of them where there are none.
    #[must_use]
    pub fn percent(&self) -> f64 {
        percent(self.lines())
    }

    /// The lines that were not evaluated, as `3-5, 9`.
    #[must_use]
    pub fn uncovered_ranges(&self) -> String {
        let shown = ranges(&self.uncovered).into_iter().map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}-{last}")
            }
        });
        shown.collect::<Vec<_>>().join(", ")
    }
}

/// First and last of the lines that follow each other.
pub(super) fn ranges(lines: &BTreeSet<usize>) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => ranges.push((*line, *line)),
        }
    }
    ranges
}

#[allow(clippy::cast_precision_loss, reason = "files have few lines")]
fn percent((covered, all): (usize, usize)) -> f64 {
    if all == 0 {
        return 100.0;
    }
    covered as f64 * 100.0 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_ranged() {
        let file = FileCoverage {
            path: "a.rego".to_owned(),
            covered: BTreeSet::from([1, 2, 6]),
            uncovered: BTreeSet::from([3, 4, 5, 9]),
        };
        assert_eq!(file.uncovered_ranges(), "3-5, 9");
        assert_eq!(file.lines(), (3, 7));
        let empty = Coverage::default();
        assert!((empty.percent() - 100.0).abs() < f64::EPSILON);
    }
}

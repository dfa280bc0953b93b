//! The results of tests, for a reader or a machine. A renderer evaluates nothing.

pub mod coverage;
pub mod json;
pub mod junit;
pub mod table;
pub mod tap;

use super::{Case, Status, TestResult};
use crate::explain::Stop;

/// Why a test or a case did not pass, in lines.
fn reasons(message: Option<&str>, stops: &[Stop]) -> Vec<String> {
    let mut lines: Vec<String> = message.map(str::to_owned).into_iter().collect();
    lines.extend(stops.iter().flat_map(Stop::lines));
    lines
}

/// A test, or one of its cases: what is counted.
struct Leaf<'a> {
    test: &'a TestResult,
    case: Option<&'a Case>,
    status: Status,
}

impl Leaf<'_> {
    /// `test_x`, or `test_x/case`.
    fn name(&self) -> String {
        match self.case {
            None => self.test.name.clone(),
            Some(case) => format!("{}/{}", self.test.name, case.name.join("/")),
        }
    }

    fn reasons(&self) -> Vec<String> {
        match self.case {
            None => reasons(self.test.message.as_deref(), &self.test.stops),
            Some(case) => reasons(None, &case.stops),
        }
    }
}

fn leaves(test: &TestResult) -> Vec<Leaf<'_>> {
    if test.cases.is_empty() {
        return vec![Leaf {
            test,
            case: None,
            status: test.status,
        }];
    }
    let cases = test.cases.iter();
    cases
        .map(|case| Leaf {
            test,
            case: Some(case),
            status: case.status,
        })
        .collect()
}

/// A duration in the unit that suits it.
fn time(duration: std::time::Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds >= 1.0 {
        format!("{seconds:.2} s")
    } else {
        format!("{:.2} ms", seconds * 1e3)
    }
}

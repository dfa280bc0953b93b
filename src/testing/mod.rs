//! Unit tests of policies: rules whose names start with `test_`, as OPA has them.
//!
//! ```
//! let suite = ztvet::testing::Suite::load(&["examples/policies"]).map_err(|error| error.to_string())?;
//! let report = suite.run(&ztvet::testing::Options::default());
//! assert!(report.has_passed());
//! # Ok::<(), String>(())
//! ```

mod coverage;
mod parameterized;
pub mod report;
mod run;
mod suite;

pub use self::coverage::{Coverage, FileCoverage};
pub use self::run::{Case, Status, TestReport, TestResult};
pub use self::suite::{Options, Suite, SuiteError};

//! Policy as code for the Zero Trust posture of applications on the Microsoft identity platform.
pub mod document;
pub mod finding;
pub mod normalize;
pub mod report;

//! The `ztvet` command.
fn main() {}

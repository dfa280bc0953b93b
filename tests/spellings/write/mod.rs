//! A small writer for each format.

pub mod aad_graph;
pub mod arm;
pub mod graph;
pub mod powershell;
pub mod terraform;

/// RFC 3339, as all formats but PowerShell's have dates.
fn date(seconds: i64) -> String {
    let date = jiff::Timestamp::from_second(seconds);
    date.map(|date| date.to_string()).unwrap_or_default()
}

//! Writes a tenant of made-up registrations:
//! `cargo run --release --example tenant -- --applications 1000 --layout ndjson --output tenant.ndjson`.

#[path = "mod.rs"]
mod tenant;

mod layout;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use self::layout::Layout;
use self::tenant::Tenant;

#[derive(Parser)]
struct Arguments {
    /// How many registrations
    #[arg(long, default_value_t = 1000)]
    applications: u64,
    /// The same seed gives the same tenant
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The form: a line each, one page as Microsoft Graph answers, or a file each
    #[arg(long, value_enum, default_value_t = Layout::Ndjson)]
    layout: Layout,
    /// The file or directory to write
    #[arg(long)]
    output: PathBuf,
    /// Write what the organisation says of itself to this file as well
    #[arg(long)]
    configuration: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let tenant = Tenant::new(arguments.seed);
    arguments
        .layout
        .write(tenant, arguments.applications, &arguments.output)?;
    if let Some(path) = &arguments.configuration {
        std::fs::write(path, tenant.configuration())?;
    }
    Ok(())
}

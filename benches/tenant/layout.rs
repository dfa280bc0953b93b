//! The forms in which a tenant is written.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};

use super::tenant::{Spelling, Tenant};

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Layout {
    Ndjson,
    Page,
    Directory,
}

impl Layout {
    /// Writes one registration after the other, and keeps none.
    pub fn write(self, tenant: Tenant, count: u64, path: &Path) -> Result<()> {
        let written = match self {
            Self::Ndjson => ndjson(tenant, count, path),
            Self::Page => page(tenant, count, path),
            Self::Directory => directory(tenant, count, path),
        };
        written.with_context(|| format!("cannot write `{}`", path.display()))
    }
}

fn ndjson(tenant: Tenant, count: u64, path: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for index in 0..count {
        serde_json::to_writer(&mut file, &tenant.application(index, Spelling::Mixed))?;
        writeln!(file)?;
    }
    Ok(file.flush()?)
}

fn page(tenant: Tenant, count: u64, path: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let context = "https://graph.microsoft.com/beta/$metadata#applications";
    write!(file, "{{\"@odata.context\":\"{context}\",\"value\":[")?;
    for index in 0..count {
        if index > 0 {
            write!(file, ",")?;
        }
        serde_json::to_writer(&mut file, &tenant.application(index, Spelling::Graph))?;
    }
    writeln!(file, "]}}")?;
    Ok(file.flush()?)
}

/// A thousand files in a directory.
fn directory(tenant: Tenant, count: u64, path: &Path) -> Result<()> {
    for index in 0..count {
        let directory = path.join(format!("{:04}", index / 1000));
        if index % 1000 == 0 {
            std::fs::create_dir_all(&directory)?;
        }
        let mut file = BufWriter::new(File::create(directory.join(format!("{index:07}.json")))?);
        serde_json::to_writer_pretty(&mut file, &tenant.application(index, Spelling::Mixed))?;
        writeln!(file)?;
        file.flush()?;
    }
    Ok(())
}

//! `ztvet init`

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Outcome, output};

/// Write a commented ztvet.yaml, a first policy and its test
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to
    #[arg(value_name = "DIR", default_value = ".")]
    directory: PathBuf,
}

/// Name and text of what is written. The project's own tests run them.
const FILES: [(&str, &str); 3] = [
    ("ztvet.yaml", include_str!("init/ztvet.yaml")),
    (
        "policies/redirect_domain.rego",
        include_str!("init/redirect_domain.rego"),
    ),
    (
        "policies/redirect_domain_test.rego",
        include_str!("init/redirect_domain_test.rego"),
    ),
];

pub fn run(args: &Args) -> Result<Outcome> {
    refuse_existing(&args.directory)?;
    for (name, text) in FILES {
        write(&args.directory.join(name), text)?;
    }
    output::write(None, |writer| {
        for (name, _) in FILES {
            writeln!(writer, "wrote {}", args.directory.join(name).display())?;
        }
        writeln!(writer, "\nnext:")?;
        if args.directory != Path::new(".") {
            writeln!(writer, "  cd {}", args.directory.display())?;
        }
        writeln!(
            writer,
            "  ztvet test                      # run the tests of the policy"
        )?;
        writeln!(writer, "  az ad app list --all > apps.json")?;
        writeln!(
            writer,
            "  ztvet check apps.json           # judge your registrations by it and by the bundled rules"
        )
    })?;
    Ok(Outcome::Passed)
}

/// Nothing is written where anything would be overwritten.
fn refuse_existing(directory: &Path) -> Result<()> {
    let existing = FILES.iter().map(|(name, _)| directory.join(name));
    let existing: Vec<String> = existing
        .filter(|path| path.symlink_metadata().is_ok())
        .map(|path| format!("`{}`", path.display()))
        .collect();
    if existing.is_empty() {
        return Ok(());
    }
    let verb = if existing.len() == 1 { "is" } else { "are" };
    bail!(
        "{} {verb} there already, and nothing was written: name another directory, or move what is there",
        existing.join(", ")
    );
}

fn write(path: &Path, text: &str) -> Result<()> {
    let cannot = || format!("cannot write `{}`", path.display());
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).with_context(cannot)?;
    }
    // A file that has come to be since the check is not overwritten either.
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => file.write_all(text.as_bytes()).with_context(cannot),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("`{}` is there already", path.display())
        }
        Err(error) => Err(error).with_context(cannot),
    }
}

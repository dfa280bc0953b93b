//! Options about tokens.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use ztvet::EngineBuilder;
use ztvet::signature::Keys;

/// How tokens are checked and shown.
#[derive(Debug, Args)]
#[command(next_help_heading = "Tokens")]
pub struct Tokens {
    /// Check signatures with the keys of this JSON Web Key Set
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// Check signatures with the keys that the issuers publish, fetched over HTTPS
    #[cfg(feature = "http")]
    #[arg(long, conflicts_with = "jwks")]
    fetch_keys: bool,
    /// Show names, addresses and other personal data, which are masked otherwise
    #[arg(long)]
    show_personal_data: bool,
}

impl Tokens {
    /// Tells the engine.
    pub fn apply(&self, builder: EngineBuilder) -> Result<EngineBuilder> {
        let builder = builder.show_personal_data(self.show_personal_data);
        #[cfg(feature = "http")]
        if self.fetch_keys {
            use ztvet::signature::{Https, Schedule};
            return Ok(builder.fetch_keys(Https::default(), Schedule::default()));
        }
        Ok(match self.jwks.as_deref().map(Keys::load).transpose()? {
            Some(keys) => builder.keys(keys),
            None => builder,
        })
    }
}

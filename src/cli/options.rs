//! Options that several commands share.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use etcetera::{BaseStrategy as _, choose_base_strategy};
use ztvet::config::FILE_NAME;
use ztvet::document::Limits;
use ztvet::normalize::Format;
use ztvet::online::Dns;
use ztvet::{Config, Engine, EngineBuilder};

/// Where rules come from, and what is said of them.
#[derive(Debug, Args)]
pub struct Policies {
    /// Configuration file [default: ztvet.yaml in the working directory, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A policy file, a directory of policies, or an OPA bundle, besides the bundled rules; repeatable
    #[arg(long, value_name = "PATH")]
    policy: Vec<PathBuf>,
    /// A JSON or YAML file, or a directory of them, that policies see under `data`; repeatable
    #[arg(long, value_name = "PATH")]
    data: Vec<PathBuf>,
    /// Evaluate only these rules: ids or principles, with commas; repeatable
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave these rules out: ids or principles, with commas; repeatable
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
}

/// What to read, and how.
#[derive(Debug, Args)]
pub struct Reading {
    /// Files, directories, globs; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<String>,
    #[command(flatten)]
    how: How,
}

/// How to read, and when.
#[derive(Debug, Args)]
pub struct How {
    /// Take every document for one of this format instead of detecting it
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::ALL.map(Format::as_str)))]
    input_format: Option<String>,
    /// Ask other machines: `dns` looks up the hosts of redirect URIs, and nothing else leaves this machine
    #[arg(long, value_enum, value_name = "WHAT")]
    online: Option<Online>,
    /// The DNS server to ask, as IP or IP:PORT, instead of the system's
    #[arg(long, value_name = "SERVER", requires = "online", value_parser = dns_server)]
    dns_server: Option<SocketAddr>,
    /// The evaluation's time, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
    /// Largest file that is read as a whole, and largest element of one that is not, in MiB
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().max_bytes >> 20)]
    max_file_size: u64,
    /// Deepest nesting of lists and objects
    #[arg(long, value_name = "LEVELS", default_value_t = Limits::default().max_depth)]
    max_depth: usize,
}

/// How much is done at once.
#[derive(Debug, Args)]
pub struct Threads {
    /// Number of threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

impl Threads {
    /// Sets it for the whole process, which reads, judges and writes on the same threads.
    pub fn apply(&self) -> Result<()> {
        let Some(jobs) = self.jobs else {
            return Ok(());
        };
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(jobs))
            .build_global()
            .context("cannot start the threads")
    }
}

/// What earlier runs left.
#[derive(Debug, Args)]
pub struct Caching {
    /// Keep what comes of each file in this directory, and judge only what has changed since [default: ztvet in the user's
    /// directory for caches]
    #[arg(
        long,
        value_name = "DIR",
        env = "ZTVET_CACHE_DIR",
        hide_env_values = true
    )]
    cache_dir: Option<OsString>,
    /// Judge everything, and keep nothing
    #[arg(long)]
    no_cache: bool,
}

impl Caching {
    /// Tells the engine.
    pub fn apply(&self, builder: EngineBuilder) -> EngineBuilder {
        builder.cache(self.directory())
    }

    fn directory(&self) -> Option<PathBuf> {
        match &self.cache_dir {
            _ if self.no_cache => None,
            // A variable that is set to nothing names no directory.
            Some(named) => (!named.is_empty()).then(|| PathBuf::from(named)),
            None => default_cache(),
        }
    }
}

/// Where the platform keeps caches; none where nothing can be kept there, which is nobody's mistake.
fn default_cache() -> Option<PathBuf> {
    let directory = choose_base_strategy().ok()?.cache_dir().join("ztvet");
    std::fs::create_dir_all(&directory).ok()?;
    Some(directory)
}

/// What may be asked of other machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Online {
    /// The hosts of redirect URIs, of DNS
    Dns,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes the choice hold for everything that is written from here on.
    pub fn apply(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

impl Policies {
    /// The configuration, and an engine with the bundled and the organisation's own rules.
    pub fn load(&self) -> Result<(Config, EngineBuilder)> {
        let (name, config) = config(self.config.as_deref())?;
        let mut builder = Engine::builder().bundled()?.config(&name, config.clone());
        for path in &self.policy {
            builder = builder.policy_dir(path)?;
        }
        for path in &self.data {
            builder = builder.data(path)?;
        }
        Ok((
            config,
            builder
                .select(self.select.iter().cloned())
                .ignore(self.ignore.iter().cloned()),
        ))
    }
}

/// The configuration and its name: the file given, else `ztvet.yaml` in the working directory, else an empty one.
pub fn config(path: Option<&Path>) -> Result<(String, Config)> {
    let default = Path::new(FILE_NAME);
    let path = match path {
        Some(path) => path,
        None if default.is_file() => default,
        None if Path::new("ztvet.yml").is_file() => {
            bail!("`ztvet.yml` is not read: rename it to `{FILE_NAME}`, or name it with `--config`")
        }
        None => return Ok((FILE_NAME.to_owned(), Config::default())),
    };
    Ok((path.display().to_string(), Config::load(path)?))
}

impl Reading {
    /// Tells the engine how to read.
    pub fn apply(&self, builder: EngineBuilder) -> Result<EngineBuilder> {
        self.how.apply(builder)
    }
}

impl How {
    /// How much one source may ask for.
    pub fn limits(&self) -> Limits {
        Limits {
            max_bytes: self.max_file_size.saturating_mul(1 << 20),
            max_depth: self.max_depth,
            ..Limits::default()
        }
    }

    /// Tells the engine how to read.
    pub fn apply(&self, builder: EngineBuilder) -> Result<EngineBuilder> {
        let builder = builder
            .format(self.input_format.as_deref().and_then(Format::parse))
            .dns(
                self.online
                    .map(|Online::Dns| self.dns_server.map_or_else(Dns::system, Dns::server)),
            )
            .limits(self.limits());
        at(builder, self.now.as_deref())
    }
}

fn dns_server(text: &str) -> Result<SocketAddr> {
    const PORT: u16 = 53;
    let ip = || Some(SocketAddr::new(text.parse().ok()?, PORT));
    let address = text.parse().ok().or_else(ip);
    address.context(
        "expected an IP address with or without a port, such as 192.0.2.53 or [2001:db8::53]:5353",
    )
}

/// Sets the evaluation's time, where one is given.
pub fn at(builder: EngineBuilder, now: Option<&str>) -> Result<EngineBuilder> {
    let Some(now) = now else {
        return Ok(builder);
    };
    let Some(now) = ztvet::normalize::parse_date(now) else {
        bail!("`--now {now}` is not a date, expected one like 2026-11-23T06:00:00Z");
    };
    Ok(builder.now(now))
}

/// Builds an engine, with the reason when it cannot be built.
pub fn build(builder: EngineBuilder) -> Result<Engine> {
    builder.build().context("the rules cannot be used")
}

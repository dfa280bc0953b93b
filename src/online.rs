//! What other machines say: the only room that reaches the network, and only when it is asked to.
//!
//! DNS is asked for the redirect hosts of applications, each once. Nothing but their names leaves the machine.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError as NoAnswer, NetError, NoRecords};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use tokio::task::JoinSet;

use crate::normalize::application::HostLookup;

/// How many hosts are looked up at the same time.
const CONCURRENT: usize = 32;
/// How many aliases are followed.
const MAX_ALIASES: usize = 16;
/// The ends of names that public DNS knows nothing of.
const NOT_IN_DNS: [&str; 4] = [".invalid", ".local", ".localhost", ".onion"];

const TIMED_OUT: &str = "the lookup timed out";

/// Which DNS servers to ask, and how long to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dns {
    server: Option<SocketAddr>,
    timeout: Duration,
}

/// Why DNS cannot be asked at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("DNS cannot be asked: {0}")]
pub struct DnsError(String);

/// What DNS says of hosts.
#[derive(Debug, Default)]
pub(crate) struct HostTable {
    hosts: BTreeMap<String, HostLookup>,
}

impl HostTable {
    /// What is known of each host, by its name without a final dot.
    pub(crate) fn hosts(&self) -> &BTreeMap<String, HostLookup> {
        &self.hosts
    }

    /// The hosts of which nothing is known, by the reason.
    pub(crate) fn unanswered(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut unanswered: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (host, lookup) in &self.hosts {
            if let Some(reason) = &lookup.no_answer {
                unanswered.entry(reason).or_default().push(host);
            }
        }
        unanswered
    }
}

impl Dns {
    /// The system's servers.
    #[must_use]
    pub fn system() -> Self {
        Self {
            server: None,
            timeout: Duration::from_secs(5),
        }
    }

    /// One server, over UDP and TCP.
    #[must_use]
    pub fn server(address: SocketAddr) -> Self {
        Self {
            server: Some(address),
            ..Self::system()
        }
    }

    /// How long to wait for an answer, a second try included: 5 seconds unless it is set.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Looks up hosts, which have no final dot. What gave no answer is in the table with the reason.
    pub(crate) fn look_up(&self, hosts: &BTreeSet<String>) -> Result<HostTable, DnsError> {
        if hosts.is_empty() {
            return Ok(HostTable::default());
        }
        let fail = |error: &dyn std::fmt::Display| DnsError(error.to_string());
        // The caller may be within a runtime of its own, in which another one cannot be started.
        let on_thread = || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(|error| fail(&error))?;
            runtime.block_on(async {
                let resolver = self.resolver().map_err(|error| fail(&error))?;
                Ok(look_up_all(&resolver, hosts, self.timeout).await)
            })
        };
        std::thread::scope(|scope| scope.spawn(on_thread).join())
            .unwrap_or_else(|_| Err(DnsError("the resolver stopped".to_owned())))
    }

    fn resolver(&self) -> Result<TokioResolver, NetError> {
        let mut builder = match self.server {
            Some(address) => {
                let mut server = NameServerConfig::udp_and_tcp(address.ip());
                for connection in &mut server.connections {
                    connection.port = address.port();
                }
                let config = ResolverConfig::from_name_servers(vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
            None => TokioResolver::builder_tokio()?,
        };
        let options = builder.options_mut();
        options.timeout = self.timeout / 2;
        options.attempts = 1;
        options.preserve_intermediates = true;
        // What one machine's file says holds nowhere else.
        options.use_hosts_file = ResolveHosts::Never;
        builder.build()
    }
}

async fn look_up_all(
    resolver: &TokioResolver,
    hosts: &BTreeSet<String>,
    timeout: Duration,
) -> HostTable {
    // Whatever becomes of a lookup, its host is in the table.
    let not_asked = |host: &String| (host.clone(), unanswered("the lookup was given up"));
    let mut table: BTreeMap<String, HostLookup> = hosts.iter().map(not_asked).collect();
    let mut waiting = hosts.iter().cloned();
    let mut running = JoinSet::new();
    loop {
        while running.len() < CONCURRENT {
            let Some(host) = waiting.next() else { break };
            let resolver = Questions {
                resolver: resolver.clone(),
                timeout,
            };
            running.spawn(async move {
                let lookup = resolver.look_up(&host).await;
                (host, lookup)
            });
        }
        match running.join_next().await {
            Some(Ok((host, lookup))) => table.insert(host, lookup),
            Some(Err(_)) => continue,
            None => return HostTable { hosts: table },
        };
    }
}

fn unanswered(reason: &str) -> HostLookup {
    HostLookup {
        no_answer: Some(reason.to_owned()),
        ..HostLookup::default()
    }
}

/// What a server says of a name and a type of record.
enum Answer {
    /// There are such records.
    Records(Lookup),
    /// The name exists and has none.
    NoRecords,
    /// The name does not exist.
    NoName,
    /// Nothing, and why.
    None(&'static str),
}

/// Where aliases lead.
enum Aliases {
    Names(Vec<String>),
    Circle,
    None(&'static str),
}

struct Questions {
    resolver: TokioResolver,
    timeout: Duration,
}

impl Questions {
    async fn look_up(&self, host: &str) -> HostLookup {
        let is_in_dns = host.contains('.') && !NOT_IN_DNS.iter().any(|end| host.ends_with(end));
        let name = Name::from_ascii(format!("{host}.")).ok();
        let Some(name) = name.filter(|_| is_in_dns) else {
            return unanswered("it is no name in public DNS");
        };
        let ipv4 = self.ask(&name, RecordType::A).await;
        let ipv6 = match ipv4 {
            Answer::NoName | Answer::NoRecords => self.ask(&name, RecordType::AAAA).await,
            Answer::None(reason) if reason != TIMED_OUT => self.ask(&name, RecordType::AAAA).await,
            Answer::None(_) | Answer::Records(_) => Answer::None(TIMED_OUT),
        };
        match (ipv4, ipv6) {
            (Answer::Records(lookup), _) | (_, Answer::Records(lookup)) => HostLookup {
                resolves: Some(true),
                cname: aliases_in(&lookup, &name),
                no_answer: None,
            },
            // A name without addresses can be registered by nobody else.
            (Answer::NoRecords, _) | (_, Answer::NoRecords) => {
                self.without_address(&name, true).await
            }
            (Answer::None(reason), _) | (_, Answer::None(reason)) => unanswered(reason),
            (Answer::NoName, Answer::NoName) => self.without_address(&name, false).await,
        }
    }

    /// A name of which there is no address, because its end exists without one or does not exist.
    async fn without_address(&self, name: &Name, exists: bool) -> HostLookup {
        match self.aliases(name).await {
            Aliases::Names(cname) => HostLookup {
                resolves: Some(exists),
                cname,
                no_answer: None,
            },
            Aliases::Circle => unanswered("its aliases lead in a circle"),
            Aliases::None(reason) => unanswered(reason),
        }
    }

    /// Follows aliases one by one: an answer that ends at a missing name need not have them.
    async fn aliases(&self, name: &Name) -> Aliases {
        let mut names = Vec::new();
        let mut name = name.clone();
        loop {
            let target = match self.ask(&name, RecordType::CNAME).await {
                Answer::Records(lookup) => alias_of(&lookup, &name),
                Answer::NoRecords | Answer::NoName => None,
                Answer::None(reason) => return Aliases::None(reason),
            };
            let Some(target) = target else {
                return Aliases::Names(names);
            };
            if names.len() == MAX_ALIASES {
                return Aliases::Circle;
            }
            names.push(text(&target));
            name = target;
        }
    }

    async fn ask(&self, name: &Name, record_type: RecordType) -> Answer {
        let lookup = self.resolver.lookup(name.clone(), record_type);
        match tokio::time::timeout(self.timeout, lookup).await {
            Err(_) => Answer::None(TIMED_OUT),
            Ok(Ok(lookup)) => {
                let has_records = lookup
                    .answers()
                    .iter()
                    .any(|r| r.record_type() == record_type);
                if has_records {
                    Answer::Records(lookup)
                } else {
                    Answer::NoRecords
                }
            }
            Ok(Err(NetError::Dns(NoAnswer::NoRecordsFound(none)))) => negative(&none),
            Ok(Err(error)) => Answer::None(reason(&error)),
        }
    }
}

fn negative(none: &NoRecords) -> Answer {
    match none.response_code {
        ResponseCode::NXDomain => Answer::NoName,
        // Only a server that has the zone says that there is nothing, and shows its start of authority.
        ResponseCode::NoError if none.ns.is_some() && none.soa.is_none() => {
            Answer::None("the server does not look names up for others")
        }
        ResponseCode::NoError => Answer::NoRecords,
        _ => Answer::None("the server answered with an error"),
    }
}

fn reason(error: &NetError) -> &'static str {
    match error {
        NetError::Timeout => TIMED_OUT,
        NetError::Dns(NoAnswer::ResponseCode(ResponseCode::ServFail)) => {
            "the server failed (SERVFAIL)"
        }
        NetError::Dns(NoAnswer::ResponseCode(ResponseCode::Refused)) => {
            "the server refused to answer (REFUSED)"
        }
        NetError::Dns(_) => "the server answered with an error",
        NetError::Io(_) | NetError::NoConnections | NetError::Busy => "no server can be reached",
        _ => "the answer cannot be used",
    }
}

/// The aliases that an answer holds, from a name on.
fn aliases_in(lookup: &Lookup, name: &Name) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = name.clone();
    while let Some(target) = alias_of(lookup, &name).filter(|_| names.len() < MAX_ALIASES) {
        names.push(text(&target));
        name = target;
    }
    names
}

fn alias_of(lookup: &Lookup, name: &Name) -> Option<Name> {
    let of_name = lookup
        .answers()
        .iter()
        .filter(|record| record.name == *name);
    of_name
        .filter_map(|record| match &record.data {
            RData::CNAME(target) => Some(target.0.clone()),
            _ => None,
        })
        .next()
}

/// A name as hosts are written: in lower case, without a final dot.
fn text(name: &Name) -> String {
    let text = name.to_ascii().to_ascii_lowercase();
    text.trim_end_matches('.').to_owned()
}

//! Keys from where their issuers publish them, kept for a day.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::keys::{Keys, json, member};
use super::{Outcome, Signed};
use crate::normalize::token::TokenIssuer;

/// Fetches what stands at an address.
pub trait Transport: Send + Sync {
    /// The body of the answer. It must come from that very address: redirects are not followed.
    ///
    /// # Errors
    /// When there is no answer in time, it is no success, or it is too large.
    fn get(&self, url: &Url) -> Result<Vec<u8>, FetchError>;
}

/// Why something could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FetchError(pub String);

/// When keys are fetched anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// How long keys are used before they are fetched anew: a day. Where that fails they are used as long again.
    pub max_age: Duration,
    /// The least time between two attempts, whatever tokens ask for: five minutes.
    pub min_interval: Duration,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            max_age: Duration::from_secs(24 * 60 * 60),
            min_interval: Duration::from_secs(5 * 60),
        }
    }
}

pub(super) const FAILED: &str = "the issuer's keys could not be fetched";

/// Hosts of Microsoft's that publish keys.
const HOSTS: [&str; 5] = [
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
    "login.microsoftonline.de",
    "login.windows.net",
];

/// Fetches keys as tokens ask for them.
pub(crate) struct Fetcher {
    transport: Box<dyn Transport>,
    schedule: Schedule,
    /// The one address of metadata, where it is configured.
    metadata: Option<Url>,
    /// The organisation's tenants, whose own metadata is asked for.
    tenants: Vec<String>,
    /// By the address of the metadata. No token adds an address of its own choice.
    slots: Mutex<HashMap<Url, Arc<Slot>>>,
}

/// What was fetched from one address.
#[derive(Default)]
struct Slot {
    keys: Mutex<Option<Fetched>>,
    /// The last attempt; it is held while one is under way.
    attempt: Mutex<Option<Attempt>>,
}

#[derive(Clone)]
struct Fetched {
    keys: Arc<Keys>,
    at: Instant,
}

struct Attempt {
    at: Instant,
    error: Option<String>,
}

impl Fetcher {
    pub(crate) fn new(
        transport: Box<dyn Transport>,
        schedule: Schedule,
        metadata: Option<&str>,
        tenants: &[String],
    ) -> Result<Self, String> {
        let metadata = metadata.map(metadata_url).transpose()?;
        Ok(Self {
            transport,
            schedule,
            metadata,
            tenants: tenants
                .iter()
                .map(|tenant| tenant.to_ascii_lowercase())
                .collect(),
            slots: Mutex::default(),
        })
    }

    /// Checks a signature. The error says why there are no keys to check it with.
    pub(super) fn verify(&self, signed: &Signed<'_>) -> Result<Outcome, String> {
        let url = self.url(signed.issuer)?;
        let slot = Arc::clone(lock(&self.slots).entry(url.clone()).or_default());
        if let Some(fetched) = slot.fetched(self.schedule.max_age) {
            let outcome = fetched.verify(signed);
            if outcome != Outcome::UnknownKey {
                return Ok(outcome);
            }
        }
        let error = self.refresh(&slot, &url);
        match (slot.fetched(self.schedule.max_age * 2), error) {
            (Some(keys), _) => Ok(keys.verify(signed)),
            (None, Some(error)) => Err(format!("{FAILED}: {error}")),
            (None, None) => Err(FAILED.to_owned()),
        }
    }

    /// Fetches the keys anew, unless that was done a moment ago; the error of the last attempt.
    fn refresh(&self, slot: &Slot, url: &Url) -> Option<String> {
        let mut attempt = lock(&slot.attempt);
        let is_recent = |last: &Attempt| last.at.elapsed() < self.schedule.min_interval;
        if let Some(last) = attempt.as_ref().filter(|last| is_recent(last)) {
            return last.error.clone();
        }
        let error = match self.fetch(url) {
            Ok(keys) => {
                *lock(&slot.keys) = Some(Fetched {
                    keys: Arc::new(keys),
                    at: Instant::now(),
                });
                None
            }
            Err(error) => Some(error),
        };
        *attempt = Some(Attempt {
            at: Instant::now(),
            error: error.clone(),
        });
        error
    }

    fn fetch(&self, url: &Url) -> Result<Keys, String> {
        let get = |url: &Url| {
            let got = self.transport.get(url);
            got.map_err(|error| format!("{url}: {error}"))
        };
        let configuration = get(url)?;
        let value = json(url.as_str(), &configuration).map_err(|error| error.to_string())?;
        let address =
            member(url.as_str(), &value, "jwks_uri").map_err(|error| error.to_string())?;
        let keys_url = https(&address).filter(|keys_url| is_trusted(keys_url, url));
        let keys_url = keys_url.ok_or_else(|| {
            format!("{url}: `jwks_uri` is neither at this host nor at one of Microsoft's")
        })?;
        Keys::parse(keys_url.as_str(), &get(&keys_url)?)
            .and_then(|keys| keys.of_issuer(url.as_str(), &configuration))
            .map_err(|error| error.to_string())
    }

    /// Where the metadata of an issuer stands.
    fn url(&self, issuer: &TokenIssuer) -> Result<Url, String> {
        if let Some(url) = &self.metadata {
            return Ok(url.clone());
        }
        let (Some(authority), Some(tenant)) = (issuer.authority(), issuer.tenant.as_deref()) else {
            return Err("no keys are fetched of an issuer that is not Microsoft's".to_owned());
        };
        let is_own = self.tenants.iter().any(|own| own == tenant);
        if issuer.is_external() && !is_own {
            return Err(
                "no keys are fetched of a tenant of External ID that is not among `organization.tenants`"
                    .to_owned(),
            );
        }
        let tenant = if is_own { tenant } else { "common" };
        let version = if issuer.version == Some(1) {
            ""
        } else {
            "/v2.0"
        };
        let address = format!("{authority}{tenant}{version}/.well-known/openid-configuration");
        Url::parse(&address).map_err(|error| error.to_string())
    }
}

impl Slot {
    fn fetched(&self, max_age: Duration) -> Option<Arc<Keys>> {
        let fetched = lock(&self.keys).clone()?;
        (fetched.at.elapsed() <= max_age).then_some(fetched.keys)
    }
}

/// The lock, also where a thread that held it panicked: what it guards is replaced as a whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn metadata_url(text: &str) -> Result<Url, String> {
    https(text)
        .ok_or_else(|| format!("`tokens.metadata_url` is `{text}`, expected an https address"))
}

fn https(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    (url.scheme() == "https" && url.has_host() && is_plain).then_some(url)
}

/// Whether keys at an address may be used for the metadata that names it.
fn is_trusted(keys: &Url, metadata: &Url) -> bool {
    let host = keys.host_str().unwrap_or_default();
    let is_microsoft = HOSTS.contains(&host) && keys.port().is_none();
    is_microsoft || keys.origin() == metadata.origin()
}

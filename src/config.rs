//! `ztvet.yaml`: what the organisation says of itself, of its applications, and of the rules.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::Severity;
use crate::normalize::input::{Access, AppType, Declared, Environment};
use crate::normalize::{Facts, Subject};
use crate::policy::{BundleKey, PolicySource};
use crate::waiver;
pub use crate::waiver::{DeclaredWaiver, Places};

/// The name that is looked for when no configuration is given.
pub const FILE_NAME: &str = "ztvet.yaml";

/// The configuration of a run.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a mapping")]
#[schemars(title = "ztvet.yaml")]
pub struct Config {
    /// The version of this file's form: 1.
    #[schemars(extend("maximum" = 1, "minimum" = 1))]
    pub version: Option<u32>,
    /// What is the organisation's own.
    pub organization: Organization,
    /// What a token must hold to be accepted.
    pub tokens: Tokens,
    /// What each registration is meant to be.
    pub applications: Vec<DeclaredApplication>,
    /// Files, directories and OPA bundles with the organisation's own policies, relative to this file.
    pub policies: Vec<PolicySource>,
    /// JSON and YAML files, and directories of them, that policies see under `data`, relative to this file.
    pub data: Vec<PathBuf>,
    /// Keys by id. Where there are any, bundles must be signed with one of them.
    pub bundle_keys: BTreeMap<String, BundleKey>,
    /// Functions that policies may call although they do not depend on the input alone: `time.now_ns`, `rand.intn`.
    pub allow_builtins: Vec<String>,
    /// Values for the parameters of rules, by rule id and name.
    pub parameters: BTreeMap<String, BTreeMap<String, Value>>,
    /// Severities that replace those of the rules, by rule id.
    pub severity: BTreeMap<String, Severity>,
    /// Ids or principles of rules that are not evaluated.
    pub ignore: Vec<String>,
    /// Findings that are accepted for a time.
    pub waivers: Vec<DeclaredWaiver>,
    /// What fails a check: findings of that severity and above, or any `new` one. `high` where nothing is said.
    pub fail_on: Option<FailOn>,
}

/// What fails a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Critical findings alone.
    Critical,
    /// High and critical ones.
    #[default]
    High,
    /// Medium ones and above.
    Medium,
    /// Low ones and above.
    Low,
    /// Any finding.
    Info,
    /// Any finding that is not in the baseline, without which there is no telling.
    New,
    /// No finding.
    Never,
}

impl FailOn {
    /// The least severity of an open finding that fails a check, none when nothing does.
    #[must_use]
    pub const fn threshold(self) -> Option<Severity> {
        match self {
            Self::Critical => Some(Severity::Critical),
            Self::High => Some(Severity::High),
            Self::Medium => Some(Severity::Medium),
            Self::Low => Some(Severity::Low),
            Self::Info | Self::New => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// What is the organisation's own; policies see it as `data.ztvet.organization`.
///
/// A rule that needs a key that is left out is *not configured*.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a mapping")]
pub struct Organization {
    /// Ids of its tenants.
    pub tenants: Option<Vec<String>>,
    /// Its domains; hosts under these are its own, compared label by label.
    pub domains: Option<Vec<String>>,
    /// GitHub or GitLab owners, or `owner/name`, that federated credentials may trust.
    pub repositories: Option<Vec<String>>,
    /// Issuers that federated credentials may trust, besides the well-known ones.
    pub trusted_issuers: Option<Vec<String>>,
    /// Issuers of certificates, as distinguished names.
    pub certificate_issuers: Option<Vec<String>>,
}

/// What a token must hold to be accepted; policies see it as `data.ztvet.tokens`.
///
/// A rule that needs a key that is left out is *not configured*.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a mapping")]
pub struct Tokens {
    /// Application ids and identifier URIs that tokens may be meant for.
    pub audiences: Option<Vec<String>>,
    /// A file of keys (a JSON Web Key Set) that tokens are signed with, relative to this file.
    pub jwks: Option<PathBuf>,
    /// A file with the OpenID configuration of the issuer whose keys `jwks` holds, relative to this file.
    pub openid_configuration: Option<PathBuf>,
    /// The https address of the OpenID configuration to fetch keys by, where they are fetched and the issuer is another
    /// one than Microsoft's.
    pub metadata_url: Option<String>,
    /// Claims whose values are masked in what is shown, such as `oid`, besides names, addresses and phone numbers.
    pub personal_claims: Option<Vec<String>>,
    /// Application ids of the clients that may call.
    pub clients: Option<Vec<String>>,
    /// Permissions of which a token must carry one, in `scp` or in `roles`.
    pub required_permissions: Option<Vec<String>>,
    /// Authentication contexts that the user must have satisfied, all of them.
    pub required_auth_contexts: Option<Vec<String>>,
    /// Whether a user must be signed in.
    pub require_user: Option<bool>,
    /// Whether the client must have authenticated itself.
    pub require_confidential_client: Option<bool>,
    /// Whether it must have done so with a certificate, not a secret. Yes implies `require_confidential_client`.
    pub require_client_certificate: Option<bool>,
    /// Whether the user must have shown more than one factor.
    pub require_mfa: Option<bool>,
    /// Whether the token must be bound to its sender.
    pub require_proof_of_possession: Option<bool>,
    /// Whether guests and personal accounts are accepted.
    pub allow_guests: Option<bool>,
    /// Whether tokens are used for authorization, so that ID tokens are no access tokens. Yes where nothing is said.
    pub authorization: Option<bool>,
    /// Whether claims without a signature are given on purpose, such as claims that a gateway has verified.
    pub claims_only: Option<bool>,
}

impl Tokens {
    /// The words with what they imply, so that a rule waits for one key alone.
    pub(crate) fn with_implied(&self) -> Self {
        let mut tokens = self.clone();
        if tokens.require_client_certificate == Some(true) {
            tokens.require_confidential_client = Some(true);
        }
        tokens
    }
}

/// What one registration is meant to be. Exactly one of `app_id`, `name` and `path` selects it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, expecting = "a mapping")]
#[schemars(extend("oneOf" = [{"required": ["app_id"]}, {"required": ["name"]}, {"required": ["path"]}]))]
pub struct DeclaredApplication {
    /// Selects the registration by its application (client) id.
    pub app_id: Option<String>,
    /// Selects it by its display name.
    pub name: Option<String>,
    /// Selects it by the path of its manifest, as the report shows it.
    pub path: Option<String>,
    /// What kind of application it is.
    #[serde(rename = "type")]
    pub app_type: Option<AppType>,
    /// Where it runs.
    pub environment: Option<Environment>,
    /// Whether users of other organisations are meant to sign in.
    pub multitenant: Option<bool>,
    /// Whether personal accounts are meant to sign in.
    pub personal_accounts: Option<bool>,
    /// What it needs of the APIs that it calls.
    pub access: Option<Access>,
    /// Whether it uses the hybrid flow, which needs ID tokens from the authorization endpoint.
    pub hybrid_flow: Option<bool>,
    /// Whether its API is meant for users alone.
    pub delegated_only: Option<bool>,
    /// The claims that it authorizes by.
    pub authorizes_by: Option<Vec<String>>,
    /// The authentication contexts that it requires.
    pub auth_contexts: Option<Vec<String>>,
    /// Resources of its API with sensitive data, and the permission for full access to each.
    pub sensitive: Option<BTreeMap<String, String>>,
    /// Pre-authorized clients that may hold write access, by application id.
    pub clients: Option<Vec<String>>,
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct ConfigError {
    /// The file.
    pub path: String,
    /// Line and column, from 1.
    pub position: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl ConfigError {
    fn text(&self) -> String {
        let place = match self.position {
            Some((line, column)) => format!("{}:{line}:{column}", self.path),
            None => self.path.clone(),
        };
        let help = self.help.as_ref().map(|help| format!(" ({help})"));
        format!("{place}: {}{}", self.message, help.unwrap_or_default())
    }
}

impl Config {
    /// Reads a configuration file. Its paths become relative to the working directory.
    ///
    /// # Errors
    /// When the file cannot be read, is no YAML, or holds an unknown key or a wrong value.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| ConfigError {
            path: name.clone(),
            position: None,
            message: format!("cannot be read: {error}"),
            help: None,
        })?;
        let mut config = Self::parse(&name, &text)?;
        if let Some(directory) = path.parent() {
            let sources = config.policies.iter_mut().map(|source| &mut source.path);
            let keys = config.bundle_keys.values_mut();
            let keys = keys.filter_map(|key| key.file.as_mut());
            let tokens = [
                &mut config.tokens.jwks,
                &mut config.tokens.openid_configuration,
            ];
            let tokens = tokens.into_iter().flatten();
            for path in sources.chain(&mut config.data).chain(keys).chain(tokens) {
                *path = directory.join(&path);
            }
        }
        Ok(config)
    }

    /// Reads a configuration from its text; `name` is what errors call it.
    ///
    /// # Errors
    /// When the text is no YAML, or holds an unknown key or a wrong value.
    ///
    /// ```
    /// let error = ztvet::Config::parse("ztvet.yaml", "fail_onn: low").unwrap_err();
    /// assert!(error.to_string().contains("did you mean `fail_on`?"));
    /// ```
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        // An empty file, or one of comments alone, is an empty configuration.
        let config: Option<Self> =
            serde_yaml::from_str(text).map_err(|error| yaml_error(name, &error))?;
        let mut config = config.unwrap_or_default();
        config.validate().map_err(|message| ConfigError {
            path: name.to_owned(),
            position: None,
            message,
            help: None,
        })?;
        if !config.waivers.is_empty() {
            waiver::place(&mut config.waivers, text);
        }
        Ok(config)
    }

    fn validate(&self) -> Result<(), String> {
        if let Some(version) = self.version.filter(|version| *version != 1) {
            return Err(format!("version `{version}` is not known, expected 1"));
        }
        for (index, app) in self.applications.iter().enumerate() {
            let selectors = [&app.app_id, &app.name, &app.path]
                .into_iter()
                .flatten()
                .count();
            if selectors != 1 {
                return Err(format!(
                    "`applications[{index}]` must be selected by exactly one of `app_id`, `name` and `path`"
                ));
            }
        }
        Ok(())
    }

    /// What the configuration says of a subject; the first entry that selects it counts.
    #[must_use]
    pub fn declared(&self, subject: &Subject) -> Option<Declared> {
        self.applications
            .iter()
            .find(|app| app.selects(subject))
            .map(DeclaredApplication::declared)
    }
}

impl DeclaredApplication {
    fn selects(&self, subject: &Subject) -> bool {
        let app_id = match &subject.facts {
            // Its configuration names the application that it is the client of.
            Facts::Project(project) => project.client_id(),
            _ => subject.app_id(),
        };
        let same_id = |id: &String| app_id.is_some_and(|own| own.eq_ignore_ascii_case(id));
        let same_path = |path: &String| path.strip_prefix("./").unwrap_or(path) == subject.path();
        self.app_id.as_ref().is_some_and(same_id)
            || self
                .name
                .as_deref()
                .is_some_and(|name| subject.is_called(name))
            || self.path.as_ref().is_some_and(same_path)
    }

    fn declared(&self) -> Declared {
        Declared {
            app_type: self.app_type,
            environment: self.environment,
            multitenant: self.multitenant,
            personal_accounts: self.personal_accounts,
            access: self.access,
            hybrid_flow: self.hybrid_flow,
            delegated_only: self.delegated_only,
            authorizes_by: self.authorizes_by.clone(),
            auth_contexts: self.auth_contexts.clone(),
            sensitive: self.sensitive.clone(),
            // As they are in the input.
            clients: self
                .clients
                .as_ref()
                .map(|clients| clients.iter().map(|id| id.to_ascii_lowercase()).collect()),
        }
    }
}

fn yaml_error(name: &str, error: &serde_yaml::Error) -> ConfigError {
    let text = error.to_string();
    // The position is told apart from the message, which repeats it at its end.
    let message = match text.find(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    };
    ConfigError {
        path: name.to_owned(),
        position: error.location().map(|at| (at.line(), at.column())),
        help: suggestion(&message),
        message,
    }
}

/// The known name nearest to the unknown one, from serde's own message:
/// ``unknown field `a`, expected one of `b`, `c` ``.
fn suggestion(message: &str) -> Option<String> {
    let mut names = message.split('`').skip(1).step_by(2);
    let unknown = names.next().filter(|_| message.contains("unknown "))?;
    names
        .map(|name| (strsim::damerau_levenshtein(unknown, name), name))
        // Short names are near to everything.
        .filter(|(distance, name)| *distance <= 1 + name.len() / 4)
        .min()
        .map(|(_, name)| format!("did you mean `{name}`?"))
}

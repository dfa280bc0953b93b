//! Trust in other identity providers: whose tokens, and what their subjects say.

use url::Url;

use super::application::{FederatedCredential, Issuer, Trust};
use super::placeholder::unresolved;
use super::reader::{Node, Reader};
use super::uri::uri_facts;

/// What a source says of one federated credential, as written there.
///
/// In each field `None` stands for *not in this source* and `""` for *known to be empty*.
#[derive(Debug, Clone, Default)]
pub struct FederatedFields<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// The provider's issuer.
    pub issuer: Option<&'a str>,
    /// The subject that is trusted.
    pub subject: Option<&'a str>,
    /// The value of the claims-matching expression.
    pub expression: Option<&'a str>,
    /// The audiences of the tokens that are trusted.
    pub audiences: Option<Vec<String>>,
    /// The JSON Pointer of the federated credential.
    pub at: &'a str,
}

/// The federated credential that the fields describe; what is a template expression is not known yet.
pub fn federated_credential(fields: FederatedFields<'_>) -> FederatedCredential {
    let known = |text: Option<&str>| text.filter(|text| !unresolved(text)).map(str::to_owned);
    let subject = known(fields.subject);
    let expression = known(fields.expression);
    let issuer = known(fields.issuer).map(|uri| issuer(&uri));
    let provider = issuer
        .as_ref()
        .map(|issuer| provider(issuer, subject.as_deref()));
    FederatedCredential {
        name: fields.name.map(str::to_owned),
        trust: provider
            .and_then(|provider| trust(provider, subject.as_deref(), expression.as_deref())),
        provider: provider.map(str::to_owned),
        issuer,
        subject,
        expression,
        audiences: fields.audiences,
        at: fields.at.to_owned(),
    }
}

/// The issuer, with the parts of its URI where it is one.
pub fn issuer(uri: &str) -> Issuer {
    let url = Url::parse(uri).ok();
    let host = url.as_ref().and_then(Url::host_str);
    Issuer {
        uri: uri_facts(uri).uri,
        host: host.map(str::to_ascii_lowercase),
        scheme: url.map(|url| url.scheme().to_owned()),
    }
}

/// The provider whose issuer this is, one of those that [`FederatedCredential::provider`] lists.
///
/// Azure DevOps has tokens of its own and such of Entra; the subject tells the latter.
pub fn provider(issuer: &Issuer, subject: Option<&str>) -> &'static str {
    let host = issuer.host.as_deref().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    match labels.as_slice() {
        ["token", "actions", "githubusercontent", "com"]
        | ["token", "actions", _, "ghe", "com"] => "github",
        ["gitlab", "com"] => "gitlab",
        ["app", "terraform", "io"] | ["app", "eu", "terraform", "io"] => "terraform_cloud",
        ["vstoken", "dev", "azure", "com"] => "azure_devops",
        ["login", "microsoftonline", "com" | "us"]
        | ["login", "partner", "microsoftonline", "cn"]
        | ["sts", "windows", "net"]
        | ["sts", "chinacloudapi", "cn"] => match subject {
            Some(subject) if is_service_connection(subject) => "azure_devops",
            _ => "entra",
        },
        [_, "oic", "prod-aks", "azure", "com" | "us" | "cn"]
        | [_, "oic", "prod-arc", "azure", "com"]
        | ["oidc", "eks", _, "amazonaws", "com"]
        | ["oidc", "eks", _, "amazonaws", "com", "cn"]
        | ["oidc-eks", _, "api", "aws"]
        | ["container", "googleapis", "com"] => "kubernetes",
        ["accounts", "google", "com"] => "google",
        // Not all of amazonaws.com: anyone can serve an issuer from a bucket or a machine there.
        ["sts" | "cognito-identity", "amazonaws", "com"]
        | [
            "sts" | "cognito-idp" | "cognito-identity",
            _,
            "amazonaws",
            "com",
        ]
        | [_, "tokens", "sts", "global", "api", "aws"] => "aws",
        ["api", "bitbucket", "org"] => "bitbucket",
        ["oidc", "circleci", "com"] => "circleci",
        ["agent", "buildkite", "com"] => "buildkite",
        _ => "other",
    }
}

/// What a subject, or a claims-matching expression in its place, says of whose workloads are trusted.
///
/// `None` for providers whose subjects are not understood, where nothing is known, and for expressions that do not read
/// `claims['name'] matches 'pattern' and …`. An expression without the claim `sub` bounds no subject: a wildcard.
pub fn trust(provider: &str, subject: Option<&str>, expression: Option<&str>) -> Option<Trust> {
    let read = match provider {
        "github" => github,
        "gitlab" => gitlab,
        "terraform_cloud" => terraform_cloud,
        _ => return None,
    };
    let bounded = match expression {
        None | Some("") => Some(subject.filter(|subject| !subject.is_empty())?),
        Some(expression) => conditions(expression)?
            .into_iter()
            .find_map(|(claim, value)| (claim == "sub").then_some(value)),
    };
    let pattern = bounded.unwrap_or("*");
    let (repository, scope, name) = read(pattern);
    Some(Trust {
        repository,
        scope: scope.to_owned(),
        name: name.to_owned(),
        wildcard: pattern.contains(['*', '?']),
    })
}

/// Azure DevOps' subjects: `/eid1/c/pub/t/<tenant>/a/<application>/sc/<organization>/<service connection>`.
fn is_service_connection(subject: &str) -> bool {
    let mut parts = subject.split('/').skip(1);
    let is_entra = parts.next().is_some_and(|part| part.starts_with("eid"));
    is_entra && parts.any(|part| part == "sc")
}

/// The claims and values of `claims['sub'] matches 'repo:contoso/*' and claims['repository_id'] eq '1'`.
///
/// A quote inside a value would be escaped by another one; such an expression is not read, as no subject has any.
fn conditions(expression: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    let mut rest = expression.trim();
    loop {
        let (claim, tail) = rest.strip_prefix("claims['")?.split_once("']")?;
        let (operator, tail) = tail.trim_start().split_once(' ')?;
        let (value, tail) = tail.trim_start().strip_prefix('\'')?.split_once('\'')?;
        if !["eq", "matches"].contains(&operator) {
            return None;
        }
        found.push((claim, value));
        if tail.is_empty() {
            return Some(found);
        }
        rest = tail
            .strip_prefix(' ')?
            .trim_start()
            .strip_prefix("and ")?
            .trim_start();
    }
}

/// `repo:OWNER/NAME` and what bounds it: an environment, a ref, pull requests, or a workflow. Without a repository only
/// a workflow says whose code runs, so nothing else is a scope there.
fn github(subject: &str) -> (String, &'static str, &str) {
    let pairs = pairs(subject);
    let repository = value(&pairs, "repo").or_else(|| value(&pairs, "repository"));
    let workflow = value(&pairs, "job_workflow_ref").map(|workflow| ("workflow", workflow));
    let scope = repository.and_then(|_| {
        let environment = value(&pairs, "environment").map(|name| ("environment", name));
        environment
            .or_else(|| value(&pairs, "ref").and_then(git_ref))
            .or_else(|| value(&pairs, "pull_request").map(|_| ("pull_request", "")))
            .or_else(|| {
                (value(&pairs, "event_name")? == "pull_request").then_some(("pull_request", ""))
            })
    });
    let (scope, name) = scope.or(workflow).unwrap_or(("other", ""));
    (repository.map(without_ids).unwrap_or_default(), scope, name)
}

/// `project_path:GROUP/NAME:ref_type:branch:ref:NAME`.
fn gitlab(subject: &str) -> (String, &'static str, &str) {
    let pairs = pairs(subject);
    let scope = match value(&pairs, "ref_type") {
        Some("branch") => "branch",
        Some("tag") => "tag",
        _ => "other",
    };
    let name = value(&pairs, "ref").filter(|_| scope != "other");
    let project = value(&pairs, "project_path").unwrap_or_default();
    (project.to_owned(), scope, name.unwrap_or_default())
}

/// `organization:NAME:project:NAME:workspace:NAME:run_phase:NAME`.
fn terraform_cloud(subject: &str) -> (String, &'static str, &str) {
    let pairs = pairs(subject);
    let path: Vec<&str> = ["organization", "project", "workspace"]
        .iter()
        .map_while(|key| value(&pairs, key))
        .collect();
    match value(&pairs, "run_phase") {
        Some(phase) => (path.join("/"), "run_phase", phase),
        None => (path.join("/"), "other", ""),
    }
}

/// A subject's keys and values; `pull_request` is a key alone.
fn pairs(subject: &str) -> Vec<(&str, &str)> {
    let mut parts = subject.split(':');
    let mut pairs = Vec::new();
    while let Some(key) = parts.next() {
        let value = if key == "pull_request" {
            None
        } else {
            parts.next()
        };
        pairs.push((key, value.unwrap_or_default()));
    }
    pairs
}

fn value<'a>(pairs: &[(&str, &'a str)], key: &str) -> Option<&'a str> {
    pairs.iter().find(|pair| pair.0 == key).map(|pair| pair.1)
}

fn git_ref(name: &str) -> Option<(&'static str, &str)> {
    let branch = name
        .strip_prefix("refs/heads/")
        .map(|name| ("branch", name));
    let tag = || name.strip_prefix("refs/tags/").map(|name| ("tag", name));
    let pull_request = || {
        name.starts_with("refs/pull/")
            .then_some(("pull_request", ""))
    };
    branch.or_else(tag).or_else(pull_request)
}

/// GitHub's subjects that survive a renaming: `owner@id/name@id`.
fn without_ids(repository: &str) -> String {
    let name = |part: &str| match part.split_once('@') {
        Some((name, _)) => name.to_owned(),
        None => part.to_owned(),
    };
    repository
        .split('/')
        .map(name)
        .collect::<Vec<_>>()
        .join("/")
}

const FACT: &str = "application.federated_credentials";

/// The federated credentials of an application, where they were expanded. Graph never writes null for them, but
/// PowerShell does when they were not asked for.
pub(super) fn federated_credentials(
    reader: &Reader,
    list: &Node<'_>,
) -> Option<Vec<FederatedCredential>> {
    if !list.is_present() {
        return None;
    }
    reader.place(FACT, list);
    reader.objects(FACT, list, |item| {
        let text = |name| reader.string(FACT, &item.get(name));
        let expression = item.get("claimsMatchingExpression");
        let expression = if expression.is_collected() {
            reader.is_object(FACT, &expression);
            reader.string(FACT, &expression.get("value"))
        } else {
            // Only a flexible credential has one.
            Some(String::new())
        };
        let (name, issuer, subject) = (text("name"), text("issuer"), text("subject"));
        let read = federated_credential(FederatedFields {
            name: name.as_deref(),
            issuer: issuer.as_deref(),
            subject: subject.as_deref(),
            expression: expression.as_deref(),
            audiences: reader.strings(FACT, &item.get("audiences")),
            at: &item.pointer(),
        });
        if read.issuer.is_none() {
            reader.not_collected(FACT);
        } else if is_not_understood(&read) {
            reader.unknown(FACT, item);
        }
        read
    })
}

/// Whether a provider's subjects are understood in general, and not in this case.
fn is_not_understood(read: &FederatedCredential) -> bool {
    let is_known = matches!(
        read.provider.as_deref(),
        Some("github" | "gitlab" | "terraform_cloud")
    );
    let names_nothing = |trust: &Trust| trust.repository.is_empty() && !trust.wildcard;
    is_known && read.trust.as_ref().is_none_or(names_nothing)
}

#[cfg(test)]
mod tests;

//! A source project: its dependency manifests and its configuration files.
//!
//! Each file is one subject. A project is a directory with a dependency manifest, and all below it down to the next such
//! directory: [`ProjectFiles`] is what the files of the same project say together.

mod appsettings;
mod collector;
mod configuration;
mod gradle;
mod join;
mod jvm;
mod lines;
mod msal_android;
mod nuget;
mod python;
mod rust;
mod swift;
mod web;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::collector::Collector;
use self::configuration::ConfigurationFile;
pub(super) use self::join::join;
use super::reader::{Node, Notes};
use super::{Facts, Format, Normalized, Subject, same_key};
use crate::document::{Document, Manifest};

/// What one file of a source project says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// The packages that a manifest asks for; none in a configuration file.
    pub dependencies: Option<Vec<Dependency>>,
    /// The sections of a configuration file that are about signing in; none in a manifest.
    pub configuration: Option<Vec<Section>>,
    /// What all files of the project say together; `null` before all have been read.
    pub files: Option<ProjectFiles>,
}

/// A package that a manifest asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dependency {
    /// `npm`, `nuget`, `pypi`, `maven`, `gradle`, `go`, `cocoapods`, `swift` or `cargo`.
    pub ecosystem: String,
    /// The name as it is written; `group:artifact` for Maven and Gradle, the URL for Swift.
    pub name: String,
    /// The name as its registry compares it: lower case for NuGet, PEP 503 for PyPI, `host/path` for Swift.
    pub normalized_name: String,
    /// The versions that it asks for, as written, without credentials; `""` where any will do or another file says which.
    pub requirement: String,
    /// `runtime`, `development`, `optional`, `peer`, `build` or `indirect`.
    pub scope: String,
    /// Where it stands.
    pub at: String,
}

/// A section of a configuration file that is about signing in to Microsoft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// `azure_ad` for a section of `appsettings.json`, `msal_android` for the configuration file of MSAL for Android.
    pub kind: String,
    /// The path of its keys: `AzureAd`, `Authentication:AzureAd`; `""` for a whole file.
    pub name: String,
    /// Whether it has no client id at all, and so completes what another file says.
    pub partial: bool,
    /// The application id, in lower case; `null` where it is not said, or is a placeholder.
    pub client_id: Option<String>,
    /// Where users sign in. MSAL's default stands for a list that is not there.
    pub authorities: Vec<Authority>,
    /// Whether it is about Azure AD B2C, which knows neither brokers nor continuous access evaluation.
    pub b2c: bool,
    /// Client secrets that stand here themselves, without those that are placeholders. Their values are never kept.
    pub client_secrets: Vec<ConfiguredSecret>,
    /// What the client says that it can do, in lower case: `cp1`.
    pub client_capabilities: Option<Vec<String>>,
    /// What shows the sign-in page on Android, in upper case: `DEFAULT`, `BROWSER` or `WEBVIEW`. `null` elsewhere.
    pub authorization_user_agent: Option<String>,
    /// Whether the redirect URI of the broker is registered. `null` for what is not Android.
    pub broker_redirect_uri_registered: Option<bool>,
    /// Where it stands.
    pub at: String,
}

/// An authority: where users sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its URL, without a tenant where that stands apart; `""` where it is not said.
    pub url: String,
    /// The tenant in lower case: `common`, `organizations`, `consumers`, an id or a domain. `null` where it is not known.
    pub tenant: Option<String>,
    /// Where it stands.
    pub at: String,
}

/// A client secret in a configuration file. Its value is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfiguredSecret {
    /// The key that it stands under.
    pub name: String,
    /// Where it stands.
    pub at: String,
}

/// What all files of a project say together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectFiles {
    /// The packages of all its manifests.
    pub packages: Vec<Package>,
    /// The kinds of its configuration sections.
    pub configured: Vec<String>,
    /// The client capabilities of its configuration sections, by kind.
    pub client_capabilities: Vec<KindCapabilities>,
}

/// A package of any manifest of a project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// See [`Dependency::ecosystem`].
    pub ecosystem: String,
    /// See [`Dependency::normalized_name`].
    pub normalized_name: String,
}

/// The client capabilities that the sections of one kind declare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindCapabilities {
    /// See [`Section::kind`].
    pub kind: String,
    /// See [`Section::client_capabilities`].
    pub capabilities: Vec<String>,
}

impl Project {
    /// The client id that all sections agree on; none where they differ.
    #[must_use]
    pub fn client_id(&self) -> Option<&str> {
        let mut ids = self
            .configuration
            .iter()
            .flatten()
            .filter_map(|section| section.client_id.as_deref());
        let first = ids.next()?;
        ids.all(|id| id == first).then_some(first)
    }
}

/// How a file of a project is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProjectFile {
    /// A dependency manifest.
    Manifest(Manifest),
    /// `appsettings.json` and `appsettings.<environment>.json`.
    AppSettings,
    /// The configuration file of MSAL for Android.
    MsalAndroid,
}

impl ProjectFile {
    /// The name, as in the input.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Manifest(manifest) => manifest.as_str(),
            Self::AppSettings => "appsettings",
            Self::MsalAndroid => "msal_android",
        }
    }
}

/// Whether a file's name says that it belongs to a project.
pub(super) fn is_named(path: &str) -> bool {
    Manifest::of(path).is_some() || ConfigurationFile::of(path).is_some()
}

/// The subject of a file that its name says belongs to a project; none where the name says nothing, or its content
/// gives the name the lie.
pub(super) fn normalize(document: &Document) -> Option<Normalized> {
    let path = &document.source.path;
    let mut collector = Collector::default();
    // .NET takes keys that differ in case alone for the same, and refuses the file.
    let mut clashes = Vec::new();
    let (file, facts) = if let Some(manifest) = Manifest::of(path) {
        read_manifest(manifest, document, &mut collector)?;
        let file = ProjectFile::Manifest(manifest);
        let dependencies = std::mem::take(&mut collector.dependencies);
        (file, facts(dependencies, Vec::new()))
    } else {
        let file = ConfigurationFile::of(path)?;
        let sections = file.sections(&document.value, &mut collector)?;
        if file == ConfigurationFile::AppSettings && !sections.is_empty() {
            let root = Node::root(&document.value, "");
            clashes = same_key::problems(&root);
        }
        (file.project_file(), facts(Vec::new(), sections))
    };
    let mut notes: Notes = collector.into_notes();
    let mut problems = std::mem::take(&mut notes.problems);
    problems.append(&mut clashes);
    let format = Format::Project(file);
    let facts = Facts::Project(Box::new(facts));
    Some(Normalized {
        subjects: vec![Subject::new(document, "", format, facts, notes)],
        problems,
        ..Normalized::default()
    })
}

fn facts(dependencies: Vec<Dependency>, configuration: Vec<Section>) -> Project {
    Project {
        dependencies: Some(dependencies),
        configuration: Some(configuration),
        files: None,
    }
}

/// Whether a file that cannot be read is an error even where nobody named it: a manifest is; a configuration file when
/// the words of one are in its first bytes.
#[must_use]
pub fn must_be_readable(path: &str, first_bytes: impl FnOnce() -> Option<Vec<u8>>) -> bool {
    const WORDS: [&str; 4] = ["azuread", "entraid", "clientsecret", "client_id"];
    if Manifest::of(path).is_some() {
        return true;
    }
    ConfigurationFile::of(path).is_some()
        && first_bytes().is_none_or(|bytes| {
            let text = String::from_utf8_lossy(&bytes)
                .replace('\0', "")
                .to_ascii_lowercase();
            WORDS.iter().any(|word| text.contains(word))
        })
}

/// None where the file is something else that happens to have the name.
fn read_manifest(manifest: Manifest, document: &Document, collector: &mut Collector) -> Option<()> {
    let value = &document.value;
    match manifest {
        Manifest::PackageJson => web::package_json(value, collector),
        Manifest::Requirements => return python::requirements(document, collector),
        Manifest::PyProject => python::pyproject(value, collector),
        Manifest::MsBuild => nuget::project_file(value, collector),
        Manifest::PackagesConfig => nuget::packages_config(value, collector),
        Manifest::Pom => jvm::pom(value, collector),
        Manifest::Gradle => gradle::build_file(value, collector),
        Manifest::GradleCatalog => jvm::version_catalogue(value, collector),
        Manifest::GoMod => lines::go_mod(value, collector),
        Manifest::Podfile => lines::podfile(value, collector),
        Manifest::PackageSwift => swift::package(value, collector),
        Manifest::CargoToml => rust::cargo_toml(value, collector),
    }
    Some(())
}

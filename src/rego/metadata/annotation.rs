//! What a METADATA block says, in the form in which OPA shows it to policies.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::blocks::Block;

/// What an annotation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Rule,
    Document,
    Package,
    Subpackages,
}

impl Scope {
    const ALL: [Self; 4] = [Self::Rule, Self::Document, Self::Package, Self::Subpackages];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Document => "document",
            Self::Package => "package",
            Self::Subpackages => "subpackages",
        }
    }

    /// What an annotation of the scope stands above.
    pub(super) const fn target(self) -> Target {
        match self {
            Self::Rule | Self::Document => Target::Rule,
            Self::Package | Self::Subpackages => Target::Package,
        }
    }
}

/// What an annotation stands above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Package,
    Import,
    Rule,
}

impl Target {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Import => "import",
            Self::Rule => "rule",
        }
    }
}

/// A block, read.
#[derive(Debug, Clone)]
pub(super) struct Annotation {
    pub(super) scope: Scope,
    /// What policies see.
    pub(super) shown: Value,
}

/// What is wrong with a block, and in which line of its YAML, from 1; 0 for the marker.
pub(super) struct AnnotationError {
    pub(super) line: usize,
    pub(super) message: String,
}

/// The keys that OPA knows. It passes the others over.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Raw {
    scope: Option<String>,
    title: Option<String>,
    entrypoint: Option<bool>,
    description: Option<String>,
    organizations: Option<Vec<String>>,
    related_resources: Option<Vec<Value>>,
    authors: Option<Vec<Value>>,
    schemas: Option<Vec<Map<String, Value>>>,
    custom: Option<Map<String, Value>>,
    labels: Option<Map<String, Value>>,
}

impl Annotation {
    /// Reads a block above a target.
    pub(super) fn read(block: &Block, target: Option<Target>) -> Result<Self, AnnotationError> {
        let failed = |message: String| AnnotationError { line: 0, message };
        if block.yaml.trim().is_empty() {
            return Err(failed("there is nothing below it".to_owned()));
        }
        let raw: Raw = serde_yaml::from_str(&block.yaml).map_err(|error| AnnotationError {
            line: error.location().map_or(1, |at| at.line()),
            message: error.to_string(),
        })?;
        let scope = raw.scope(target).map_err(failed)?;
        if raw.entrypoint == Some(true) && !matches!(scope, Scope::Document | Scope::Package) {
            let message = format!("an entrypoint cannot have the scope `{}`", scope.as_str());
            return Err(failed(message));
        }
        let shown = raw.shown(scope).map_err(failed)?;
        Ok(Self { scope, shown })
    }
}

impl Raw {
    fn scope(&self, target: Option<Target>) -> Result<Scope, String> {
        let named = self.scope.as_deref().filter(|name| !name.is_empty());
        let scope = match (named, target) {
            (Some(name), _) => {
                let mut known = Scope::ALL.into_iter();
                known.find(|scope| scope.as_str() == name).ok_or_else(|| {
                    let known = Scope::ALL.map(Scope::as_str).join(", ");
                    format!("scope `{name}` is not known, expected one of {known}")
                })?
            }
            (None, Some(Target::Rule)) if self.entrypoint == Some(true) => Scope::Document,
            (None, Some(Target::Rule)) => Scope::Rule,
            (None, Some(Target::Package)) => Scope::Package,
            (None, Some(Target::Import)) => return Err("it stands above an import".to_owned()),
            (None, None) => return Err("it stands above nothing".to_owned()),
        };
        if target == Some(scope.target()) {
            return Ok(scope);
        }
        let above = target.map_or("nothing", Target::as_str);
        Err(format!(
            "the scope `{}` is for a {}, and it stands above {above}",
            scope.as_str(),
            scope.target().as_str()
        ))
    }

    fn shown(self, scope: Scope) -> Result<Value, String> {
        let list = |list: Option<Vec<Value>>, read: fn(&Value) -> Result<Value, String>| {
            let items = list.unwrap_or_default();
            let items: Result<Vec<Value>, String> = items.iter().map(read).collect();
            items.map(Value::Array)
        };
        let schemas = self.schemas.unwrap_or_default();
        let schemas: Result<Vec<Value>, String> = schemas.iter().map(schema).collect();
        let all = [
            ("scope", json!(scope.as_str())),
            ("title", json!(self.title)),
            (
                "entrypoint",
                json!(self.entrypoint.filter(|is_one| *is_one)),
            ),
            ("description", json!(self.description)),
            ("organizations", json!(self.organizations)),
            (
                "related_resources",
                list(self.related_resources, related_resource)?,
            ),
            ("authors", list(self.authors, author)?),
            ("schemas", schemas?.into()),
            ("custom", json!(self.custom)),
            ("labels", json!(self.labels)),
        ];
        let said = all.into_iter().filter(|(_, value)| !is_empty(value));
        let said = said.map(|(name, value)| (name.to_owned(), value));
        Ok(Value::Object(said.collect()))
    }
}

/// What OPA leaves out.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// An object of the members that are not empty.
fn object(members: [(&str, &str); 2]) -> Value {
    let said = members.into_iter().filter(|(_, text)| !text.is_empty());
    let said = said.map(|(name, text)| (name.to_owned(), text.into()));
    Value::Object(said.collect())
}

fn member<'a>(value: &'a Value, name: &str) -> &'a str {
    let text = value.get(name).and_then(Value::as_str);
    text.unwrap_or_default().trim()
}

fn related_resource(value: &Value) -> Result<Value, String> {
    let (url, description) = match value {
        Value::String(url) => (url.as_str(), ""),
        value => (member(value, "ref"), member(value, "description")),
    };
    if url.is_empty() {
        return Err("a related resource is a URL, or has one in `ref`".to_owned());
    }
    Ok(object([("ref", url), ("description", description)]))
}

/// `Jane Doe <jane@contoso.com>`, or the same with `name` and `email`.
fn author(value: &Value) -> Result<Value, String> {
    let words = |words: &[&str]| words.join(" ");
    let (name, email) = match value {
        Value::String(text) => {
            let parts: Vec<&str> = text.split_whitespace().collect();
            let address =
                |word: &&str| word.strip_prefix('<')?.strip_suffix('>').map(str::to_owned);
            match parts.split_last() {
                Some((last, name)) => match address(last) {
                    Some(email) => (words(name), email),
                    None => (words(&parts), String::new()),
                },
                None => Default::default(),
            }
        }
        value => (
            member(value, "name").to_owned(),
            member(value, "email").to_owned(),
        ),
    };
    if name.is_empty() && email.is_empty() {
        return Err("an author has a name or an email".to_owned());
    }
    Ok(object([("name", &name), ("email", &email)]))
}

/// `input.a: schema.b`, or `input.a: {type: …}`
fn schema(pair: &Map<String, Value>) -> Result<Value, String> {
    let Some((path, schema)) = pair.iter().next() else {
        return Err("a schema is for a path".to_owned());
    };
    let known = |path: &str| reference(path).ok_or_else(|| format!("`{path}` is no path"));
    let (name, schema) = match schema {
        Value::String(text) => ("schema", json!(known(text)?)),
        Value::Object(_) => ("definition", schema.clone()),
        _ => {
            return Err(format!(
                "the schema of `{path}` is neither a path nor an object"
            ));
        }
    };
    Ok(json!({"path": known(path)?, name: schema}))
}

/// The names of a reference such as `input.a["b"]`.
fn reference(text: &str) -> Option<Vec<String>> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (root, mut rest) = text.split_at_checked(end)?;
    let mut names = vec![root.to_owned()];
    while !rest.is_empty() {
        let (name, after) = match rest.strip_prefix("[\"") {
            Some(quoted) => quoted.split_once("\"]")?,
            None => {
                let rest = rest.strip_prefix('.')?;
                let (name, after) =
                    rest.split_at_checked(rest.find(['.', '[']).unwrap_or(rest.len()))?;
                (is_name(name).then_some(name)?, after)
            }
        };
        names.push(name.to_owned());
        rest = after;
    }
    is_name(root).then_some(names)
}

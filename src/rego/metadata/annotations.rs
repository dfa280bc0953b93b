//! The annotations of modules: what each is about, and what is said about a rule.

use std::collections::BTreeMap;

use regorus::unstable::{Expr, Module, Rule};
use serde_json::{Value, json};

use super::Asker;
use super::annotation::{Annotation, Scope, Target};
use super::blocks::{Block, blocks};
use crate::rego::Path;
use crate::rego::fault::Fault;
use crate::rego::syntax::ast;

/// A module, as far as METADATA is about it.
#[derive(Debug, Clone)]
pub(super) struct Described {
    /// Its file.
    pub(super) file: String,
    package: Path,
    /// The lines of what METADATA may stand above, in the order of the text.
    targets: Vec<(usize, Target)>,
    /// The paths of its rules, up to the first variable.
    rules: Vec<Path>,
    blocks: Vec<Block>,
}

impl Described {
    pub(super) fn of(module: &Module, text: &str) -> Self {
        let package = ast::path(&module.package.refr).map_or_else(Vec::new, |(path, _)| path);
        let imports = module.imports.iter();
        let imports = imports.map(|import| (import.span.line as usize, Target::Import));
        let rules = module.policy.iter();
        let rules = rules.map(|rule| (rule.span().line as usize, Target::Rule));
        let path = |rule: &Rule| {
            let own = ground(ast::defined(rule)).0;
            package.iter().cloned().chain(own).collect()
        };
        Self {
            file: module.package.span.source.file().clone(),
            targets: std::iter::once((module.package.span.line as usize, Target::Package))
                .chain(imports)
                .chain(rules)
                .collect(),
            rules: module.policy.iter().map(|rule| path(rule)).collect(),
            blocks: blocks(text),
            package,
        }
    }

    /// What stands below a line, and the number of the rule where it is one.
    fn below(&self, line: usize) -> (Option<Target>, Option<usize>) {
        let Some(index) = self.targets.iter().position(|(of, _)| *of > line) else {
            return (None, None);
        };
        let target = self.targets.get(index).map(|(_, target)| *target);
        let others = self.targets.iter().filter(|(_, of)| *of != Target::Rule);
        let rule = (target == Some(Target::Rule)).then(|| index.saturating_sub(others.count()));
        (target, rule)
    }
}

/// The path of a name up to its first variable, and whether there is none.
fn ground(name: &Expr) -> (Path, bool) {
    match name {
        Expr::RefDot { refr, field, .. } => {
            let (mut path, is_ground) = ground(refr);
            if is_ground {
                path.push(field.0.text().to_owned());
            }
            (path, is_ground)
        }
        Expr::RefBrack { refr, index, .. } => {
            let (mut path, is_ground) = ground(refr);
            let part = match index.as_ref() {
                Expr::String { value, .. } | Expr::RawString { value, .. } => {
                    value.as_string().ok().map(ToString::to_string)
                }
                Expr::Number { span, .. } | Expr::Bool { span, .. } => Some(span.text().to_owned()),
                _ => None,
            };
            match part {
                Some(part) if is_ground => {
                    path.push(part);
                    (path, true)
                }
                _ => (path, false),
            }
        }
        other => (vec![other.span().text().to_owned()], true),
    }
}

/// All annotations of a set of modules.
#[derive(Default)]
pub(super) struct Annotations {
    /// By module and rule, the nearest to the rule first.
    of_rules: BTreeMap<(usize, usize), Vec<Value>>,
    of_packages: BTreeMap<Path, Placed>,
    /// Of documents and of packages with those below them.
    of_paths: BTreeMap<Path, Placed>,
}

/// An annotation and where it stands.
struct Placed {
    shown: Value,
    place: String,
}

impl Annotations {
    pub(super) fn of(modules: &[Described]) -> Result<Self, Fault> {
        let mut annotations = Self::default();
        for (number, module) in modules.iter().enumerate() {
            for block in &module.blocks {
                annotations.add(number, module, block)?;
            }
        }
        Ok(annotations)
    }

    fn add(&mut self, number: usize, module: &Described, block: &Block) -> Result<(), Fault> {
        let fault = |line: usize, message: &str| Fault {
            line,
            ..Fault::at_start(&module.file, &format!("METADATA: {message}"))
        };
        let (target, rule) = module.below(block.line);
        let annotation = Annotation::read(block, target)
            .map_err(|error| fault(block.line + error.line, &error.message))?;
        let path = rule.and_then(|rule| module.rules.get(rule));
        let path = path.unwrap_or(&module.package).clone();
        let shown = annotation.shown;
        let by_path = match (annotation.scope, rule) {
            (Scope::Rule, Some(rule)) => {
                let of_rule = self.of_rules.entry((number, rule)).or_default();
                of_rule.insert(0, shown);
                return Ok(());
            }
            (Scope::Package, _) => &mut self.of_packages,
            _ => &mut self.of_paths,
        };
        let place = format!("{}:{}", module.file, block.line);
        match by_path.insert(path, Placed { shown, place }) {
            None => Ok(()),
            Some(other) => {
                let scope = annotation.scope.as_str();
                let message = format!("that of the {scope} stands at {} already", other.place);
                Err(fault(block.line, &message))
            }
        }
    }

    /// What `rego.metadata.rule()` and `rego.metadata.chain()` say.
    pub(super) fn about(&self, module: &Described, asker: &Asker) -> (Value, Value) {
        let own = self.of_rules.get(&(asker.module, asker.rule));
        let own = own.filter(|_| !asker.is_further);
        let own = own.map(Vec::as_slice).unwrap_or_default();
        let path = module.rules.get(asker.rule).cloned().unwrap_or_default();
        let link = |path: &[String], shown: &Value| json!({"path": path, "annotations": shown});
        let mut chain: Vec<Value> = own.iter().map(|own| link(&path, own)).collect();
        if chain.is_empty() {
            chain.push(json!({"path": path}));
        }
        let package = &module.package;
        let above = (1..=package.len())
            .rev()
            .filter_map(|end| package.get(..end));
        let found = [
            self.of_paths.get_key_value(&path),
            self.of_packages.get_key_value(package),
        ]
        .into_iter()
        .chain(above.map(|path| self.of_paths.get_key_value(path)));
        chain.extend(
            found
                .flatten()
                .map(|(path, placed)| link(path, &placed.shown)),
        );
        // OPA takes the one that is farthest from the rule.
        let rule = own.last().cloned().unwrap_or_else(|| json!({}));
        (rule, chain.into())
    }
}

//! Expressions of Azure Resource Manager templates, as far as they can be told without a deployment.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::placeholder::unresolved;
use super::super::translation::UNKNOWN;

/// Values and expressions that are looked at for one template: a bound on templates that grow when they are resolved.
const MAX_WORK: usize = 200_000;
/// Levels of expressions within each other.
const MAX_DEPTH: usize = 32;
/// The longest text that is made, in bytes.
const MAX_TEXT: usize = 16 * 1024;

/// What expressions of one template can refer to.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope<'a> {
    parameters: Option<&'a Value>,
    variables: Option<&'a Value>,
    /// What an outer template passes, resolved there.
    arguments: BTreeMap<String, Value>,
    /// What is known of resources by symbolic name.
    symbols: BTreeMap<String, Value>,
    work: Cell<usize>,
}

impl<'a> Scope<'a> {
    /// The scope of a template, and what an outer one passes to it.
    pub(super) fn new(template: &'a Value, arguments: BTreeMap<String, Value>) -> Self {
        Self {
            parameters: template.get("parameters"),
            variables: template.get("variables"),
            arguments,
            ..Self::default()
        }
    }

    /// Makes a resource known to `reference`.
    pub(super) fn name(&mut self, symbol: &str, value: Value) {
        self.symbols.insert(symbol.to_owned(), value);
    }

    /// The value with its expressions resolved. What cannot be resolved is a text that counts as not known.
    pub(super) fn resolve(&self, value: &Value) -> Value {
        self.resolve_at(value, 0)
    }

    fn resolve_at(&self, value: &Value, depth: usize) -> Value {
        self.work.set(self.work.get() + 1);
        if depth > MAX_DEPTH || self.work.get() > MAX_WORK {
            return UNKNOWN.into();
        }
        match value {
            Value::String(text) => match expression(text) {
                Some(expression) => Parser::new(self, expression, depth).whole(),
                None => literal(text).into(),
            },
            Value::Array(items) => items
                .iter()
                .map(|item| self.resolve_at(item, depth + 1))
                .collect(),
            Value::Object(members) if members.contains_key("copy") => UNKNOWN.into(),
            Value::Object(members) => members
                .iter()
                .map(|(name, member)| (name.clone(), self.resolve_at(member, depth + 1)))
                .collect::<Map<_, _>>()
                .into(),
            other => other.clone(),
        }
    }

    /// What is passed, else the default. A secure parameter is never read, and one without a value keeps its name, so
    /// that it can be told to be the same elsewhere.
    fn parameter(&self, name: &str, depth: usize) -> Value {
        let Some((_, definition)) = find(self.parameters, name) else {
            return UNKNOWN.into();
        };
        if is_secure(definition) {
            return UNKNOWN.into();
        }
        if let Some(argument) = self.arguments.get(&name.to_ascii_lowercase()) {
            return argument.clone();
        }
        match definition.get("defaultValue") {
            Some(default) => self.resolve_at(default, depth + 1),
            None => format!("${{parameters.{name}}}").into(),
        }
    }

    fn variable(&self, name: &str, depth: usize) -> Value {
        find(self.variables, name).map_or_else(
            || UNKNOWN.into(),
            |(_, variable)| self.resolve_at(variable, depth + 1),
        )
    }

    fn call(&self, function: &str, arguments: &[Value], depth: usize) -> Value {
        let known = arguments.iter().all(is_known);
        let is = |condition: &Value| condition.as_bool();
        let result = match (function.to_ascii_lowercase().as_str(), arguments) {
            ("parameters", [Value::String(name)]) => Some(self.parameter(name, depth)),
            ("variables", [Value::String(name)]) => Some(self.variable(name, depth)),
            ("reference", [Value::String(symbol), ..]) => self.symbols.get(symbol).cloned(),
            ("null", []) => Some(Value::Null),
            ("true", []) => Some(true.into()),
            ("false", []) => Some(false.into()),
            ("if", [condition, yes, no]) => is(condition).map(|c| if c { yes } else { no }.clone()),
            ("not", [condition]) => is(condition).map(|c| Value::from(!c)),
            ("and", all) => truth(all, false),
            ("or", any) => truth(any, true),
            ("equals", [one, other]) if known => Some(equal(one, other).into()),
            ("empty", [value]) if known => empty(value).map(Value::from),
            ("coalesce", values) => coalesce(values),
            ("createarray", items) => Some(items.to_vec().into()),
            ("createobject", pairs) => object(pairs),
            ("concat" | "union", lists) if lists.iter().all(Value::is_array) => {
                Some(join(lists, function.eq_ignore_ascii_case("union")))
            }
            ("concat", parts) => concat(parts),
            ("join", [Value::Array(parts), Value::String(between)]) => joined(parts, between),
            ("string", [part]) => concat(std::slice::from_ref(part)),
            ("format", [Value::String(format), values @ ..]) => filled(format, values),
            ("tolower", [Value::String(text)]) if known => Some(text.to_lowercase().into()),
            ("toupper", [Value::String(text)]) if known => Some(text.to_uppercase().into()),
            ("trim", [Value::String(text)]) if known => Some(text.trim().into()),
            ("replace", [Value::String(text), Value::String(old), Value::String(new)])
                if known && !old.is_empty() && text.len() < MAX_TEXT / 16 && new.len() < 256 =>
            {
                Some(text.replace(old, new).into())
            }
            _ => None,
        };
        let is_short = |value: &Value| value.as_str().is_none_or(|text| text.len() <= MAX_TEXT);
        result.filter(is_short).unwrap_or_else(|| UNKNOWN.into())
    }
}

/// Whether a parameter holds a secret.
pub(super) fn is_secure(definition: &Value) -> bool {
    let kind = definition.get("type").and_then(Value::as_str);
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("secure"))
}

/// Whether all of a value is known.
pub(super) fn is_known(value: &Value) -> bool {
    match value {
        Value::String(text) => !unresolved(text),
        Value::Array(items) => items.iter().all(is_known),
        Value::Object(members) => members.values().all(is_known),
        _ => true,
    }
}

/// The symbolic names that a text refers to.
pub(super) fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("reference('")
        .skip(1)
        .filter_map(|rest| rest.split_once('\'').map(|(symbol, _)| symbol))
}

/// The expression that a text is.
fn expression(text: &str) -> Option<&str> {
    text.strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .filter(|text| !text.starts_with('['))
}

/// `[[` stands for a bracket.
fn literal(text: &str) -> &str {
    text.strip_prefix('[')
        .filter(|rest| rest.starts_with('['))
        .unwrap_or(text)
}

fn find<'a>(members: Option<&'a Value>, name: &str) -> Option<(&'a str, &'a Value)> {
    super::super::members::lookup(members?.as_object()?, name)
}

/// `decisive` is what one operand alone decides.
fn truth(operands: &[Value], decisive: bool) -> Option<Value> {
    if operands.iter().any(|o| o.as_bool() == Some(decisive)) {
        return Some(decisive.into());
    }
    operands
        .iter()
        .all(Value::is_boolean)
        .then_some((!decisive).into())
}

/// Texts are compared in any case.
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one.to_lowercase() == other.to_lowercase(),
        _ => one == other,
    }
}

fn empty(value: &Value) -> Option<bool> {
    Some(match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => return None,
    })
}

fn coalesce(values: &[Value]) -> Option<Value> {
    let first = values.iter().find(|value| !value.is_null());
    Some(first.cloned().unwrap_or_default())
}

fn object(pairs: &[Value]) -> Option<Value> {
    let members = pairs.chunks(2).map(|pair| match pair {
        [Value::String(name), value] if !unresolved(name) => Some((name.clone(), value.clone())),
        _ => None,
    });
    members.collect::<Option<Map<_, _>>>().map(Value::Object)
}

fn join(lists: &[Value], unique: bool) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for item in lists.iter().filter_map(Value::as_array).flatten() {
        if !unique || !all.contains(item) {
            all.push(item.clone());
        }
    }
    all.into()
}

/// Texts that are not known stay so within the whole.
fn concat(parts: &[Value]) -> Option<Value> {
    joined(parts, "")
}

/// Texts with another one between them.
fn joined(parts: &[Value], between: &str) -> Option<Value> {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(between);
        }
        text.push_str(&spelled(part)?);
        if text.len() > MAX_TEXT {
            return None;
        }
    }
    Some(text.into())
}

fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("True".to_owned()),
        Value::Bool(false) => Some("False".to_owned()),
        _ => None,
    }
}

/// Fills `{0}` in; formats such as `{0:N}` are not known.
fn filled(format: &str, values: &[Value]) -> Option<Value> {
    let mut text = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        if let Some(after) = after.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = after.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else {
            let (index, after) = after.strip_prefix('{')?.split_once('}')?;
            text.push_str(&spelled(values.get(index.parse::<usize>().ok()?)?)?);
            rest = after;
        }
        if text.len() > MAX_TEXT {
            return None;
        }
    }
    text.push_str(rest);
    Some(text.into())
}

/// Reads an expression and resolves it on the way.
struct Parser<'s, 'a> {
    scope: &'s Scope<'a>,
    rest: &'s str,
    depth: usize,
}

impl<'s, 'a> Parser<'s, 'a> {
    fn new(scope: &'s Scope<'a>, text: &'s str, depth: usize) -> Self {
        Self {
            scope,
            rest: text,
            depth,
        }
    }

    fn whole(&mut self) -> Value {
        let value = self.value();
        let is_whole = self.rest.trim().is_empty();
        value.filter(|_| is_whole).unwrap_or_else(|| UNKNOWN.into())
    }

    /// A text, a number or a call, and the members that are taken of it; none where the expression is malformed.
    fn value(&mut self) -> Option<Value> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut value = self.primary()?;
        loop {
            if self.take('.') {
                let name = self.word()?;
                value = member(&value, name);
            } else if self.take('[') {
                let index = self.value()?;
                if !self.take(']') {
                    return None;
                }
                value = element(&value, &index);
            } else {
                self.depth -= 1;
                return Some(value);
            }
        }
    }

    fn primary(&mut self) -> Option<Value> {
        self.rest = self.rest.trim_start();
        if self.rest.starts_with('\'') {
            return self.text();
        }
        if self
            .rest
            .starts_with(|c: char| c.is_ascii_digit() || c == '-')
        {
            let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '-');
            let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
            self.rest = rest;
            return digits.parse::<i64>().ok().map(Value::from);
        }
        let mut name = self.word()?;
        let mut is_own = false;
        while self.take('.') {
            name = self.word()?;
            is_own = true;
        }
        let arguments = self.arguments()?;
        // A function of a namespace is the template's own.
        Some(if is_own {
            UNKNOWN.into()
        } else {
            self.scope.call(name, &arguments, self.depth)
        })
    }

    fn arguments(&mut self) -> Option<Vec<Value>> {
        if !self.take('(') {
            return None;
        }
        let mut arguments = Vec::new();
        if self.take(')') {
            return Some(arguments);
        }
        loop {
            arguments.push(self.value()?);
            if self.take(')') {
                return Some(arguments);
            }
            if !self.take(',') {
                return None;
            }
        }
    }

    /// Two quotes stand for one.
    fn text(&mut self) -> Option<Value> {
        let mut text = String::new();
        let mut rest = self.rest.strip_prefix('\'')?;
        loop {
            let (part, after) = rest.split_once('\'')?;
            text.push_str(part);
            match after.strip_prefix('\'') {
                Some(after) => {
                    text.push('\'');
                    rest = after;
                }
                None => {
                    self.rest = after;
                    return Some(text.into());
                }
            }
        }
    }

    fn word(&mut self) -> Option<&'s str> {
        let text = self.rest.trim_start();
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let (word, rest) = text.split_at(end.unwrap_or(text.len()));
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        if let Some(rest) = rest {
            self.rest = rest;
        }
        rest.is_some()
    }
}

fn member(value: &Value, name: &str) -> Value {
    find(Some(value), name).map_or_else(|| UNKNOWN.into(), |(_, member)| member.clone())
}

fn element(value: &Value, index: &Value) -> Value {
    match index {
        Value::String(name) => member(value, name),
        index => {
            let index = index.as_u64().and_then(|index| usize::try_from(index).ok());
            let element = index.and_then(|index| value.get(index));
            element.cloned().unwrap_or_else(|| UNKNOWN.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn resolved(text: &str) -> Value {
        let template = json!({
            "parameters": {
                "name": {"type": "string", "defaultValue": "shop"},
                "hosts": {"type": "array", "defaultValue": ["[parameters('name')]", "b"]},
                "tenant": {"type": "string"},
                "secret": {"type": "secureString", "defaultValue": "hunter2"},
                "loop": {"type": "string", "defaultValue": "[concat(parameters('loop'), parameters('loop'))]"}
            },
            "variables": {"site": {"host": "[format('{0}.contoso.com', parameters('name'))]"}}
        });
        Scope::new(&template, BTreeMap::new()).resolve(&text.into())
    }

    #[test]
    fn what_is_in_the_template_is_resolved() {
        for (text, expected) in [
            ("plain", json!("plain")),
            ("[[x]", json!("[x]")),
            ("[parameters('name')]", json!("shop")),
            ("[PARAMETERS('Name')]", json!("shop")),
            ("[parameters('hosts')]", json!(["shop", "b"])),
            ("[parameters('hosts')[1]]", json!("b")),
            ("[variables('site').host]", json!("shop.contoso.com")),
            (
                "[concat('https://', variables('site')['host'], '/it''s')]",
                json!("https://shop.contoso.com/it's"),
            ),
            (
                "[if(equals(parameters('name'), 'SHOP'), 'yes', newGuid())]",
                json!("yes"),
            ),
            (
                "[if(empty(parameters('name')), 'yes', null())]",
                json!(null),
            ),
            (
                "[createObject('a', 1, 'b', false())]",
                json!({"a": 1, "b": false}),
            ),
            (
                "[union(createArray('a'), createArray('a', 'b'))]",
                json!(["a", "b"]),
            ),
            ("[format('{{{0}}}', toUpper('x'))]", json!("{X}")),
            ("[join(parameters('hosts'), ' ')]", json!("shop b")),
        ] {
            assert_eq!(resolved(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_stays_unknown() {
        for text in [
            "[newGuid()]",
            "[uniqueString(parameters('name'))]",
            "[parameters('missing')]",
            "[parameters('tenant')]",
            "[parameters('secret')]",
            "[parameters('loop')]",
            "[concat('https://', parameters('tenant'))]",
            "[toUpper(parameters('tenant'))]",
            "[if(equals(parameters('tenant'), 'x'), 'a', 'b')]",
            "[reference('app').appId]",
            "[contoso.name('x')]",
            "[resourceGroup().location]",
            "[concat('a'",
            "[concat('a']",
        ] {
            let value = resolved(text);
            assert!(
                !is_known(&value) || text == "[concat('a'",
                "{text}: {value}"
            );
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in r"\[?([a-z]{1,9}|'|\(|\)|,|\.|\[|\]|\{0\}|é| |[0-9]{1,20}|concat\('|parameters\('name'\)){0,30}\]?") {
            resolved(&text);
        }
    }
}

//! Functions of Rego that take less time to do than to hand their arguments to regorus. They say the same.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use regex::Regex;
use regorus::Value;

use super::view::{Arena, View};

/// A function that is done here.
pub(super) enum Native {
    Plain(Function),
    /// `regex.match`
    Match(Patterns),
}

type Function = for<'a> fn(&'a Arena, &[View<'a>]) -> Option<View<'a>>;

impl Native {
    /// The function of that name.
    pub(super) fn find(name: &str) -> Option<Self> {
        let function: Function = match name {
            "array.concat" => array_concat,
            "array.slice" => array_slice,
            "concat" => concat,
            "contains" => contains,
            "count" => count,
            "is_string" => is_string,
            "lower" => lower,
            "max" => max,
            "object.keys" => object_keys,
            "object.union" => object_union,
            "regex.match" => return Some(Self::Match(Patterns::default())),
            "sort" => sort,
            "split" => split,
            "sprintf" => sprintf,
            "startswith" => starts_with,
            "trim_space" => trim_space,
            "trim_suffix" => trim_suffix,
            _ => return None,
        };
        Some(Self::Plain(function))
    }

    /// None where regorus must be asked.
    pub(super) fn call<'a>(&self, arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
        match (self, arguments) {
            (Self::Plain(function), _) => function(arena, arguments),
            (Self::Match(patterns), [View::Text(pattern), View::Text(text)]) => {
                patterns.is_match(pattern, text).map(View::Bool)
            }
            (Self::Match(_), _) => None,
        }
    }
}

/// Compiled expressions. regorus keeps them too, and copies one for each match, which takes longer than the match.
#[derive(Default)]
pub(super) struct Patterns(RwLock<HashMap<String, Regex>>);

impl Patterns {
    /// As many as are kept. The bundled rules have one.
    const MOST: usize = 16;

    fn is_match(&self, pattern: &str, text: &str) -> Option<bool> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(pattern) {
            return Some(known.is_match(text));
        }
        drop(known);
        let compiled = Regex::new(pattern).ok()?;
        let is_match = compiled.is_match(text);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < Self::MOST {
            known.insert(pattern.to_owned(), compiled);
        }
        Some(is_match)
    }
}

fn array_concat<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    let [one, other] = arguments else { return None };
    if one.is_set() || other.is_set() {
        return None;
    }
    let (first, second) = (one.items()?, other.items()?);
    if second.is_empty() {
        return Some(*one);
    }
    let mut items = first.iter().chain(second.iter()).copied();
    let all = arena.alloc_slice_fill_with(first.len() + second.len(), |_| {
        items.next().unwrap_or(View::Undefined)
    });
    Some(View::Array(all))
}

fn array_slice<'a>(_: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    let [View::Array(items), start, stop] = arguments else {
        return None;
    };
    let position = |number: &View<'a>| match number {
        View::Value(Value::Number(number)) => usize::try_from(number.as_u64()?).ok(),
        _ => None,
    };
    let (start, stop) = (position(start)?, position(stop)?.min(items.len()));
    Some(View::Array(items.get(start..stop).unwrap_or_default()))
}

fn concat<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    let [View::Text(delimiter), View::Array(items) | View::Set(items)] = arguments else {
        return None;
    };
    let text = |item: &View<'a>| match item {
        View::Text(text) => Some(*text),
        _ => None,
    };
    let texts: Option<Vec<&str>> = items.iter().map(text).collect();
    Some(View::Text(arena.alloc_str(&texts?.join(delimiter))))
}

fn contains<'a>(_: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    match arguments {
        [View::Text(text), View::Text(part)] => Some(View::Bool(text.contains(part))),
        _ => None,
    }
}

fn count<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    let [list] = arguments else { return None };
    let length = match list {
        View::Text(text) => text.encode_utf16().count(),
        list => list.len()?,
    };
    Some(View::Value(arena.alloc(Value::from(length))))
}

fn is_string<'a>(_: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    let [value] = arguments else { return None };
    Some(View::Bool(matches!(value, View::Text(_))))
}

fn lower<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    let [View::Text(text)] = arguments else {
        return None;
    };
    // Of other letters, regorus knows which way it lowers them.
    text.is_ascii().then(|| {
        let lower = arena.alloc_str(text);
        lower.make_ascii_lowercase();
        View::Text(lower)
    })
}

fn max<'a>(_: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    match arguments {
        [View::Array(items) | View::Set(items)] => items.iter().max().copied(),
        _ => None,
    }
}

fn object_keys<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    let [object] = arguments else { return None };
    let keys: Vec<_> = object.members()?.iter().map(|(key, _)| *key).collect();
    Some(View::set(arena, &keys))
}

fn object_union<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    match arguments {
        [one, other] if one.is_object() && other.is_object() => Some(union(arena, *one, *other)),
        _ => None,
    }
}

/// The second value, with the members of the first where both are objects.
fn union<'a>(arena: &'a Arena, one: View<'a>, other: View<'a>) -> View<'a> {
    let (Some(left), Some(right)) = (one.members(), other.members()) else {
        return other;
    };
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let mut members = Vec::with_capacity(left.len() + right.len());
    while let (Some((one, in_left)), Some((other, in_right))) = (left.peek(), right.peek()) {
        match one.cmp(other) {
            Ordering::Less => members.extend(left.next()),
            Ordering::Greater => members.extend(right.next()),
            Ordering::Equal => {
                members.push((*one, union(arena, *in_left, *in_right)));
                left.next();
                right.next();
            }
        }
    }
    members.extend(left);
    members.extend(right);
    View::Object(arena.alloc_slice_copy(&members))
}

fn sort<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    match arguments {
        [View::Set(items)] => Some(View::Array(items)),
        [View::Array(items)] => {
            let sorted = arena.alloc_slice_copy(items);
            sorted.sort();
            Some(View::Array(sorted))
        }
        _ => None,
    }
}

fn split<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    match arguments {
        [View::Text(text), View::Text(delimiter)] => {
            let mut letters = delimiter.chars();
            Some(match (letters.next(), letters.next()) {
                // What comes between letters is nothing, which regorus knows about.
                (None, _) => return None,
                (Some(letter), None) => texts(arena, text.split(letter)),
                _ => texts(arena, text.split(delimiter)),
            })
        }
        _ => None,
    }
}

fn texts<'a>(arena: &'a Arena, texts: impl Iterator<Item = &'a str>) -> View<'a> {
    let texts = bumpalo::collections::Vec::from_iter_in(texts.map(View::Text), arena);
    View::Array(texts.into_bump_slice())
}

/// Where text stands in for each `%s`.
fn sprintf<'a>(arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    let [View::Text(format), View::Array(values)] = arguments else {
        return None;
    };
    let mut parts = format.split('%');
    let mut all = parts.next()?.to_owned();
    let mut values = values.iter();
    for part in parts {
        let (rest, View::Text(text)) = (part.strip_prefix('s')?, values.next()?) else {
            return None;
        };
        all.push_str(text);
        all.push_str(rest);
    }
    let is_all = values.next().is_none();
    is_all.then(|| View::Text(arena.alloc_str(&all)))
}

fn starts_with<'a>(_: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    match arguments {
        [View::Text(text), View::Text(start)] => Some(View::Bool(text.starts_with(start))),
        _ => None,
    }
}

fn trim_space<'a>(_: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    match arguments {
        [View::Text(text)] => Some(View::Text(text.trim())),
        _ => None,
    }
}

fn trim_suffix<'a>(_: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
    match arguments {
        [View::Text(text), View::Text(end)] => {
            Some(View::Text(text.strip_suffix(*end).unwrap_or(text)))
        }
        _ => None,
    }
}

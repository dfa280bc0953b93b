//! Nodes become values: aliases are written out, merge keys merged, keys made strings.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::{Content, Node, Scalar, Tag, scalar};
use crate::document::Limits;
use crate::document::error::Fault;

/// The value of a document.
pub(super) fn of(root: &Node<'_>, limits: &Limits) -> Result<Value, Fault> {
    let mut values = Values {
        anchors: HashMap::new(),
        max_depth: limits.depth(),
        alias: None,
        copied: 0,
        max_copied: limits.max_bytes,
    };
    values.value(root, 0)
}

struct Values<'n, 'a> {
    /// Nodes that aliases may name: those that are complete.
    anchors: HashMap<usize, &'n Node<'a>>,
    max_depth: usize,
    /// Where the alias stands that is being written out.
    alias: Option<usize>,
    /// An estimate of the bytes that aliases have copied.
    copied: u64,
    max_copied: u64,
}

impl<'n, 'a> Values<'n, 'a> {
    fn value(&mut self, node: &'n Node<'a>, depth: usize) -> Result<Value, Fault> {
        let value = match &node.content {
            Content::Alias(id) => return self.alias(node, *id, depth),
            Content::Scalar(scalar) => {
                self.charge(scalar.text.len())?;
                scalar_value(node, scalar)?
            }
            Content::Sequence(items) => {
                let depth = self.below(node, depth)?;
                let items = items.iter().map(|item| self.value(item, depth));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Content::Mapping(members) => {
                let depth = self.below(node, depth)?;
                Value::Object(self.mapping(members, depth)?)
            }
        };
        if node.anchor > 0 {
            self.anchors.insert(node.anchor, node);
        }
        Ok(value)
    }

    fn alias(&mut self, alias: &Node<'_>, id: usize, depth: usize) -> Result<Value, Fault> {
        let node = self.anchored(alias, id)?;
        let outer = self.alias;
        self.alias = outer.or(Some(alias.range.start));
        let value = self.value(node, depth)?;
        self.alias = outer;
        Ok(value)
    }

    fn anchored(&self, alias: &Node<'_>, id: usize) -> Result<&'n Node<'a>, Fault> {
        self.anchors.get(&id).copied().ok_or_else(|| {
            let message =
                "the alias stands within its own anchor, or its anchor in another document";
            Fault::new(alias.range.start, message)
        })
    }

    fn mapping(
        &mut self,
        members: &'n [(Node<'a>, Node<'a>)],
        depth: usize,
    ) -> Result<Map<String, Value>, Fault> {
        let mut object = Map::new();
        let mut merged = None;
        for (key, value) in members {
            let start = key.range.start;
            if is_merge(key) {
                if merged.replace(value).is_some() {
                    return Err(Fault::duplicate_key(start, "<<"));
                }
                continue;
            }
            match object.entry(self.key(key)?) {
                Entry::Vacant(entry) => entry.insert(self.value(value, depth)?),
                Entry::Occupied(entry) => return Err(Fault::duplicate_key(start, entry.key())),
            };
        }
        if let Some(node) = merged {
            self.merge(&mut object, node, depth)?;
        }
        Ok(object)
    }

    /// Adds the members of one mapping, or of several, that the object does not have yet.
    fn merge(
        &mut self,
        object: &mut Map<String, Value>,
        node: &'n Node<'a>,
        depth: usize,
    ) -> Result<(), Fault> {
        let sources = match self.value(node, depth)? {
            Value::Array(sources) => sources,
            source => vec![source],
        };
        for source in sources {
            let Value::Object(source) = source else {
                let message = "`<<` merges a mapping, or a list of mappings";
                return Err(Fault::new(node.range.start, message));
            };
            for (key, value) in source {
                object.entry(key).or_insert(value);
            }
        }
        Ok(())
    }

    fn key(&mut self, key: &'n Node<'a>) -> Result<String, Fault> {
        if key.anchor > 0 {
            self.anchors.insert(key.anchor, key);
        }
        let node = match key.content {
            Content::Alias(id) => self.anchored(key, id)?,
            _ => key,
        };
        let text = key_text(node).ok_or_else(|| {
            let message = "the key is a list or a mapping, and has to be a string";
            Fault::new(key.range.start, message)
        })?;
        self.charge(text.len())?;
        Ok(text.into_owned())
    }

    fn below(&mut self, node: &Node<'_>, depth: usize) -> Result<usize, Fault> {
        self.charge(0)?;
        if depth >= self.max_depth {
            let start = self.alias.unwrap_or(node.range.start);
            return Err(Fault::too_deep(start, self.max_depth));
        }
        Ok(depth + 1)
    }

    /// Counts a node that an alias copies: few lines of aliases can stand for terabytes.
    fn charge(&mut self, length: usize) -> Result<(), Fault> {
        let Some(alias) = self.alias else {
            return Ok(());
        };
        self.copied += (size_of::<Value>() + length) as u64;
        if self.copied > self.max_copied {
            let message = format!("aliases copy more than {} bytes", self.max_copied);
            return Err(Fault::new(alias, message));
        }
        Ok(())
    }
}

fn scalar_value(node: &Node<'_>, scalar: &Scalar<'_>) -> Result<Value, Fault> {
    scalar::value(scalar).map_err(|message| {
        Fault::new(node.range.start, message).help("quote it to make it a string")
    })
}

/// Whether a key is YAML 1.1's merge key.
pub(in crate::document) fn is_merge(key: &Node<'_>) -> bool {
    match &key.content {
        Content::Scalar(scalar) => match scalar.tag {
            Tag::Merge => true,
            Tag::None => scalar.plain && scalar.text == "<<",
            _ => false,
        },
        _ => false,
    }
}

/// The name of a member by its key: JSON's spelling of null and booleans, and numbers as written.
pub(in crate::document) fn key_text<'n>(key: &'n Node<'_>) -> Option<Cow<'n, str>> {
    let Content::Scalar(scalar) = &key.content else {
        return None;
    };
    match scalar::value(scalar) {
        Ok(Value::Null) => Some(Cow::Borrowed("null")),
        Ok(Value::Bool(value)) => Some(Cow::Owned(value.to_string())),
        _ => Some(Cow::Borrowed(scalar.text.as_ref())),
    }
}

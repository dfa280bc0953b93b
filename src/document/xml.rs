//! XML, as a value: an element is an object with `name`, `attributes` and `children`, and text is a string.

use roxmltree::{Document, Error, Node, NodeType};
use serde_json::{Map, Value, json};

use super::Limits;
use super::error::Fault;

/// The root element. A document type is refused, and with it entities of the document's own.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Value, Fault> {
    if let Some(offset) = too_deep(text, limits.depth()) {
        return Err(Fault::too_deep(offset, limits.depth()));
    }
    let document = Document::parse(text).map_err(|error| fault(text, &error))?;
    Ok(of_element(document.root_element()))
}

/// Where elements may be nested deeper than that: each `<` but of an end opens one at the most.
fn too_deep(text: &str, max_depth: usize) -> Option<usize> {
    let mut depth: usize = 0;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let offset = text.len() - rest.len() + at;
        let tag = rest.get(at..)?;
        let (ends, is_open) = match tag.as_bytes() {
            [b'<', b'!', b'-', b'-', ..] => ("-->", false),
            [b'<', b'!', b'[', ..] => ("]]>", false),
            [b'<', b'?', ..] => ("?>", false),
            [b'<', b'/', ..] => {
                depth = depth.saturating_sub(1);
                (">", false)
            }
            _ => (">", true),
        };
        let length = if is_open {
            tag_length(tag)
        } else {
            tag.find(ends).map_or(tag.len(), |end| end + ends.len())
        };
        if is_open && !tag.get(..length)?.ends_with("/>") {
            depth += 1;
            if depth > max_depth {
                return Some(offset);
            }
        }
        rest = tag.get(length..)?;
    }
    None
}

/// The length of a start tag: a `>` in the quotes of an attribute does not end it.
fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    for (index, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return index + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn of_element(element: Node<'_, '_>) -> Value {
    let attributes: Map<String, Value> = element
        .attributes()
        .map(|attribute| (attribute.name().to_owned(), attribute.value().into()))
        .collect();
    let children: Vec<Value> = content(element)
        .map(|child| match child.text().filter(|_| child.is_text()) {
            Some(text) => text.into(),
            None => of_element(child),
        })
        .collect();
    json!({
        "name": element.tag_name().name(),
        "attributes": attributes,
        "children": children,
    })
}

/// The children that count: elements, and text that is not blank.
pub(super) fn content<'a, 'input>(
    element: Node<'a, 'input>,
) -> impl Iterator<Item = Node<'a, 'input>> {
    element.children().filter(|child| match child.node_type() {
        NodeType::Element => true,
        NodeType::Text => child.text().is_some_and(|text| !text.trim().is_empty()),
        _ => false,
    })
}

fn fault(text: &str, error: &Error) -> Fault {
    let place = error.pos();
    let message = error.to_string();
    // The position is told apart from the message, which repeats it at its end.
    let message = message
        .rsplit_once(" at ")
        .map_or(message.as_str(), |m| m.0);
    let line = usize::try_from(place.row).unwrap_or(1).saturating_sub(1);
    let start = super::lines::lines(text)
        .nth(line)
        .map_or(text.len(), |(at, _)| at);
    let column = usize::try_from(place.col).unwrap_or(1).saturating_sub(1);
    let offset = text
        .get(start..)
        .and_then(|rest| rest.char_indices().nth(column))
        .map_or(start, |(index, _)| start + index);
    Fault::new(offset, message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Result<Value, Fault> {
        parse(text, &Limits::default())
    }

    #[test]
    fn an_element_is_its_name_attributes_and_children() {
        let text = "<?xml version=\"1.0\"?>\n<!-- <a> -->\n<p:a xmlns:p=\"urn:x\" b=\"1 &gt; 0\"> <c/> t<![CDATA[<]]> </p:a>";
        let expected = json!({
            "name": "a",
            "attributes": {"b": "1 > 0"},
            "children": [{"name": "c", "attributes": {}, "children": []}, " t< "],
        });
        assert_eq!(parsed(text).unwrap(), expected);
    }

    #[test]
    fn what_is_no_xml_has_a_place() {
        let fault = parsed("<a>\n  <b></c>\n</a>").unwrap_err();
        assert_eq!(fault.offset, 9, "{}", fault.message);
        assert!(parsed("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>").is_err());
        assert!(parsed("a").is_err());
    }

    #[test]
    fn deep_nesting_is_refused() {
        let nested = |levels: usize| "<a x='>'>".repeat(levels) + &"</a>".repeat(levels);
        assert!(parsed(&nested(64)).is_ok());
        assert_eq!(
            parsed(&nested(65)).unwrap_err().message,
            "nested deeper than 64 levels"
        );
        assert!(parsed(&"<a>".repeat(1_000_000)).is_err());
        assert!(parsed(&format!("<a>{}</a>", "<b/><!-- <c> --><c/>".repeat(100))).is_ok());
    }

    proptest! {
        #[test]
        fn never_panics(text in "([<>/!?a-c\"'= \n\\[\\]&;-]|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<a>|</a>|é)*") {
            let _ = parsed(&text);
        }
    }
}

//! Indented JSON, whose long lists are rendered on all cores.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::parallel;
use crate::report::guard::Guarded;

/// How many elements of a list are rendered before they are written.
const AT_ONCE: usize = 4096;

/// How many of them a core is given at least.
const EACH: usize = 64;

/// Writes a value.
pub(super) fn write(writer: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    // A token at a time is written: into memory, and not to whatever the writer is.
    let mut writer = BufWriter::with_capacity(1 << 16, writer);
    serialize(&mut writer, value, 0)?;
    writer.flush()
}

/// What writes the elements of a list.
pub(super) type WriteElements<'a> = &'a dyn Fn(&mut dyn Write) -> io::Result<()>;

/// Writes a value, and the elements of those of its lists that are named, which are empty until now. They are named in their
/// order.
pub(super) fn write_with(
    writer: &mut dyn Write,
    value: &impl Serialize,
    lists: &[(&str, WriteElements<'_>)],
) -> io::Result<()> {
    let whole = text(value, 0)?;
    let mut rest = whole.as_str();
    for (name, write_elements) in lists {
        let list = format!("\n  \"{name}\": [");
        // Strings have no line ends in JSON, so that this is no part of one.
        let parts = rest.split_once(&format!("{list}]"));
        let (before, after) = parts.ok_or_else(|| io::Error::other(format!("no list `{name}`")))?;
        write!(writer, "{before}{list}")?;
        write_elements(writer)?;
        write!(writer, "]")?;
        rest = after;
    }
    write!(writer, "{rest}")
}

/// Writes the elements of a list, as [`write_with`] wants it. While some are written, the next ones are rendered.
pub(super) fn write_elements<T: Serialize + Sync>(
    writer: &mut dyn Write,
    elements: &[T],
) -> io::Result<()> {
    let mut batches = elements.chunks(AT_ONCE);
    let mut next = batches.next().map(rendered);
    let mut is_first = true;
    while let Some(parts) = next.take() {
        let write = || {
            for part in parts {
                let part = part?;
                let after_comma = part.strip_prefix(b",").filter(|_| is_first);
                writer.write_all(after_comma.unwrap_or(&part))?;
                is_first = false;
            }
            Ok::<(), io::Error>(())
        };
        match batches.next() {
            Some(batch) => rayon::in_place_scope(|scope| {
                scope.spawn(|_| next = Some(rendered(batch)));
                write()
            })?,
            None => write()?,
        }
    }
    if is_first {
        return Ok(());
    }
    writer.write_all(b"\n  ")
}

/// The texts of elements in their order, each element behind a comma.
fn rendered<T: Serialize + Sync>(elements: &[T]) -> Vec<io::Result<Vec<u8>>> {
    parallel::map(elements.chunks(EACH), 1, |some| {
        let mut all = Vec::with_capacity(1 << 16);
        for element in some {
            all.extend_from_slice(b",\n    ");
            serialize(&mut all, element, 2)?;
        }
        Ok(all)
    })
}

/// A value as it stands in so many lists or objects.
pub(super) fn text(value: &impl Serialize, levels: usize) -> io::Result<String> {
    let mut text = Vec::with_capacity(2048);
    serialize(&mut text, value, levels)?;
    String::from_utf8(text).map_err(io::Error::other)
}

fn serialize(writer: &mut impl Write, value: &impl Serialize, levels: usize) -> io::Result<()> {
    let mut formatter = PrettyFormatter::new();
    for _ in 0..levels {
        // It has no other way to begin further in.
        formatter.begin_array(&mut io::sink())?;
    }
    value.serialize(&mut Serializer::with_formatter(writer, Guarded(formatter)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn with(elements: &[Value]) -> String {
        let value = json!({"a": "\n  \"list\": []", "list": [], "more": [], "z": {"list": []}});
        let mut out = Vec::new();
        let write = |writer: &mut dyn Write| write_elements(writer, elements);
        write_with(&mut out, &value, &[("list", &write), ("more", &write)]).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn at_once(elements: &[Value]) -> String {
        let value =
            json!({"a": "\n  \"list\": []", "list": elements, "more": elements, "z": {"list": []}});
        text(&value, 0).unwrap()
    }

    #[test]
    fn a_long_list_is_as_it_would_be_at_once() {
        let element = |number: usize| json!({"number": number, "more": [[], {}, "##[a]"]});
        for length in [0, 1, 2, EACH, EACH + 1, AT_ONCE, 2 * AT_ONCE + 1] {
            let elements: Vec<Value> = (0..length).map(element).collect();
            assert_eq!(with(&elements), at_once(&elements));
        }
    }

    #[test]
    fn a_list_that_is_not_there_is_an_error() {
        let lists: [(&str, WriteElements<'_>); 1] = [("list", &|_| Ok(()))];
        let error = write_with(&mut Vec::new(), &json!({}), &lists).unwrap_err();
        assert_eq!(error.to_string(), "no list `list`");
    }

    proptest! {
        #[test]
        fn any_text_is_as_it_would_be_at_once(texts in prop::collection::vec(any::<String>(), 0..9)) {
            let elements: Vec<Value> = texts.into_iter().map(Value::from).collect();
            prop_assert_eq!(with(&elements), at_once(&elements));
        }
    }
}

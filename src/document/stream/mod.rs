//! Sources of any size, some elements at a time.
//!
//! A [`Layout`] says how the text is made, and a [`Stream`] gives it in [`Chunk`]s: some whole values, or some whole
//! elements of a list. The parser is the one for whole texts; a scanner only finds where to cut.

mod chunk;
mod layout;
mod scan;
#[cfg(test)]
mod tests;
mod text;

pub(in crate::document) use self::chunk::Part;
pub(crate) use self::chunk::{Chunk, Stream};
pub(crate) use self::layout::{Layout, List, layout};

//! What a module's text may ask of the parser. It is told before anything is parsed.

use std::num::NonZeroU32;

use regorus::Source;
use regorus::unstable::{Lexer, Span, TokenKind};

use crate::rego::fault::Fault;

/// Levels of brackets. regorus parses nested brackets in time that doubles with each level.
const MAX_NESTING: u32 = 14;
/// Steps that all brackets of a file may cost together; one takes about a microsecond.
const MAX_COST: u64 = 1 << 22;
/// Operators in one expression. Each is one level of the syntax tree, and the tree is walked by recursion.
const MAX_OPERATORS: usize = 256;

/// Columns of a line: enough for a certificate in one line.
pub(in crate::rego) const MAX_COLUMNS: NonZeroU32 = NonZeroU32::new(1 << 16).unwrap();

/// Refuses what the parser would not come back from.
pub(in crate::rego) fn check(path: &str, text: &str) -> Result<(), Fault> {
    let regorus = |error: anyhow::Error| Fault::from_regorus(path, &error);
    if let Some(at) = text.find('\0') {
        return Err(nul_byte(path, text, at));
    }
    let source = Source::from_contents(path.to_owned(), text.to_owned()).map_err(regorus)?;
    let mut lexer = Lexer::new(&source);
    lexer.set_max_col(MAX_COLUMNS);
    let mut tally = Tally::default();
    loop {
        let token = lexer.next_token().map_err(regorus)?;
        if token.0 == TokenKind::Eof {
            return Ok(());
        }
        tally.count(&token.0, &token.1)?;
    }
}

fn nul_byte(path: &str, text: &str, at: usize) -> Fault {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    Fault {
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
        ..Fault::at_start(path, "a NUL byte")
    }
}

/// What has been seen so far.
#[derive(Default)]
struct Tally {
    cost: u64,
    /// Operators of the expression at hand, one count for each open bracket.
    operators: Vec<usize>,
    current: usize,
    before: Before,
}

/// The token before.
#[derive(Default)]
struct Before {
    line: u32,
    /// Whether an expression can end with it.
    ends: bool,
}

impl Tally {
    fn count(&mut self, kind: &TokenKind, span: &Span) -> Result<(), Fault> {
        let text = match kind {
            TokenKind::Symbol => span.text(),
            _ => "",
        };
        let starts_line = span.line != self.before.line;
        match text {
            "[" | "{" | "(" => self.open(text, starts_line, span)?,
            "]" | "}" | ")" => self.current = self.operators.pop().unwrap_or(0),
            "," | ";" | ":" => self.current = 0,
            "" if self.before.ends && starts_line => self.current = 0,
            "" => {}
            _ => self.operator(span)?,
        }
        self.before = Before {
            line: span.line,
            ends: matches!(text, "" | "]" | "}" | ")"),
        };
        Ok(())
    }

    fn open(&mut self, text: &str, starts_line: bool, span: &Span) -> Result<(), Fault> {
        if self.before.ends && starts_line {
            self.current = 0;
        } else if self.before.ends && text == "[" {
            self.operator(span)?;
        }
        self.operators.push(self.current);
        self.current = 0;
        let depth = u32::try_from(self.operators.len()).unwrap_or(u32::MAX);
        if depth > MAX_NESTING {
            let message = format!("brackets are nested more than {MAX_NESTING} deep");
            return Err(Fault::at(span, message));
        }
        self.cost += 1 << depth;
        if self.cost > MAX_COST {
            let message = "there are too many nested brackets in this file to parse it";
            return Err(Fault::at(span, message));
        }
        Ok(())
    }

    fn operator(&mut self, span: &Span) -> Result<(), Fault> {
        self.current += 1;
        if self.current > MAX_OPERATORS {
            let message = format!("an expression has more than {MAX_OPERATORS} operators");
            return Err(Fault::at(span, message));
        }
        Ok(())
    }
}

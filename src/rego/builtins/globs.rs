//! `regex.globs_match`: whether two patterns have a text in common that is not empty.
//!
//! The patterns are expressions of single characters: `.` is any, `[a-z]` a choice, `\` takes the next as it is, and `*`
//! and `+` repeat.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use regorus::Value;

use super::added::text;

/// A character of a pattern, and how often it may stand there.
struct Token {
    choice: Choice,
    may_be_missing: bool,
    may_repeat: bool,
}

enum Choice {
    Any,
    /// Ranges of characters.
    Of(Vec<(char, char)>),
}

impl Choice {
    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, Self::Any) => true,
            (Self::Any, Self::Of(ranges)) | (Self::Of(ranges), Self::Any) => !ranges.is_empty(),
            (Self::Of(own), Self::Of(others)) => own.iter().any(|(from, to)| {
                others
                    .iter()
                    .any(|(other_from, other_to)| from <= other_to && other_from <= to)
            }),
        }
    }
}

/// Tokens of a pattern. Pairs of them are looked at.
const MAX_TOKENS: usize = 1000;

pub(super) fn globs_match(args: &[Value]) -> Result<Value> {
    let one = parse(text(args, 1)?)?;
    let other = parse(text(args, 2)?)?;
    Ok(have_common(&one, &other).into())
}

fn parse(pattern: &str) -> Result<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let choice = match c {
            '*' | '+' => {
                match tokens.last_mut() {
                    Some(token) if !token.may_repeat => {
                        token.may_repeat = true;
                        token.may_be_missing = c == '*';
                    }
                    _ => bail!("the flag `{c}` has nothing to repeat"),
                }
                continue;
            }
            '.' => Choice::Any,
            '[' => choice(&mut chars)?,
            ']' => bail!("`]` without `[`"),
            '\\' => match chars.next() {
                Some(next) => Choice::Of(vec![(next, next)]),
                None => bail!("nothing after the escape"),
            },
            other => Choice::Of(vec![(other, other)]),
        };
        if tokens.len() == MAX_TOKENS {
            bail!("the pattern is longer than {MAX_TOKENS} characters");
        }
        tokens.push(Token {
            choice,
            may_be_missing: false,
            may_repeat: false,
        });
    }
    Ok(tokens)
}

fn choice(chars: &mut std::str::Chars<'_>) -> Result<Choice> {
    let mut ranges: Vec<(char, char)> = Vec::new();
    let mut is_range = false;
    loop {
        let c = match chars.next() {
            Some(']') if !is_range => return Ok(Choice::Of(ranges)),
            Some('-') if !is_range && !ranges.is_empty() => {
                is_range = true;
                continue;
            }
            Some('\\') => chars.next(),
            other => other,
        };
        let Some(c) = c else {
            bail!("`[` without `]`");
        };
        match ranges.last_mut() {
            Some((from, to)) if is_range => {
                if *from > c {
                    bail!("the range `{from}-{c}` is empty");
                }
                *to = c;
            }
            _ => ranges.push((c, c)),
        }
        is_range = false;
    }
}

/// Walks both patterns at once. A state is a position in each, and whether a character has been taken.
fn have_common(one: &[Token], other: &[Token]) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![(0, 0, false)];
    while let Some(state) = open.pop() {
        if !seen.insert(state) {
            continue;
        }
        let (i, j, has_taken) = state;
        if i == one.len() && j == other.len() && has_taken {
            return true;
        }
        let (left, right) = (one.get(i), other.get(j));
        // A token that may be missing is passed over; one that repeats is left after its character.
        if left.is_some_and(|token| token.may_be_missing) {
            open.push((i + 1, j, has_taken));
        }
        if right.is_some_and(|token| token.may_be_missing) {
            open.push((i, j + 1, has_taken));
        }
        let (Some(left), Some(right)) = (left, right) else {
            continue;
        };
        if !left.choice.meets(&right.choice) {
            continue;
        }
        for next_i in [Some(i + 1), left.may_repeat.then_some(i)]
            .into_iter()
            .flatten()
        {
            for next_j in [Some(j + 1), right.may_repeat.then_some(j)]
                .into_iter()
                .flatten()
            {
                open.push((next_i, next_j, true));
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::globs_match;

    #[test]
    fn patterns_meet() {
        for (one, other, expected) in [
            ("a.a.[0-9]+z", "b.b.[0-9]+z", false),
            ("a.a.[0-9]*z", "aaaa", false),
            ("[a-z]+", "[0-9]*", false),
            (".*", "x", true),
            ("a*", "b*", false),
            ("[a-z]+", "q", true),
            ("a+b", "aaab", true),
            ("\\.x", ".x", true),
            ("\\.x", "ax", false),
            ("pqrs", ".*", true),
            ("", "", false),
        ] {
            let found = globs_match(&[one.into(), other.into()]).unwrap();
            assert_eq!(found, expected.into(), "{one} {other}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_an_error() {
        for pattern in ["*", "a**", "[a", "a]", "\\", "[z-a]"] {
            assert!(
                globs_match(&[pattern.into(), "a".into()]).is_err(),
                "{pattern}"
            );
        }
    }
}

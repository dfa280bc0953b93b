//! Personal data in tokens: rules see it, and nobody else unless that is asked for.

use serde_json::Value;

use crate::document::pointer::escaped;
use crate::finding::Finding;
use crate::normalize::Subject;
use crate::normalize::input::Input;
use crate::normalize::token::Token;

/// Claims that tell who the user is.
const PERSONAL: [&str; 14] = [
    "name",
    "preferred_username",
    "email",
    "upn",
    "unique_name",
    "given_name",
    "family_name",
    "nickname",
    "ipaddr",
    "login_hint",
    "onprem_sid",
    "puid",
    "altsecid",
    "phone_number",
];
/// So begin `verified_primary_email` and its like.
const VERIFIED: &str = "verified_";
const MASK: &str = "***";

/// Which claims are masked in what is shown.
#[derive(Debug, Default)]
pub(crate) struct Masking {
    is_off: bool,
    /// Further claims of the organisation's choice, such as `oid`.
    more: Vec<String>,
}

impl Masking {
    pub(crate) fn new(show: bool, more: Option<&[String]>) -> Self {
        Self {
            is_off: show,
            more: more.unwrap_or_default().to_vec(),
        }
    }

    fn is_personal(&self, claim: &str) -> bool {
        !self.is_off
            && (PERSONAL
                .iter()
                .any(|known| claim.eq_ignore_ascii_case(known))
                || claim.to_ascii_lowercase().starts_with(VERIFIED)
                || self
                    .more
                    .iter()
                    .any(|more| claim.eq_ignore_ascii_case(more)))
    }

    /// Masks what would be shown of a token.
    pub(crate) fn mask_input(&self, subject: &Subject, input: &mut Input) {
        let Some(token) = &mut input.token else {
            return;
        };
        let around = subject.place_of(Some("token.claims")).pointer;
        let place = around.strip_prefix(&subject.pointer).unwrap_or_default();
        let raw = input.raw.as_mut();
        let raw = raw.and_then(|raw| raw.pointer_mut(place)?.as_object_mut());
        for members in std::iter::once(&mut token.claims).chain(raw) {
            for (claim, value) in members {
                if self.is_personal(claim) {
                    *value = Value::from(MASK);
                }
            }
        }
    }

    /// Where personal data stands in a token's document.
    pub(crate) fn places(&self, subject: &Subject) -> Vec<String> {
        let Some(token) = subject.token() else {
            return Vec::new();
        };
        let around = subject.place_of(Some("token.claims")).pointer;
        let personal = token.claims.keys().filter(|claim| self.is_personal(claim));
        let place = |claim: &String| format!("{around}/{}", escaped(claim));
        personal.map(place).collect()
    }

    /// Masks what findings repeat of a token.
    pub(crate) fn mask_findings(&self, subject: &Subject, findings: &mut [Finding]) {
        let values = self.values(subject.token());
        if values.is_empty() {
            return;
        }
        for finding in findings {
            mask_text(&mut finding.message, &values);
            mask_text(&mut finding.remediation, &values);
            finding
                .details
                .values_mut()
                .for_each(|value| mask_value(value, &values));
        }
    }

    /// Masks what the error of a rule repeats of a token.
    pub(crate) fn mask_error(&self, subject: &Subject, error: &mut String) {
        mask_text(error, &self.values(subject.token()));
    }

    /// The personal data of a token, the longest first: one may be a part of another.
    fn values<'a>(&self, token: Option<&'a Token>) -> Vec<&'a str> {
        let claims = token.into_iter().flat_map(|token| &token.claims);
        let personal = claims.filter(|(claim, _)| self.is_personal(claim));
        let mut values: Vec<&str> = personal.flat_map(|(_, value)| texts(value)).collect();
        values.retain(|value| !value.trim().is_empty());
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        values
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn mask_value(value: &mut Value, personal: &[&str]) {
    match value {
        Value::String(text) => mask_text(text, personal),
        Value::Array(items) => items.iter_mut().for_each(|item| mask_value(item, personal)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| mask_value(member, personal)),
        _ => {}
    }
}

/// The fewest characters that nothing else is made of by chance.
const DISTINCT: usize = 6;

/// Masks what is personal, in any case: whole words, and parts of words where they are long.
fn mask_text(text: &mut String, personal: &[&str]) {
    for value in personal {
        let value = value.to_ascii_lowercase();
        let mut masked = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, found, after)) = split(rest, &value) {
            masked.push_str(before);
            let is_whole = !masked.ends_with(char::is_alphanumeric)
                && !after.starts_with(char::is_alphanumeric);
            let is_distinct = value.chars().count() >= DISTINCT;
            masked.push_str(if is_whole || is_distinct { MASK } else { found });
            rest = after;
        }
        masked.push_str(rest);
        *text = masked;
    }
}

/// What stands before, at and after a value, given in lower case.
fn split<'a>(text: &'a str, value: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let at = text.to_ascii_lowercase().find(value)?;
    let (before, rest) = text.split_at_checked(at)?;
    let (found, after) = rest.split_at_checked(value.len())?;
    Some((before, found, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str, personal: &[&str]) -> String {
        let mut text = text.to_owned();
        mask_text(&mut text, personal);
        text
    }

    #[test]
    fn whole_words_are_masked() {
        let personal = ["ada@contoso.com", "Ada Lovelace", "Ada"];
        assert_eq!(
            masked(
                "user `ada@contoso.com` (Ada Lovelace, Ada) is not Adam",
                &personal
            ),
            "user `***` (***, ***) is not Adam"
        );
        assert_eq!(masked("Ada", &personal), "***");
        assert_eq!(masked("AdaAda NoAda", &personal), "AdaAda NoAda");
        assert_eq!(masked("uADA@contoso.com, ADA", &personal), "u***, ***");
        assert_eq!(masked("李明 ok", &["李明"]), "*** ok");
    }

    #[test]
    fn more_claims_can_be_named() {
        let masking = Masking::new(false, Some(&["oid".to_owned()]));
        assert!(masking.is_personal("oid") && masking.is_personal("verified_primary_email"));
        assert!(!masking.is_personal("sub"));
        assert!(!Masking::new(true, None).is_personal("name"));
    }
}

//! One thing that differs, in words for people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Location;

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Whether it came, went, or became something else.
    pub effect: Effect,
    /// The list or the setting of `input.change` that it is from: `permissions`, `sign_in_audience`.
    pub fact: String,
    /// What it is: `application permission`, `audience`.
    pub what: String,
    /// Its name; none for a setting.
    pub name: Option<String>,
    /// To what it belongs: the API of a permission, the issuer of a federated credential.
    pub of: Option<String>,
    /// Its value before, where one became another.
    pub old: Option<String>,
    /// Its value after.
    pub new: Option<String>,
    /// What else there is to know, in words of this program.
    pub notes: Vec<String>,
    /// Where it stands; where it stood, when it is lost.
    pub location: Location,
}

/// Whether something came, went, or became something else.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Only the new version has it.
    Gained,
    /// Only the old version has it.
    Lost,
    /// Both have it, in different forms.
    Changed,
}

impl Effect {
    /// One character for it.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Self::Gained => '+',
            Self::Lost => '-',
            Self::Changed => '~',
        }
    }
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words of this program.
    Words(String),
    /// A value of a document, which must not be taken for anything else.
    Value(&'a str),
}

impl Item {
    /// ``application permission `User.Read.All` of `Microsoft Graph` (privilege level 3 of 4)``
    #[must_use]
    pub fn sentence(&self) -> Vec<Piece<'_>> {
        let mut pieces = vec![Piece::Words(self.what.clone())];
        for (words, value) in [(" ", &self.name), (" of ", &self.of)] {
            if let Some(value) = value {
                pieces.push(Piece::Words(words.to_owned()));
                pieces.push(Piece::Value(value));
            }
        }
        if let (Some(old), Some(new)) = (&self.old, &self.new) {
            pieces.extend([
                Piece::Words(": ".to_owned()),
                Piece::Value(old),
                Piece::Words(" → ".to_owned()),
                Piece::Value(new),
            ]);
        }
        if !self.notes.is_empty() {
            pieces.push(Piece::Words(format!(" ({})", self.notes.join(", "))));
        }
        pieces
    }
}

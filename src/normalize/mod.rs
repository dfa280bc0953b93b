//! Documents become subjects: the one place where a field's spelling in a format is known.
pub mod application;
mod certificate;
mod credential;
pub(crate) mod date;
mod federated_credential;
pub(crate) mod placeholder;

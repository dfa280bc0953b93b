//! Documents become subjects: the one place where a field's spelling in a format is known.
pub mod application;
pub mod identifier_uri;
pub mod permission;
pub mod redirect_uri;
pub mod uri;
mod certificate;
mod credential;
pub(crate) mod date;
mod federated_credential;
pub(crate) mod placeholder;

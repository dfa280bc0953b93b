//! Two versions of one application become one subject.

use super::super::application::Application;
use super::super::subject::{Facts, Gap, GapReason, Subject, placed_in};
use super::super::{Format, reader};
use super::compare::{Compared, Known, Side, lists, versions};
use super::element::{Element, Offered};
use super::settings::settings;
use super::{Change, Lists, Setting, Versions, places};

/// The number of the old version's document among those of the subject.
pub(crate) const OLD: usize = 1;

/// An application with what its document does not tell.
struct Version<'a> {
    subject: &'a Subject,
    app: &'a Application,
}

impl Subject {
    /// Two versions of one application, and how they differ; none where one is no application.
    #[must_use]
    pub fn change(old: &Self, new: &Self) -> Option<Self> {
        let before = Version::of(old)?;
        let after = Version::of(new)?;
        let mut gaps = renamed_gaps(old, "change.old", OLD);
        gaps.append(&mut renamed_gaps(new, "change.new", 0));
        let change = before.to(&after, &mut gaps);
        let notes = reader::Notes {
            secrets: new.secrets.clone(),
            ..reader::Notes::default()
        };
        let facts = Facts::Change(Box::new(change));
        let mut subject = Self::new(&new.document, &new.pointer, new.format, facts, notes);
        subject.gaps = gaps;
        subject.others = vec![old.document.clone()];
        let secrets = old.secrets.iter().map(|place| placed_in(OLD, place));
        subject.secrets.extend(secrets);
        subject.places = renamed_places(new, "change.new", 0);
        subject
            .places
            .append(&mut renamed_places(old, "change.old", OLD));
        subject.name.clone_from(&new.name);
        Some(subject)
    }

    /// Further places in the documents of a change whose text must never be shown.
    pub(crate) fn keep_secret(&mut self, new: &[String], old: &[String]) {
        self.secrets.extend_from_slice(new);
        let old = old.iter().map(|place| placed_in(OLD, place));
        self.secrets.extend(old);
    }

    /// Whether another subject stands in the same documents.
    pub(crate) fn shares_all_documents(&self, other: &Self) -> bool {
        let mut documents = self.documents().zip(other.documents());
        documents.all(|(one, other)| std::sync::Arc::ptr_eq(&one.value, &other.value))
    }

    /// Whether another version is the same to the letter, so that even what is not known yet does not differ.
    #[must_use]
    pub fn is_spelled_like(&self, other: &Self) -> bool {
        let (one, another) = (&self.document.value, &other.document.value);
        let is_whole = matches!(self.format, Format::MsGraph | Format::AadGraph);
        self.format == other.format
            && if is_whole {
                one.pointer(&self.pointer) == another.pointer(&other.pointer)
            } else {
                // Other resources say something of it.
                self.pointer == other.pointer && one == another
            }
    }
}

fn renamed(fact: &str, to: &str) -> String {
    match fact.strip_prefix("application") {
        Some(rest) => format!("{to}{rest}"),
        None => fact.to_owned(),
    }
}

fn renamed_gaps(subject: &Subject, to: &str, document: usize) -> Vec<Gap> {
    let gaps = subject.gaps.iter().map(|gap| Gap {
        fact: renamed(&gap.fact, to).into(),
        pointer: gap.pointer.as_ref().map(|at| placed_in(document, at)),
        reason: gap.reason,
    });
    gaps.collect()
}

fn renamed_places(
    subject: &Subject,
    to: &str,
    document: usize,
) -> Vec<(std::borrow::Cow<'static, str>, String)> {
    let itself = (to.to_owned().into(), placed_in(document, &subject.pointer));
    let places = subject.places.iter();
    let places = places.map(|(fact, at)| (renamed(fact, to).into(), placed_in(document, at)));
    places.chain([itself]).collect()
}

impl<'a> Version<'a> {
    fn of(subject: &'a Subject) -> Option<Self> {
        let app = subject.application()?;
        Some(Self { subject, app })
    }

    /// How much of a fact is known.
    fn known(&self, fact: &str) -> Known {
        let fact = format!("application.{fact}");
        let is_under = |path: &str, above: &str| {
            path.strip_prefix(above)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let gaps = self.subject.gaps.iter();
        let mut gaps = gaps
            .filter(|gap| is_under(&fact, &gap.fact) || is_under(&gap.fact, &fact))
            .peekable();
        if gaps.peek().is_none() {
            Known::Whole
        } else if gaps.all(|gap| gap.reason == GapReason::NotCollected) {
            Known::Parts
        } else {
            Known::Some
        }
    }

    fn side<'b, T>(&self, fact: &str, list: &'b Option<Vec<T>>) -> Side<'b, T> {
        Side {
            list: list.as_deref(),
            known: self.known(fact),
        }
    }

    fn to(&self, after: &Version<'_>, gaps: &mut Vec<Gap>) -> Change {
        let mut old = self.app.clone();
        places::change(&mut old, |at| *at = placed_in(OLD, at));
        let before = Version {
            subject: self.subject,
            app: &old,
        };
        let mut pair = Comparison {
            old: before,
            new: after,
            gaps,
        };
        let change = Change {
            settings: pair.settings(),
            permissions: pair.lists("permissions", "permissions", |a| &a.permissions),
            redirect_uris: pair.lists("redirect_uris", "redirect_uris", |a| &a.redirect_uris),
            identifier_uris: pair
                .lists("identifier_uris", "identifier_uris", |a| &a.identifier_uris),
            credentials: pair.lists("credentials", "credentials", |a| &a.credentials),
            federated_credentials: pair.lists(
                "federated_credentials",
                "federated_credentials",
                |a| &a.federated_credentials,
            ),
            owners: pair.lists("owners", "owners", |a| &a.owners),
            scopes: pair.versions("scopes", "api.scopes", |a| &a.api.scopes),
            app_roles: pair.versions("app_roles", "app_roles", |a| &a.app_roles),
            pre_authorized: pair.lists("pre_authorized", "api.pre_authorized", |a| {
                &a.api.pre_authorized
            }),
            old: Application::default(),
            new: after.app.clone(),
        };
        Change { old, ..change }
    }
}

/// Two versions, and the gaps that come up when they are compared.
struct Comparison<'a> {
    old: Version<'a>,
    new: &'a Version<'a>,
    gaps: &'a mut Vec<Gap>,
}

impl Comparison<'_> {
    fn settings(&self) -> Vec<Setting> {
        let (old, new) = (settings(self.old.app), settings(self.new.app));
        let both = old.into_iter().zip(new);
        let setting = |((name, old), (_, new)): ((&str, _), (_, _))| {
            let is_known = |version: &Version<'_>| version.known(name) == Known::Whole;
            let (old, new) = (old?, new?);
            if old == new || !is_known(&self.old) || !is_known(self.new) {
                return None;
            }
            let fact = format!("application.{name}");
            let at = self.new.subject.place_of(Some(&fact)).pointer;
            Some(Setting {
                name: name.to_owned(),
                old,
                new,
                at,
            })
        };
        both.filter_map(setting).collect()
    }

    fn lists<T: Element>(
        &mut self,
        name: &str,
        fact: &str,
        list: impl Fn(&Application) -> &Option<Vec<T>>,
    ) -> Lists<T> {
        let old = self.old.side(fact, list(self.old.app));
        let new = self.new.side(fact, list(self.new.app));
        let compared = lists(&old, &new);
        self.keep(name, compared)
    }

    fn versions<T: Offered>(
        &mut self,
        name: &str,
        fact: &str,
        list: impl Fn(&Application) -> &Option<Vec<T>>,
    ) -> Versions<T> {
        let old = self.old.side(fact, list(self.old.app));
        let new = self.new.side(fact, list(self.new.app));
        let compared = versions(&old, &new);
        self.keep(name, compared)
    }

    fn keep<L>(&mut self, name: &str, compared: Compared<L>) -> L {
        let gaps = compared.gaps.into_iter().map(|list| Gap {
            fact: format!("change.{name}.{list}").into(),
            pointer: None,
            reason: GapReason::NotCollected,
        });
        self.gaps.extend(gaps);
        compared.lists
    }
}

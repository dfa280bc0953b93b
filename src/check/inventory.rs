//! Judges the inventory in pieces: all of it at once would take more than all that is held besides.

use super::outcome::add_new;
use super::{Outcome, Run};
use crate::engine::{Evaluation, Inner};
use crate::finding::Finding;
use crate::normalize::input::Input;
use crate::normalize::inventory::{Inventory, Totals, each_piece};
use crate::normalize::part::Entry;
use crate::normalize::{Facts, Kind, Subject};
use crate::policy::{Origin, Rule};
use crate::report::Problem;
use crate::waiver;

/// What the inventory is made of.
pub(super) struct Common {
    pub(super) entries: Vec<Entry>,
    /// How many there are, where not all are held.
    pub(super) totals: Option<Totals>,
}

impl Common {
    /// Gives the inventory in pieces of about so many members.
    pub(super) fn each_piece(&self, most: usize, give: &mut dyn FnMut(Subject)) {
        each_piece(&self.entries, self.totals, most, give);
    }
}

/// What came of all pieces.
#[derive(Default)]
struct Judged {
    /// With one finding of each rule and status, which is all that is counted.
    evaluation: Evaluation,
    failures: Vec<String>,
    errors: Vec<Problem>,
}

impl Judged {
    /// Adds what came of a piece, but for its findings. What is said of rules is said of each piece, and told once.
    fn add(
        &mut self,
        (piece, failures, errors): (Evaluation, Vec<String>, Vec<Problem>),
        give: &mut dyn FnMut(Finding),
    ) {
        let all = &mut self.evaluation;
        for finding in piece.findings {
            let is_like =
                |one: &Finding| (&one.rule, one.status) == (&finding.rule, finding.status);
            if !all.findings.iter().any(is_like) {
                all.findings.push(finding.clone());
            }
            give(finding);
        }
        add_new(&mut all.inconclusive, piece.inconclusive);
        add_new(&mut all.not_configured, piece.not_configured);
        add_new(&mut self.failures, failures);
        add_new(&mut self.errors, errors);
    }
}

impl Inner {
    /// Judges all pieces. There may be very many findings, so each is given away at once.
    pub(super) fn judge_inventory(
        &self,
        common: &Common,
        run: &Run,
        outcome: &mut Outcome,
        give: &mut dyn FnMut(Finding),
    ) {
        let mut worker = self.evaluator.worker();
        let mut judged: Option<Judged> = None;
        common.each_piece(self.most_members(), &mut |mut piece| {
            let input = self.input_of_piece(&mut piece, run);
            let came = self.judge_input(&mut worker, &piece, &input, run);
            judged.get_or_insert_default().add(came, give);
            let names = waiver::named(&self.waivers, &[piece]);
            outcome.waivable.extend(names);
        });
        let Some(judged) = judged else { return };
        let tally = &mut outcome.tally;
        tally.add(Kind::Inventory, &judged.evaluation, &judged.failures);
        outcome.errors.extend(judged.errors);
        let (all, more) = (&mut outcome.evaluation, judged.evaluation);
        all.inconclusive.extend(more.inconclusive);
        all.not_configured.extend(more.not_configured);
    }

    /// The input of a piece, which is without its lists then: of a value that everybody has, they hold a hundred thousand
    /// members, and need not be there twice.
    fn input_of_piece(&self, piece: &mut Subject, run: &Run) -> Input {
        let mut inventory = match &mut piece.facts {
            Facts::Inventory(lists) => std::mem::take(lists.as_mut()),
            _ => Inventory::default(),
        };
        let mut input = self.input(piece, run);
        inventory.complete(self.config.organization.tenants.as_deref());
        input.inventory = Some(inventory);
        input
    }

    /// How many members a piece of the inventory has: one takes some 4 kB while it is judged. Rules of others may look at
    /// more than one element of a list, and see all.
    fn most_members(&self) -> usize {
        let mut rules = self.evaluator.rules();
        if rules.any(|rule| rule.applies_to.contains(&Kind::Inventory) && !looks_at_each(rule)) {
            return usize::MAX;
        }
        usize::try_from(self.stream_above / 8192).unwrap_or(usize::MAX)
    }
}

/// Whether a rule is known to judge each element of the inventory's lists by itself.
fn looks_at_each(rule: &Rule) -> bool {
    rule.origin == Origin::Bundled && rule.uses.is_empty()
}

//! `ztvet rules`

use anyhow::{Result, bail};
use clap::ValueEnum;
use ztvet::policy::{Origin, Rule};
use ztvet::report::catalogue;
use ztvet::{Engine, PolicySet};

use super::options::{Color, Policies, build};
use super::{Outcome, output};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The id of a rule to explain
    id: Option<String>,
    #[command(flatten)]
    policies: Policies,
    /// Form of the list
    #[arg(long, short, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// The forms of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For machines
    Json,
    /// The page of the book
    Markdown,
}

pub fn run(args: &Args) -> Result<Outcome> {
    args.color.apply();
    let (_, builder) = args.policies.load()?;
    let engine = build(builder)?;
    match &args.id {
        Some(id) => explain(&engine, id)?,
        None => list(&engine, args.format)?,
    }
    Ok(Outcome::Passed)
}

fn list(engine: &Engine, format: Format) -> Result<()> {
    let mut rules: Vec<&Rule> = engine.rules().collect();
    rules.sort_by_key(|rule| (rule.principle.is_none(), rule.principle, &rule.id));
    if format == Format::Table {
        return output::write_styled(|writer| catalogue::table(&rules, writer));
    }
    output::write(None, |writer| match format {
        Format::Table => catalogue::table(&rules, writer),
        Format::Json => catalogue::json(&rules, writer),
        Format::Markdown => catalogue::markdown(&rules, writer),
    })
}

fn explain(engine: &Engine, id: &str) -> Result<()> {
    let Some(rule) = engine.rules().find(|rule| rule.id.eq_ignore_ascii_case(id)) else {
        bail!("there is no rule `{id}`; `ztvet rules` lists them all");
    };
    let example = match rule.origin {
        Origin::Bundled => example(rule)?,
        Origin::Custom => None,
    };
    output::write_styled(|writer| catalogue::card(rule, example.as_ref(), writer))
}

/// The first input of the rule's test that it reports.
fn example(rule: &Rule) -> Result<Option<ztvet::policy::Case>> {
    let mut policies = PolicySet::empty();
    policies.add_bundled()?;
    let examples = ztvet::policy::Examples::load(&policies).map_err(anyhow::Error::msg)?;
    let cases = examples.of(rule).map_err(anyhow::Error::msg)?.cases;
    Ok(cases.into_iter().find(|case| !case.findings.is_empty()))
}

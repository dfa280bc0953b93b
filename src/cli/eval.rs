//! `ztvet eval`

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use serde_json::Value;
use ztvet::Engine;
use ztvet::normalize::Format as InputFormat;
use ztvet::normalize::input::Input;
use ztvet::query::render::{self, Asked, Asking};
use ztvet::query::{Console, RawDocument};
use ztvet::report::table::clean;

use super::options::{Color, at, build, config};
use super::{Outcome, output, print_error, problems};

/// Ask a Rego query of an input: what a rule finds, and why
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The query, such as `data.contoso.team_tag.deny` or `input.application.tags`
    query: String,
    /// A file, directory or glob with the input; `-` is standard input. Each subject in it is asked about
    #[arg(long, short, value_name = "PATH")]
    input: Option<String>,
    /// Take every document for one of this format instead of detecting it
    #[arg(long, value_name = "FORMAT", requires = "input", value_parser = PossibleValuesParser::new(InputFormat::ALL.map(InputFormat::as_str)))]
    input_format: Option<String>,
    /// Ask about the document as it is, not as policies see it; secrets and tokens are `***`
    #[arg(long, requires = "input")]
    raw: bool,
    /// Ask about the subject of this id or name alone
    #[arg(long, value_name = "ID", requires = "input", conflicts_with = "raw")]
    subject: Option<String>,
    /// Say of each body of a rule at which expression it stopped; the query is the rule's path
    #[arg(long)]
    explain: bool,
    /// Configuration file [default: ztvet.yaml in the working directory, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A policy file, a directory of policies, or an OPA bundle, besides the bundled rules; repeatable
    #[arg(long, value_name = "PATH")]
    policy: Vec<PathBuf>,
    /// A JSON or YAML file, or a directory of them, that policies see under `data`; repeatable
    #[arg(long, short, value_name = "PATH")]
    data: Vec<PathBuf>,
    /// The evaluation's time, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
    /// Form of the answers
    #[arg(long, short, value_enum, default_value_t = Format::Pretty)]
    format: Format,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

/// The forms of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Pretty,
    /// ztvet/eval/v1
    Json,
    /// The values alone, as JSON, one a line
    Value,
}

pub fn run(args: &Args) -> Result<Outcome> {
    args.color.apply();
    let engine = engine(args)?;
    let mut console = engine.console()?;
    let mut outcome = Outcome::Passed;
    let questions = match &args.input {
        None => vec![Question::default()],
        Some(path) if args.raw => documents(&engine, path, &mut outcome),
        Some(path) => subjects(args, &engine, path, &mut outcome)?,
    };
    let asked: Vec<Asked> = questions
        .into_iter()
        .map(|question| ask(args, &mut console, question))
        .collect();
    match args.format {
        Format::Pretty => output::write_styled(|writer| render::pretty(&asked, writer))?,
        Format::Json => output::write(None, |writer| render::json(&args.query, &asked, writer))?,
        Format::Value => output::write(None, |writer| render::values(&asked, writer))?,
    }
    if tell_errors(&asked) {
        outcome = Outcome::Incomplete;
    }
    tell_nearest(args, &console, &asked);
    Ok(outcome)
}

fn engine(args: &Args) -> Result<Engine> {
    let (name, config) = config(args.config.as_deref())?;
    let mut builder = Engine::builder()
        .bundled()?
        .config(&name, config)
        .format(args.input_format.as_deref().and_then(InputFormat::parse));
    for path in &args.policy {
        builder = builder.policy_dir(path)?;
    }
    for path in &args.data {
        builder = builder.data(path)?;
    }
    build(at(builder, args.now.as_deref())?)
}

/// Whether there were errors.
fn tell_errors(asked: &[Asked]) -> bool {
    let mut any = false;
    for one in asked {
        let Some(error) = &one.error else { continue };
        any = true;
        match &one.subject {
            Some(subject) => print_error(&format!("{}: {error}", subject.path)),
            None => print_error(error),
        }
    }
    any
}

/// Where nothing has an answer, the query may be misspelt.
fn tell_nearest(args: &Args, console: &Console, asked: &[Asked]) {
    let is_undefined =
        |one: &Asked| one.result.is_empty() && one.error.is_none() && one.not_run.is_none();
    if asked.iter().all(is_undefined)
        && let Some(nearest) = console.nearest(&args.query)
    {
        anstream::eprintln!(
            "there is no rule or package `{}`, did you mean `{nearest}`?",
            clean(&args.query)
        );
    }
}

/// An input, and what it is of.
#[derive(Default)]
struct Question {
    subject: Option<Asking>,
    input: Option<Value>,
    /// The same, where it was recognized.
    normalized: Option<Input>,
}

/// The documents as they are.
fn documents(engine: &Engine, path: &str, outcome: &mut Outcome) -> Vec<Question> {
    let raw = engine.raw_documents(&[path]);
    tell(&raw.errors, outcome);
    let question = |document: RawDocument| Question {
        subject: Some(Asking {
            path: document.path,
            ..Asking::default()
        }),
        input: Some(document.value),
        normalized: None,
    };
    raw.documents.into_iter().map(question).collect()
}

/// One input a subject, of those that are wanted.
fn subjects(
    args: &Args,
    engine: &Engine,
    path: &str,
    outcome: &mut Outcome,
) -> Result<Vec<Question>> {
    let normalized = engine.normalize_paths(&[path]);
    tell(&normalized.errors, outcome);
    let mut questions = Vec::new();
    for input in normalized.inputs {
        let subject = Asking {
            path: input.source.path.clone(),
            kind: Some(input.kind.clone()),
            id: input.subject.id.clone(),
            name: input.subject.name.clone(),
        };
        if is_wanted(args, &subject) {
            questions.push(Question {
                subject: Some(subject),
                input: Some(serde_json::to_value(&input)?),
                normalized: Some(input),
            });
        }
    }
    if let (Some(wanted), true) = (&args.subject, questions.is_empty()) {
        bail!("`{path}` holds no subject with the id or name `{wanted}`");
    }
    Ok(questions)
}

fn is_wanted(args: &Args, subject: &Asking) -> bool {
    args.subject.as_ref().is_none_or(|wanted| {
        let same_id = |id: &String| id.eq_ignore_ascii_case(wanted);
        subject.id.as_ref().is_some_and(same_id) || subject.name.as_ref() == Some(wanted)
    })
}

fn tell(errors: &[ztvet::report::Problem], outcome: &mut Outcome) {
    problems::print(errors, &[]);
    if !errors.is_empty() {
        *outcome = Outcome::Incomplete;
    }
}

fn ask(args: &Args, console: &mut Console, question: Question) -> Asked {
    let mut asked = Asked {
        subject: question.subject,
        ..Asked::default()
    };
    let normalized = question.normalized.as_ref();
    asked.not_run = normalized.and_then(|input| console.not_run(&args.query, input));
    if asked.not_run.is_some() {
        return asked;
    }
    match console.ask(&args.query, question.input.as_ref()) {
        Ok(result) => asked.result = result,
        Err(error) => asked.error = Some(error.to_string()),
    }
    for line in console.take_prints() {
        anstream::eprintln!("{}", clean(&line));
    }
    if args.explain {
        match console.explain(&args.query, question.input.as_ref()) {
            Ok(explanation) => asked.explanation = Some(explanation),
            Err(error) => asked.error = asked.error.or(Some(error.to_string())),
        }
    }
    asked
}

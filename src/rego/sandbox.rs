//! A thread of its own for policies that are not trusted.
//!
//! An evaluation counts its time itself, but not within one call of a function or one comparison. It runs on a thread with
//! a large stack, and is given up when it does not come back: the thread is left behind, and the rule has failed.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use regorus::Value;

use super::Interpreter;

/// Enough for the longest chain of rules, in builds without optimization as well.
const STACK_BYTES: usize = 256 << 20;
/// Nodes of a result, as if nothing in it were shared.
const MAX_NODES: usize = 1_000_000;
/// Levels of a result.
const MAX_DEPTH: usize = 64;

/// Evaluates on a thread of its own.
pub(crate) struct Sandbox {
    requests: Sender<Request>,
    replies: Receiver<Result<Value, String>>,
    patience: Duration,
    is_stuck: bool,
}

enum Request {
    Input(Value),
    Evaluate(String),
}

/// Why an evaluation has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SandboxError {
    /// It ended with an error.
    Failed(String),
    /// It does not end, and was given up.
    Stuck(String),
}

impl Sandbox {
    pub(crate) fn start(interpreter: Interpreter) -> Result<Self, String> {
        let (requests, received) = channel();
        let (answers, replies) = channel();
        let patience = interpreter.budget().time * 2 + Duration::from_secs(1);
        thread::Builder::new()
            .name("policy".to_owned())
            .stack_size(STACK_BYTES)
            .spawn(move || serve(interpreter, &received, &answers))
            .map_err(|error| format!("no thread for policies can be started: {error}"))?;
        Ok(Self {
            requests,
            replies,
            patience,
            is_stuck: false,
        })
    }

    /// Sets the input of the evaluations to come.
    pub(crate) fn set_input(&self, input: Value) {
        // A thread that is gone is told by the next evaluation.
        let _ = self.requests.send(Request::Input(input));
    }

    /// The value of a rule (`data.a.b.deny`).
    pub(crate) fn evaluate(&mut self, rule: &str) -> Result<Value, SandboxError> {
        let gone = || SandboxError::Stuck("the evaluation ended in an internal error".to_owned());
        let request = Request::Evaluate(rule.to_owned());
        self.requests.send(request).map_err(|_| gone())?;
        match self.replies.recv_timeout(self.patience) {
            Ok(reply) => reply.map_err(SandboxError::Failed),
            Err(error) => {
                self.is_stuck = true;
                Err(match error {
                    RecvTimeoutError::Disconnected => gone(),
                    RecvTimeoutError::Timeout => {
                        let seconds = self.patience.as_secs();
                        SandboxError::Stuck(format!("it did not end within {seconds} seconds"))
                    }
                })
            }
        }
    }

    /// Whether it can be used no longer.
    pub(crate) const fn is_stuck(&self) -> bool {
        self.is_stuck
    }
}

fn serve(
    mut interpreter: Interpreter,
    requests: &Receiver<Request>,
    answers: &Sender<Result<Value, String>>,
) {
    for request in requests {
        match request {
            Request::Input(input) => interpreter.set_input(input),
            Request::Evaluate(rule) => {
                let result = interpreter.evaluate(&rule).and_then(|value| {
                    let mut nodes = 0;
                    measure(&value, 0, &mut nodes)?;
                    Ok(value)
                });
                if answers.send(result).is_err() {
                    return;
                }
            }
        }
    }
}

/// Refuses results that whoever reads them could not cope with.
fn measure(value: &Value, depth: usize, nodes: &mut usize) -> Result<(), String> {
    *nodes += 1;
    if depth > MAX_DEPTH {
        return Err(format!("a finding is nested more than {MAX_DEPTH} deep"));
    }
    if *nodes > MAX_NODES {
        return Err(format!("the findings have more than {MAX_NODES} values"));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| measure(item, depth + 1, nodes)),
        Value::Set(items) => items
            .iter()
            .try_for_each(|item| measure(item, depth + 1, nodes)),
        Value::Object(members) => members.iter().try_for_each(|(key, value)| {
            measure(key, depth + 1, nodes)?;
            measure(value, depth + 1, nodes)
        }),
        _ => Ok(()),
    }
}

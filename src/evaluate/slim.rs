//! Findings without what their rule says of all of them, where very many are held.

use super::Evaluator;
use super::result::message;
use crate::finding::Finding;
use crate::policy::Rule;

impl Evaluator {
    /// Takes out of a finding what [`Evaluator::complete`] puts back.
    pub(crate) fn slim(&self, finding: &mut Finding) {
        if let Some(rule) = self.rule_of(finding)
            && says_as_rule(rule, finding)
        {
            finding.title = String::new();
            finding.message = String::new();
            finding.remediation = String::new();
            finding.references = Vec::new();
        }
    }

    /// Puts back what was taken out of a finding, if it was. What is slim has no title.
    pub(crate) fn complete(&self, finding: &mut Finding) {
        if !finding.title.is_empty() {
            return;
        }
        let Some(rule) = self.rule_of(finding) else {
            return;
        };
        if let (false, Ok(message)) = (rule.title.is_empty(), message(rule, &finding.details)) {
            finding.message = message;
            rule.title.clone_into(&mut finding.title);
            rule.remediation.clone_into(&mut finding.remediation);
            rule.references.clone_into(&mut finding.references);
        }
    }

    fn rule_of(&self, finding: &Finding) -> Option<&Rule> {
        self.rules().find(|rule| rule.id == finding.rule)
    }
}

fn says_as_rule(rule: &Rule, finding: &Finding) -> bool {
    !rule.title.is_empty()
        && finding.title == rule.title
        && finding.remediation == rule.remediation
        && finding.references == rule.references
        && message(rule, &finding.details).as_ref() == Ok(&finding.message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Engine;
    use crate::document::{Limits, parse};
    use crate::normalize::normalize;

    const APP: &str = r#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "displayName": "Shop",
        "web": {"redirectUris": ["http://shop.contoso.com"]}}"#;

    fn findings(engine: &Engine) -> Vec<Finding> {
        let documents = parse("shop.json", APP.as_bytes(), &Limits::default()).unwrap();
        let subject = normalize(&documents[0], None).subjects.remove(0);
        engine.evaluate(&subject).unwrap().findings
    }

    #[test]
    fn what_is_taken_out_is_put_back() {
        let engine = Engine::builder().bundled().unwrap().build().unwrap();
        let evaluator = &engine.inner.evaluator;
        let found = findings(&engine);
        let mut all = found.clone();
        all.iter_mut().for_each(|finding| evaluator.slim(finding));
        assert!(all.iter().all(|finding| finding.message.is_empty()));
        assert!(!all.is_empty());
        all.iter_mut()
            .for_each(|finding| evaluator.complete(finding));
        assert_eq!(all, found);
    }

    #[test]
    fn what_a_finding_says_itself_is_left() {
        let engine = Engine::builder().bundled().unwrap().build().unwrap();
        let evaluator = &engine.inner.evaluator;
        let mut own = findings(&engine).remove(0);
        own.message = "something else".to_owned();
        own.details.insert("other".to_owned(), json!(1));
        let mut all = [own.clone()];
        evaluator.slim(&mut all[0]);
        assert_eq!(all, [own.clone()]);
        evaluator.complete(&mut all[0]);
        assert_eq!(all, [own]);
    }
}

//! Addresses of resources and references: names between dots, with keys in brackets.

/// One step of a module's address, or the last of a resource's: a name and perhaps a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) key: Option<String>,
}

/// `module`, `shop`, `module`, `api` become `shop`, `api`.
pub(super) fn modules(steps: &[Step]) -> Vec<Step> {
    steps.iter().skip(1).step_by(2).cloned().collect()
}

/// The steps of an address: names between dots, each perhaps with a key in brackets.
pub(super) fn steps(address: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (key, after) = key(after);
        steps.push(Step {
            name: name.to_owned(),
            key,
        });
        rest = after.strip_prefix('.').unwrap_or_default();
    }
    steps
}

/// The key in brackets that the text begins with, and what follows it.
fn key(text: &str) -> (Option<String>, &str) {
    let Some(inner) = text.strip_prefix('[') else {
        return (None, text);
    };
    let Some(quoted) = inner.strip_prefix('"') else {
        return match inner.split_once(']') {
            Some((index, after)) => (Some(index.to_owned()), after),
            None => (None, ""),
        };
    };
    let mut escaped = false;
    for (at, c) in quoted.char_indices() {
        match c {
            '"' if !escaped => {
                let after = quoted.get(at + 1..).unwrap_or_default();
                let after = after.strip_prefix(']').unwrap_or(after);
                return (quoted.get(..at).map(str::to_owned), after);
            }
            c => escaped = c == '\\' && !escaped,
        }
    }
    (None, "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(name: &str, key: Option<&str>) -> Step {
        Step {
            name: name.to_owned(),
            key: key.map(str::to_owned),
        }
    }

    #[test]
    fn an_address_falls_into_steps() {
        assert_eq!(
            steps(r#"module.shop["e.u"].azuread_application.api[0]"#),
            [
                step("module", None),
                step("shop", Some("e.u")),
                step("azuread_application", None),
                step("api", Some("0")),
            ]
        );
        assert_eq!(steps(r#"a["x\"]y"].b"#)[1], step("b", None));
    }

    proptest! {
        #[test]
        fn never_panics(address in r#"[a-z.\[\]"\\é0-9]{0,40}"#) {
            steps(&address);
        }
    }
}

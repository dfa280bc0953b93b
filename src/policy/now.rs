//! Whether policies read the time.

/// Whether a module may read `input.now`. It does not where each `input` is followed by the name of another member; what is
/// less clear than that may.
pub(super) fn may_read_now(module: &str) -> bool {
    let is_comment = |line: &&str| line.trim_start().starts_with('#');
    let mut code = module.lines().filter(|line| !is_comment(line));
    code.any(|line| {
        let mut places = line.match_indices("input");
        places.any(|(at, word)| {
            let (before, rest) = line.split_at(at);
            let after = rest.strip_prefix(word).unwrap_or_default();
            !before.ends_with(is_of_name) && !is_of_other_member(after)
        })
    })
}

/// Whether what follows `input` makes it another name, or leads to a member that is not `now`.
fn is_of_other_member(after: &str) -> bool {
    if after.starts_with(is_of_name) {
        return true;
    }
    let Some(member) = after.strip_prefix('.') else {
        return false;
    };
    let name = member.split(|c| !is_of_name(c)).next().unwrap_or_default();
    !name.is_empty() && name != "now"
}

const fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::bundled;

    #[test]
    fn what_is_not_clear_may_read_it() {
        for (code, may) in [
            ("input.application.app_id", false),
            ("# input.now\n  # all of input", false),
            ("inputs.now == my_input.now", false),
            ("input.nowhere", false),
            ("input.subject.now", false),
            ("input.now", true),
            ("time.parse_rfc3339_ns(input.now)", true),
            ("import input.now as t", true),
            ("input[\"now\"]", true),
            ("input[x]", true),
            ("all := input", true),
            ("subject.facts(input)", true),
            ("input.\nnow", true),
            ("input . now", true),
            ("input.a == 1; input.now == 2", true),
            ("object.get(input, \"now\", 0)", true),
        ] {
            assert_eq!(may_read_now(code), may, "{code}");
        }
    }

    /// What is kept of other kinds of subject is not kept for one time alone.
    #[test]
    fn of_the_bundled_rules_those_for_tenants_alone_read_it() {
        let mut readers = 0;
        for (path, text) in bundled::modules() {
            let is_for_tenants = text.contains("applies_to: [tenant]");
            // The shared functions for applications and service principals are asked for facts, and are looked at here.
            let code = text.replace("(input)", "").replace("(input, ", "(");
            let may = may_read_now(&code) || code.contains(".now") || code.contains("\"now\"");
            readers += usize::from(may);
            assert!(!may || is_for_tenants, "{path} may read the time");
        }
        assert!(readers > 0);
    }
}

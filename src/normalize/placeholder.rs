//! Values that stand for another one: template expressions, and what people write in place of a secret.

/// The brackets of template expressions: GitHub Actions and Teams, Helm and Mustache, shells and Terraform,
/// Octopus and Replace Tokens, Azure Pipelines. The longer of two that begin alike comes first.
const EXPRESSIONS: [(&str, &str); 5] = [
    ("${{", "}}"),
    ("{{", "}}"),
    ("${", "}"),
    ("#{", "}"),
    ("$(", ")"),
];
/// What expressions begin with, those between percent signs as well.
const STARTS: [u8; 4] = *b"${#%";
/// The longest expression that is looked for, in bytes: a bound on the work for each character.
const MAX_EXPRESSION: usize = 512;
/// The longest prose that is looked for, in bytes.
const MAX_PROSE: usize = 64;
/// The words of which people make placeholders.
const WORDS: &str = "a aad ad add an and app application azure change changeit client credential \
    dummy enter entra example fake fill from generated here hidden id in insert is key me my none not null of or our \
    passwd password paste placeholder portal put pwd real redacted removed replace sample secret set \
    some string tbd text the this todo undefined use value with your";

/// Whether the text holds a template expression whose value is not known yet.
///
/// These are `${{X}}`, `{{X}}`, `${X}`, `#{X}`, `$(X)`, `%X%` and Azure Resource Manager's `[f('x')]`.
pub fn unresolved(text: &str) -> bool {
    let starts = text.bytes().enumerate();
    is_arm_expression(text)
        || starts
            .filter(|(_, byte)| STARTS.contains(byte))
            .filter_map(|(at, _)| text.get(at..))
            .any(|rest| expression_length(rest).is_some())
}

/// Whether the text stands in place of a secret: empty, masked, a reference, a template expression, or words that ask
/// for the secret.
///
/// A secret made of nothing but such words (`password`) counts as a placeholder; one that merely holds an expression
/// between other letters does not.
pub fn stand_in(text: &str) -> bool {
    let text = text.trim();
    is_masked(text)
        || is_enclosed(text)
        || is_reference(text)
        || is_arm_expression(text)
        || only_expressions(text)
        || is_prose(text)
}

/// An expression is the whole string and begins with a function's name; `[[` escapes a literal bracket.
fn is_arm_expression(text: &str) -> bool {
    text.strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .and_then(|body| body.split_once('('))
        .is_some_and(|(function, rest)| is_name(function, &['.']) && rest.contains(')'))
}

/// The length of the expression that the text begins with.
fn expression_length(text: &str) -> Option<usize> {
    let text = text.get(..text.floor_char_boundary(MAX_EXPRESSION))?;
    EXPRESSIONS
        .iter()
        .find_map(|(open, close)| {
            let (body, _) = text.strip_prefix(open)?.split_once(close)?;
            // `$(` may well be prose, so what it holds must look like a variable.
            let holds =
                !body.trim().is_empty() && (*open != "$(" || is_name(body, &['.', '-', ':']));
            holds.then(|| open.len() + body.len() + close.len())
        })
        .or_else(|| environment_variable_length(text))
}

/// The length of the `%NAME%` that the text begins with, unless both signs begin escapes of a URI.
fn environment_variable_length(text: &str) -> Option<usize> {
    let (name, after) = text.strip_prefix('%')?.split_once('%')?;
    let is_variable = is_name(name, &[]) && !name.bytes().any(|b| b.is_ascii_lowercase());
    let is_escape = |text: &str| text.bytes().take_while(u8::is_ascii_hexdigit).count() >= 2;
    (is_variable && !(is_escape(name) && is_escape(after))).then(|| name.len() + 2)
}

fn is_name(text: &str, punctuation: &[char]) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || punctuation.contains(&c))
}

fn only_expressions(text: &str) -> bool {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match expression_length(rest) {
            Some(length) => rest = rest.get(length..).unwrap_or_default(),
            None if first.is_alphanumeric() => return false,
            None => rest = rest.get(first.len_utf8()..).unwrap_or_default(),
        }
    }
    unresolved(text)
}

fn is_masked(text: &str) -> bool {
    let is_mask = |c: char| "*xX•….-_#?0".contains(c);
    let leading = text.chars().take_while(|c| "xX".contains(*c)).count();
    text.chars().all(is_mask) || leading >= 4 || text.starts_with("***") || text.ends_with("***")
}

/// Secrets that Entra makes have none of these brackets.
fn is_enclosed(text: &str) -> bool {
    let variable = text.strip_prefix("$env:").or(text.strip_prefix('$'));
    [("<", ">"), ("{", "}"), ("__", "__"), ("%", "%")]
        .iter()
        .any(|(open, close)| text.starts_with(open) && text.ends_with(close))
        || variable.is_some_and(|name| is_name(name, &[]) && name.to_uppercase() == name)
}

fn is_reference(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let in_key_vault =
        text.starts_with("https://") && text.contains(".vault.") && text.contains("/secrets/");
    in_key_vault || text.starts_with("@microsoft.keyvault(")
}

fn is_prose(text: &str) -> bool {
    let letters: String = text
        .chars()
        .filter(|c| !c.is_ascii_punctuation() && !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    letters.len() <= MAX_PROSE && is_made_of_words(&letters)
}

fn is_made_of_words(letters: &str) -> bool {
    // Where a word can begin; each word found from there adds the place behind it.
    let mut starts = std::collections::BTreeSet::from([0]);
    while let Some(start) = starts.pop_first() {
        let rest = letters.get(start..).unwrap_or_default();
        if start > 0 && rest.is_empty() {
            return true;
        }
        starts.extend(
            WORDS
                .split(' ')
                .filter(|w| rest.starts_with(w))
                .map(|w| start + w.len()),
        );
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn expressions_are_unresolved() {
        for text in [
            "${{AAD_APP_CLIENT_ID}}",
            "${{ secrets.CLIENT_SECRET }}",
            "api://${{TAB_DOMAIN}}/${{AAD_APP_CLIENT_ID}}",
            "${VAR}",
            "${var.name}",
            "{{ .Values.host }}",
            "#{HOST}#",
            "#{Octopus.Host}",
            "https://x/$(a)",
            "https://$(app-name).contoso.com",
            "https://%HOST%/auth",
            "%APP_NAME%",
            "[parameters('appName')]",
            "[concat('https://', parameters('host'), '/auth')]",
            "[reference('app').outputs.id]",
            "[ns.f()]",
        ] {
            assert!(unresolved(text), "{text}");
        }
    }

    #[test]
    fn literals_are_resolved() {
        for text in [
            "",
            "Shop (test)",
            "Price in $ (gross)",
            "Costs $(5)",
            "100% of 50% of it",
            "https://shop.contoso.com/a%2Fb%2Fc",
            "https://shop.contoso.com/%C3%A4%C3BC%20",
            "https://shop.contoso.com/{tenant}",
            "[DEV]",
            "[DEV] Shop (old)",
            "[DEV (EU)]",
            "[[parameters('x')]",
            "${}",
            "{{ }}",
            "$()",
            "${unclosed",
            "msauth://com.contoso.shop/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
        ] {
            assert!(!unresolved(text), "{text}");
        }
    }

    #[test]
    fn stand_ins_are_no_secrets() {
        for text in [
            "",
            "  ",
            "***",
            "abc***",
            "xxxxxxxx-1234",
            "XXXX~secret",
            "••••••••",
            "...",
            "00000000-0000-0000-0000-000000000000",
            "<your-secret>",
            "{secret}",
            "__CLIENT_SECRET__",
            "%CLIENT_SECRET%",
            "$CLIENT_SECRET",
            "$env:CLIENT_SECRET",
            "${{SECRET_AAD_APP_CLIENT_SECRET}}",
            "${A}-${B}",
            "#{ClientSecret}#",
            "$(ClientSecret)",
            "[parameters('secret')]",
            "[your secret]",
            "changeme",
            "CHANGE_ME",
            "your-secret-here",
            "yourClientSecret",
            "Enter your client secret here!",
            "REDACTED",
            "todo",
            "null",
            "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s/)",
            "https://v.vault.azure.net/secrets/s/1",
        ] {
            assert!(stand_in(text), "{text}");
        }
    }

    #[test]
    fn secrets_are_no_stand_ins() {
        for text in [
            "aB38Q~abcdefghijklmnopqrstuvwxyz0123456789",
            "[6gyXA5S20@MN+WRXAJ]",
            "[[parameters('x')]",
            "P@$(w0rd)",
            "hunter2",
            "${PREFIX}hunter2",
            "password1",
            "correct horse battery staple",
            "your-secret-is-hunter2",
            "$ecret",
            "пароль",
        ] {
            assert!(!stand_in(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            unresolved(&text);
            stand_in(&text);
        }

        #[test]
        fn never_panics_on_near_expressions(text in r"([\$#%\[\]{}()a-zA-Z0-9é ]{0,3}(\$\{|\{\{|\}\}|#\{|\$\(|%|\[\[?))*") {
            unresolved(&text);
            stand_in(&text);
        }

        #[test]
        fn text_without_signs_is_resolved(text in r"[^\$#%\[{]*") {
            prop_assert!(!unresolved(&text));
        }

        #[test]
        fn an_expression_is_found_anywhere(before in r"[a-z/:é ]*", name in "[A-Z_][A-Z0-9_]{0,20}", after in r"[a-z/:é ]*") {
            for expression in [format!("${{{{{name}}}}}"), format!("${{{name}}}"), format!("$({name})"), format!("#{{{name}}}#")] {
                let text = format!("{before}{expression}{after}");
                prop_assert!(unresolved(&text), "{}", text);
            }
        }

        #[test]
        fn secrets_of_entra_are_no_stand_ins(head in "[A-Za-z0-9]{3}", tail in "[A-Za-z0-9_.~-]{33}[A-Za-z0-9]") {
            let secret = format!("{head}8Q~{tail}");
            prop_assert!(!stand_in(&secret));
        }
    }
}

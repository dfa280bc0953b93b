//! The catalogue, and completions.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

#[test]
fn all_rules_are_listed() {
    let ran = Sandbox::new(&[]).run("rules");
    ran.ends_with(0);
    let line = |id: &str| {
        ran.stdout
            .lines()
            .find(|line| line.starts_with(id))
            .unwrap()
    };
    assert_snapshot!(line("AB-101"), @"AB-101  high      assume_breach      bundled  plan  Redirect URI uses plain HTTP");
    assert_snapshot!(line("LP-104"), @"LP-104  high      least_privilege    bundled  plan  Requests write access to read");
    let rules = Sandbox::new(&[]).run("rules --format json").json();
    assert_eq!(rules.as_array().unwrap().len(), ran.stdout.lines().count());
    let markdown = Sandbox::new(&[]).run("rules --format markdown").stdout;
    assert!(markdown.starts_with("# Rules\n"), "{markdown}");
}

#[test]
fn a_list_may_be_of_the_selected_rules() {
    let sandbox = Sandbox::new(&[("own.rego", "package own\ndeny contains \"x\" if true\n")]);
    let ran = sandbox.run("rules --policy own.rego --select own,AB-101");
    assert_snapshot!(ran.stdout, @"
    AB-101  high      assume_breach      bundled   plan         Redirect URI uses plain HTTP
    own     medium                       own.rego  interpreter  own
    ");
    sandbox.run("rules --select AB-999").fails_with("`AB-999`");
}

#[test]
fn one_rule_is_explained() {
    let ran = Sandbox::new(&[]).run("rules AB-101");
    ran.ends_with(0);
    let (card, rego) = ran.stdout.split_once("\nRego\n").unwrap();
    assert!(rego.contains("deny contains finding if {"), "{rego}");
    assert_snapshot!(card, @r#"
    AB-101 Redirect URI uses plain HTTP
    high, Assume breach, bundled: policies/assume_breach/redirect_uri_plain_http.rego
    Practice AB.1 Own every redirect URI, and keep it safe

    A redirect URI receives authorization codes and tokens.
    Over plain HTTP anyone on the network path can read them, or answer in place of the application.

    Mend it
    Use https, or a loopback address for a native client.

    Cannot judge without
      application.redirect_uris

    Read more
      https://learn.microsoft.com/entra/identity-platform/reply-url

    Example
      # an application with these facts
      {
        "app_id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
        "display_name": "Shop",
        "redirect_uris": [
          {
            "at": "/web/redirectUris/0",
            "host": "shop.contoso.com",
            "path": "/@ada",
            "platform": "web",
            "registrable_domain": "contoso.com",
            "scheme": "http",
            "uri": "http://shop.contoso.com/@ada",
            "valid": true
          }
        ],
        "sign_in_audience": "AzureADMyOrg"
      }
      # is reported with
      {
        "at": "/web/redirectUris/0",
        "uri": "http://shop.contoso.com/@ada"
      }

    "#);
    assert_eq!(Sandbox::new(&[]).run("rules ab-101").stdout, ran.stdout);
}

#[test]
fn an_unknown_rule_is_2() {
    let ran = Sandbox::new(&[]).run("rules AB-999");
    ran.fails_with("there is no rule `AB-999`; `ztvet rules` lists them all");
    assert_eq!(ran.stdout, "");
}

#[test]
fn completions_are_scripts_of_the_shell() {
    let sandbox = Sandbox::new(&[]);
    for (shell, words) in [
        ("bash", "complete -F _ztvet"),
        ("zsh", "#compdef ztvet"),
        ("fish", "complete -c ztvet"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let ran = sandbox.run(&format!("completions {shell}"));
        ran.ends_with(0);
        assert!(ran.stdout.contains(words), "{shell}");
        assert!(ran.stdout.contains("fail-on"), "{shell}");
    }
    sandbox
        .run("completions nosh")
        .fails_with("possible values");
}

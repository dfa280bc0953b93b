use proptest::prelude::*;

use super::*;

const GITHUB: &str = "https://token.actions.githubusercontent.com";

fn provider_of(uri: &str) -> &'static str {
    provider(&issuer(uri), None)
}

fn trust_of(provider: &str, subject: &str) -> (String, String, String, bool) {
    parts(trust(provider, Some(subject), Some("")).unwrap())
}

fn trust_by(provider: &str, expression: &str) -> Option<(String, String, String, bool)> {
    trust(provider, Some(""), Some(expression)).map(parts)
}

fn parts(trust: Trust) -> (String, String, String, bool) {
    (trust.repository, trust.scope, trust.name, trust.wildcard)
}

fn expected(
    repository: &str,
    scope: &str,
    name: &str,
    wildcard: bool,
) -> (String, String, String, bool) {
    (
        repository.to_owned(),
        scope.to_owned(),
        name.to_owned(),
        wildcard,
    )
}

#[test]
fn issuers_have_the_parts_of_their_uri() {
    let found = issuer("HTTPS://Token.Actions.GitHubUserContent.com/enterprise");
    assert_eq!(
        found.uri,
        "HTTPS://Token.Actions.GitHubUserContent.com/enterprise"
    );
    assert_eq!(found.scheme.as_deref(), Some("https"));
    assert_eq!(
        found.host.as_deref(),
        Some("token.actions.githubusercontent.com")
    );
    for uri in ["", "<issuer-url>", "token.actions.githubusercontent.com"] {
        let found = issuer(uri);
        assert_eq!((found.scheme, found.host), (None, None), "{uri}");
        assert_eq!(provider_of(uri), "other", "{uri}");
    }
    assert_eq!(issuer("https://[::1]/").host.as_deref(), Some("[::1]"));
}

#[test]
fn providers_are_known_by_their_hosts() {
    for (uri, expected) in [
        (GITHUB, "github"),
        (
            "https://token.actions.githubusercontent.com/contoso",
            "github",
        ),
        ("https://token.actions.contoso.ghe.com", "github"),
        ("https://gitlab.com", "gitlab"),
        ("https://app.terraform.io", "terraform_cloud"),
        ("https://app.eu.terraform.io", "terraform_cloud"),
        (
            "https://vstoken.dev.azure.com/0f0f0f0f-0000-4000-8000-000000000000",
            "azure_devops",
        ),
        (
            "https://login.microsoftonline.com/3f2504e0-4f89-11d3-9a0c-0305e82c3301/v2.0",
            "entra",
        ),
        (
            "https://login.microsoftonline.us/3f2504e0-4f89-11d3-9a0c-0305e82c3301/v2.0",
            "entra",
        ),
        ("https://eastus.oic.prod-aks.azure.com/t/c/", "kubernetes"),
        (
            "https://usgovvirginia.oic.prod-aks.azure.us/t/c/",
            "kubernetes",
        ),
        ("https://europe.oic.prod-arc.azure.com/t/c/", "kubernetes"),
        (
            "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
            "kubernetes",
        ),
        (
            "https://container.googleapis.com/v1/projects/p/locations/l/clusters/c",
            "kubernetes",
        ),
        ("https://accounts.google.com", "google"),
        ("https://sts.amazonaws.com", "aws"),
        (
            "https://a1faa616-d595-447d-bdfd-64b774ab199c.tokens.sts.global.api.aws",
            "aws",
        ),
        (
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc",
            "aws",
        ),
        (
            "https://api.bitbucket.org/2.0/workspaces/contoso/pipelines-config/identity/oidc",
            "bitbucket",
        ),
        ("https://oidc.circleci.com/org/1", "circleci"),
        ("https://agent.buildkite.com", "buildkite"),
    ] {
        assert_eq!(provider_of(uri), expected, "{uri}");
    }
}

#[test]
fn hosts_that_look_like_a_provider_are_other() {
    for uri in [
        "https://token.actions.githubusercontent.com.evil.net",
        "https://evil-token.actions.githubusercontent.com",
        "https://x.token.actions.githubusercontent.com",
        "https://token.actions.githubusercontent.com@evil.net/",
        "https://evil.net/token.actions.githubusercontent.com",
        "https://token.actions.a.b.ghe.com",
        "https://gitlab.contoso.com",
        "https://oic.prod-aks.azure.com",
        "https://oidc.eks.amazonaws.com",
        "https://bucket.s3.eu-west-1.amazonaws.com",
        "https://s3.amazonaws.com/bucket",
        "https://ec2-1-2-3-4.compute-1.amazonaws.com",
        "https://github.com",
    ] {
        assert_eq!(provider_of(uri), "other", "{uri}");
    }
}

#[test]
fn service_connections_with_tokens_of_entra_are_azure_devops() {
    let entra =
        issuer("https://login.microsoftonline.com/3f2504e0-4f89-11d3-9a0c-0305e82c3301/v2.0");
    for (subject, expected) in [
        (
            "/eid1/c/pub/t/4AQlP4lP0xGaDAMF6CwzAQ/a/qzXoWDkuqUa3l6zM5mM0Rw/sc/org/connection",
            "azure_devops",
        ),
        (
            "/eid1/c/pub/t/4AQlP4lP0xGaDAMF6CwzAQ/a/qzXoWDkuqUa3l6zM5mM0Rw/n/plugin",
            "entra",
        ),
        ("a1b2c3d4-0000-4000-8000-000000000001", "entra"),
        ("sc/eid1", "entra"),
    ] {
        assert_eq!(provider(&entra, Some(subject)), expected, "{subject}");
    }
    assert_eq!(provider(&issuer(GITHUB), Some("/eid1/c/sc/x")), "github");
}

#[test]
fn reads_subjects_of_github() {
    for (subject, trust) in [
        (
            "repo:contoso/shop:environment:production",
            ("contoso/shop", "environment", "production", false),
        ),
        (
            "repo:contoso/shop:ref:refs/heads/main",
            ("contoso/shop", "branch", "main", false),
        ),
        (
            "repo:contoso/shop:ref:refs/heads/feature/x",
            ("contoso/shop", "branch", "feature/x", false),
        ),
        (
            "repo:contoso/shop:ref:refs/tags/v1",
            ("contoso/shop", "tag", "v1", false),
        ),
        (
            "repo:contoso/shop:pull_request",
            ("contoso/shop", "pull_request", "", false),
        ),
        (
            "repo:contoso/shop:ref:refs/pull/1/merge",
            ("contoso/shop", "pull_request", "", false),
        ),
        (
            "repo:contoso@123456/shop@456789:ref:refs/heads/main",
            ("contoso/shop", "branch", "main", false),
        ),
        (
            "repo:contoso@123456/shop@456789:pull_request",
            ("contoso/shop", "pull_request", "", false),
        ),
        (
            "repo:contoso/shop:ref:refs/heads/*",
            ("contoso/shop", "branch", "*", true),
        ),
        ("repo:contoso/*", ("contoso/*", "other", "", true)),
        ("repo:contoso/*:*", ("contoso/*", "other", "", true)),
        (
            "repo:contoso/shop:ref:refs/*",
            ("contoso/shop", "other", "", true),
        ),
        ("repo:contoso/shop", ("contoso/shop", "other", "", false)),
        (
            "repo:contoso/shop:job_workflow_ref:contoso/ci/.github/workflows/a.yml@refs/heads/main",
            (
                "contoso/shop",
                "workflow",
                "contoso/ci/.github/workflows/a.yml@refs/heads/main",
                false,
            ),
        ),
        (
            "job_workflow_ref:contoso/ci/.github/workflows/a.yml@refs/heads/main",
            (
                "",
                "workflow",
                "contoso/ci/.github/workflows/a.yml@refs/heads/main",
                false,
            ),
        ),
        (
            "repo:contoso/shop:pull_request:job_workflow_ref:contoso/ci/a.yml@v1",
            ("contoso/shop", "pull_request", "", false),
        ),
        (
            "repo:contoso/shop:environment:prod:actor:ada",
            ("contoso/shop", "environment", "prod", false),
        ),
        (
            "repo:contoso/shop:event_name:pull_request",
            ("contoso/shop", "pull_request", "", false),
        ),
        ("repository_owner:contoso", ("", "other", "", false)),
        (
            "repository_owner:contoso:environment:production",
            ("", "other", "", false),
        ),
        (
            "repository:contoso/shop:environment:production",
            ("contoso/shop", "environment", "production", false),
        ),
        ("<subject-identifier>", ("", "other", "", false)),
    ] {
        let (repository, scope, name, wildcard) = trust;
        assert_eq!(
            trust_of("github", subject),
            expected(repository, scope, name, wildcard),
            "{subject}"
        );
    }
}

#[test]
fn reads_subjects_of_gitlab_and_terraform_cloud() {
    for (provider, subject, trust) in [
        (
            "gitlab",
            "project_path:contoso/web/shop:ref_type:branch:ref:main",
            ("contoso/web/shop", "branch", "main", false),
        ),
        (
            "gitlab",
            "project_path:contoso/shop:ref_type:tag:ref:v*",
            ("contoso/shop", "tag", "v*", true),
        ),
        (
            "gitlab",
            "project_path:contoso/shop:ref_type:*:ref:*",
            ("contoso/shop", "other", "", true),
        ),
        (
            "gitlab",
            "project_path:contoso/*",
            ("contoso/*", "other", "", true),
        ),
        (
            "gitlab",
            "project_id:57382910:ref_type:branch:ref:main",
            ("", "branch", "main", false),
        ),
        (
            "terraform_cloud",
            "organization:contoso:project:web:workspace:shop:run_phase:apply",
            ("contoso/web/shop", "run_phase", "apply", false),
        ),
        (
            "terraform_cloud",
            "organization:contoso:project:web:workspace:shop:run_phase:*",
            ("contoso/web/shop", "run_phase", "*", true),
        ),
        (
            "terraform_cloud",
            "organization:contoso:*",
            ("contoso", "other", "", true),
        ),
        (
            "terraform_cloud",
            "workspace:shop",
            ("", "other", "", false),
        ),
    ] {
        let (repository, scope, name, wildcard) = trust;
        assert_eq!(
            trust_of(provider, subject),
            expected(repository, scope, name, wildcard),
            "{subject}"
        );
    }
}

#[test]
fn reads_expressions() {
    for (expression, trust) in [
        (
            "claims['sub'] matches 'repo:contoso/*:ref:refs/heads/*'",
            ("contoso/*", "branch", "*", true),
        ),
        (
            "claims['sub'] matches 'repo:contoso/sho?:environment:production'",
            ("contoso/sho?", "environment", "production", true),
        ),
        (
            "claims['sub'] eq 'repo:contoso/shop:ref:refs/heads/main' and claims['repository_id'] eq '456789'",
            ("contoso/shop", "branch", "main", false),
        ),
        (
            "claims['job_workflow_ref'] matches 'contoso/ci/*' and claims['sub'] matches 'repo:contoso/shop:pull_request'",
            ("contoso/shop", "pull_request", "", false),
        ),
        (
            " claims['sub']  matches  'repo:contoso/shop:environment:a'  and  claims['x'] eq 'y'",
            ("contoso/shop", "environment", "a", false),
        ),
        (
            "claims['repository_owner_id'] eq '123456'",
            ("", "other", "", true),
        ),
    ] {
        let (repository, scope, name, wildcard) = trust;
        let found = trust_by("github", expression);
        assert_eq!(
            found,
            Some(expected(repository, scope, name, wildcard)),
            "{expression}"
        );
    }
}

#[test]
fn judges_no_expression_that_it_cannot_read() {
    for expression in [
        "anything",
        "claims['sub']",
        "claims['sub'] matches",
        "claims['sub'] matches repo:contoso/*",
        "claims['sub'] matches 'repo:contoso/*",
        "claims['sub'] startswith 'repo:contoso/'",
        "claims['sub'] eq 'a' or claims['sub'] eq 'b'",
        "claims['sub'] eq 'a' and",
        "claims['sub'] eq 'it''s'",
        "not claims['sub'] eq 'a'",
    ] {
        assert_eq!(trust_by("github", expression), None, "{expression}");
    }
}

#[test]
fn says_nothing_where_nothing_is_known() {
    assert_eq!(trust("github", None, None), None);
    assert_eq!(trust("github", Some(""), Some("")), None);
    assert_eq!(trust("github", Some(""), None), None);
    assert_eq!(
        trust(
            "kubernetes",
            Some("system:serviceaccount:shop:default"),
            None
        ),
        None
    );
    assert_eq!(
        trust("other", Some("repo:contoso/shop:pull_request"), None),
        None
    );
}

#[test]
fn a_federated_credential_keeps_what_is_known() {
    let found = federated_credential(FederatedFields {
        name: Some("production"),
        issuer: Some(GITHUB),
        subject: Some("repo:contoso/shop:environment:production"),
        expression: Some(""),
        audiences: Some(vec!["api://AzureADTokenExchange".to_owned()]),
        at: "/federatedIdentityCredentials/0",
    });
    assert_eq!(found.name.as_deref(), Some("production"));
    assert_eq!(found.issuer, Some(issuer(GITHUB)));
    assert_eq!(
        found.subject.as_deref(),
        Some("repo:contoso/shop:environment:production")
    );
    assert_eq!(found.expression.as_deref(), Some(""));
    assert_eq!(
        found.audiences,
        Some(vec!["api://AzureADTokenExchange".to_owned()])
    );
    assert_eq!(found.provider.as_deref(), Some("github"));
    assert_eq!(
        found.trust.map(|trust| trust.name).as_deref(),
        Some("production")
    );
    assert_eq!(found.at, "/federatedIdentityCredentials/0");
    assert_eq!(
        federated_credential(FederatedFields::default()),
        FederatedCredential::default()
    );
}

#[test]
fn what_is_not_resolved_is_not_known() {
    let found = federated_credential(FederatedFields {
        issuer: Some(GITHUB),
        subject: Some("repo:${ORG}/shop:environment:production"),
        ..FederatedFields::default()
    });
    assert_eq!((found.subject, found.trust), (None, None));
    assert_eq!(found.provider.as_deref(), Some("github"));
    let found = federated_credential(FederatedFields {
        issuer: Some("[parameters('issuer')]"),
        subject: Some("repo:contoso/shop:pull_request"),
        ..FederatedFields::default()
    });
    assert_eq!(
        (found.issuer, found.provider, found.trust),
        (None, None, None)
    );
}

proptest! {
    #[test]
    fn never_panics(uri in ".*", subject in ".*", expression in ".*") {
        federated_credential(FederatedFields {
            issuer: Some(&uri),
            subject: Some(&subject),
            ..FederatedFields::default()
        });
        for provider in ["github", "gitlab", "terraform_cloud", "entra"] {
            trust(provider, Some(&subject), None);
            trust(provider, None, Some(&expression));
        }
    }

    #[test]
    fn never_panics_on_near_expressions(expression in r"(claims\['|sub|'\]| matches | eq | and |'|repo:|é|\*){0,12}") {
        trust("github", None, Some(&expression));
    }

    #[test]
    fn an_expression_says_what_its_subject_says(subject in "repo:[a-z*]{1,5}/[a-z?]{1,5}(:(pull_request|ref:refs/heads/[a-z*]{1,5}|environment:[a-z]{1,5}))?") {
        let expression = format!("claims['sub'] matches '{subject}'");
        prop_assert_eq!(trust("github", None, Some(&expression)), trust("github", Some(&subject), None));
    }

    #[test]
    fn a_provider_is_no_matter_of_a_suffix_or_prefix(label in "[a-z]{1,8}") {
        let host = "token.actions.githubusercontent.com";
        let uris = [format!("https://{host}.{label}"), format!("https://{label}.{host}"), format!("https://{label}{host}")];
        for uri in uris {
            prop_assert_eq!(provider_of(&uri), "other");
        }
    }
}

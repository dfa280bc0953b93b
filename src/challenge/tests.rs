use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

fn parse(header: &str) -> WwwAuthenticate {
    WwwAuthenticate::parse(header).unwrap()
}

#[test]
fn a_claims_challenge_is_written_as_microsoft_documents_it() {
    assert_eq!(
        ClaimsChallenge::auth_context("c1").to_string(),
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
         error=\"insufficient_claims\", \
         claims=\"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19\""
    );
    let event = Timestamp::from_second(1_604_106_651).unwrap();
    let challenge = ClaimsChallenge::issued_after(event);
    assert_eq!(
        challenge.claims.to_string(),
        r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#
    );
    let read = ClaimsChallenge::parse(&challenge.to_string()).unwrap();
    assert_eq!(read.required_issue(), Some(1_604_106_651));
    assert_eq!(read.required_auth_context(), None);
}

#[test]
fn microsofts_own_examples_are_read() {
    // From the page on claims challenges, and from the one on continuous access evaluation.
    let header = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
                  error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiY3AxIn19fQ==\"";
    let challenge = ClaimsChallenge::parse(header).unwrap();
    assert_eq!(challenge.required_auth_context(), Some("cp1"));
    let header = "Bearer authorization_uri=\"https://login.windows.net/common/oauth2/authorize\",\n  \
                  error=\"insufficient_claims\",\n  claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwgInZhbHVlIjoiMTYwNDEwNjY1MSJ9fX0=\"";
    let challenge = ClaimsChallenge::parse(header).unwrap();
    assert_eq!(challenge.required_issue(), Some(1_604_106_651));
    assert_eq!(challenge.realm, "");
}

#[test]
fn what_apis_are_known_to_send_is_read() {
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19";
    for header in [
        format!("bearer claims=\"{claims}\" error=\"insufficient_claims\""),
        format!("Bearer error=insufficient_claims,claims={claims}"),
        format!(
            "Bearer claims=\"{claims}==\", cc_type=\"authcontext\", client_id=\"x\", error=\"insufficient_claims\""
        ),
        format!(
            "Negotiate, NTLM YWJj=, Basic realm=\"a, b=\\\"c\\\"\", Bearer ERROR = \"insufficient_claims\" , claims = \"{claims}\""
        ),
        format!(",, Bearer error=\"insufficient_claims\", claims=\"{claims}\",,"),
        format!(
            "Bearer error=\"invalid_token\", Bearer error=\"insufficient_claims\", claims=\"{claims}\""
        ),
    ] {
        let challenge = ClaimsChallenge::parse(&header).unwrap();
        assert_eq!(challenge.required_auth_context(), Some("c1"), "{header}");
    }
}

#[test]
fn what_asks_for_no_claims_is_told() {
    for (header, message) in [
        ("", "no challenge of the scheme `Bearer`"),
        (
            "Basic error=\"insufficient_claims\", claims=\"e30=\"",
            "no challenge of the scheme `Bearer`",
        ),
        (
            "Bearer error=\"invalid_token\"",
            "no challenge of the scheme `Bearer`",
        ),
        (
            "Bearer error=\"insufficient_claims\"",
            "the `claims` of the challenge are missing",
        ),
        (
            "Bearer error=\"insufficient_claims\", claims=\"?\"",
            "are no base64",
        ),
        (
            "Bearer error=\"insufficient_claims\", claims=\"e3\"",
            "are no ",
        ),
        (
            "Bearer error=\"insufficient_claims\", claims=\"e30x\"",
            "are no JSON",
        ),
        (
            "Bearer error=\"insufficient_claims\", claims=\"W10=\"",
            "are no JSON object",
        ),
        (
            "error=\"insufficient_claims\"",
            "a parameter without a scheme (character 1)",
        ),
        (
            "Bearer é",
            "expected a scheme or the name of a parameter (character 8)",
        ),
        (
            "Bearer a=\"b",
            "a quoted value that does not end (character 10)",
        ),
        (
            "Bearer a=b, A=c",
            "a parameter that stands twice (character 13)",
        ),
    ] {
        let error = ClaimsChallenge::parse(header).unwrap_err().to_string();
        assert!(error.contains(message), "{header}: {error}");
    }
}

#[test]
fn nothing_ends_the_header() {
    let challenge = Challenge::new("Bearer").with("realm", "a\r\nSet-Cookie: b=\"c\\\"\0");
    let written = challenge.to_string();
    assert_eq!(written, r#"Bearer realm="a  Set-Cookie: b=\"c\\\" ""#);
    assert_eq!(
        parse(&written).challenges[0].get("realm"),
        Some("a  Set-Cookie: b=\"c\\\" ")
    );
}

fn challenge() -> impl Strategy<Value = Challenge> {
    let parameters = vec(
        ("[a-z][a-z0-9_]{0,8}", "[^\\x00-\\x1f\\x7f-\\x9f]{0,20}"),
        0..4,
    );
    let word = option::of("[A-Za-z0-9._~+/-]{1,12}={0,2}");
    ("[A-Za-z][A-Za-z0-9-]{0,8}", word, parameters).prop_map(|(scheme, word, mut parameters)| {
        parameters.sort();
        parameters.dedup_by(|one, other| one.0 == other.0);
        Challenge {
            scheme,
            token68: word.filter(|_| parameters.is_empty()),
            parameters,
        }
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(challenges in vec(challenge(), 0..4)) {
        let header = WwwAuthenticate { challenges };
        prop_assert_eq!(parse(&header.to_string()), header);
    }

    #[test]
    fn claims_come_through(context in ".*", uri in "[^\\x00-\\x1f\\x7f-\\x9f]*", seconds in 0_i64..253_402_207_200) {
        let challenge = ClaimsChallenge::auth_context(&context).at(&uri);
        prop_assert_eq!(ClaimsChallenge::parse(&challenge.to_string()).unwrap(), challenge);
        let event = Timestamp::from_second(seconds).unwrap();
        let challenge = ClaimsChallenge::issued_after(event);
        let read = ClaimsChallenge::parse(&challenge.to_string()).unwrap();
        prop_assert_eq!(read.required_issue(), Some(seconds));
    }

    #[test]
    fn never_panics(header in ".*") {
        let _ = ClaimsChallenge::parse(&header);
    }

    #[test]
    fn never_panics_on_near_headers(header in r#"([Bb]earer|[a-z]{1,3}|[ ,="\\é]|error="insufficient_claims"|claims="?[A-Za-z0-9+/_=-]{0,9}"?){0,12}"#) {
        let _ = ClaimsChallenge::parse(&header);
    }
}

use proptest::prelude::*;

use super::*;

fn facts(uri: &str) -> RedirectUri {
    redirect_uri("web", uri, "/web/redirectUris/0".to_owned())
}

fn shared(uri: &str) -> Option<String> {
    facts(uri).shared_hosting
}

fn broker(uri: &str) -> (String, String) {
    let found = facts(uri).broker.unwrap();
    assert_eq!(found.well_formed, found.problem.is_empty(), "{uri}");
    (found.platform, found.problem)
}

fn imitated(host: &str) -> Option<(String, String, u32)> {
    let own = ["contoso.com", "fabrikam.co.uk", "ab.com"].map(str::to_owned);
    resembles(host, &own).map(|found| (found.domain, found.kind, found.distance))
}

fn prefix(domain: &str) -> Option<(String, String, u32)> {
    Some((domain.to_owned(), "prefix".to_owned(), 0))
}

fn spelling(domain: &str, distance: u32) -> Option<(String, String, u32)> {
    Some((domain.to_owned(), "spelling".to_owned(), distance))
}

#[test]
fn a_plain_redirect_uri_has_nothing_to_say() {
    let expected = RedirectUri {
        platform: "web".to_owned(),
        facts: uri_facts("https://shop.contoso.com/cb"),
        at: "/web/redirectUris/0".to_owned(),
        ..RedirectUri::default()
    };
    assert_eq!(facts("https://shop.contoso.com/cb"), expected);
}

#[test]
fn shared_hosts_are_matched_by_labels_and_not_by_substrings() {
    for (uri, suffix) in [
        ("https://shop.azurewebsites.net/cb", "azurewebsites.net"),
        ("https://SHOP.AzureWebsites.net./cb", "azurewebsites.net"),
        (
            "https://shop-a1b2.westeurope-01.azurewebsites.net",
            "azurewebsites.net",
        ),
        (
            "https://shop.westeurope.cloudapp.azure.com",
            "cloudapp.azure.com",
        ),
        (
            "https://shop.z6.web.core.windows.net",
            "web.core.windows.net",
        ),
        ("https://contoso.github.io/shop", "github.io"),
        ("https://bucket.s3.amazonaws.com", "s3.amazonaws.com"),
        ("https://s3.amazonaws.com/bucket/cb", "s3.amazonaws.com"),
        (
            "https://s3.eu-west-1.amazonaws.com/bucket",
            "s3.eu-west-1.amazonaws.com",
        ),
        (
            "https://bucket.s3.dualstack.eu-west-1.amazonaws.com",
            "s3.dualstack.eu-west-1.amazonaws.com",
        ),
        (
            "https://b.s3-website-us-east-1.amazonaws.com",
            "s3-website-us-east-1.amazonaws.com",
        ),
        (
            "https://b.s3-website.eu-central-1.amazonaws.com",
            "s3-website.eu-central-1.amazonaws.com",
        ),
        (
            "https://x.execute-api.us-east-1.amazonaws.com",
            "execute-api.us-east-1.amazonaws.com",
        ),
        (
            "https://storage.googleapis.com/bucket/cb.html",
            "storage.googleapis.com",
        ),
        ("https://*.azurewebsites.net", "azurewebsites.net"),
    ] {
        assert_eq!(shared(uri).as_deref(), Some(suffix), "{uri}");
    }
    for uri in [
        "https://azurewebsites.net.evil.com",
        "https://evilazurewebsites.net",
        "https://contoso.com/shop.azurewebsites.net",
        "https://contoso.com/?x=shop.azurewebsites.net",
        "https://shop.azurewebsites.net@contoso.com/",
        "https://azurewebsites.net",
        "https://github.io",
        "https://ec2-1-2-3-4.compute.amazonaws.com",
        "https://execute-api.us-east-1.amazonaws.com",
        "https://www.googleapis.com",
        "com.contoso://shop.azurewebsites.net",
        "urn:shop.azurewebsites.net",
        "shop.azurewebsites.net/cb",
    ] {
        assert_eq!(shared(uri), None, "{uri}");
    }
}

#[test]
fn tunnels() {
    for (uri, suffix) in [
        ("https://1eb2-1-2-3.ngrok.io/cb", "ngrok.io"),
        ("https://shop.eu.ngrok.io", "ngrok.io"),
        ("https://shop.ngrok-free.app", "ngrok-free.app"),
        ("https://x1y2-5000.euw.devtunnels.ms/cb", "devtunnels.ms"),
        ("https://shop.loca.lt", "loca.lt"),
        ("https://a-b-c.trycloudflare.com", "trycloudflare.com"),
        ("https://x-3000.app.github.dev", "app.github.dev"),
    ] {
        assert_eq!(facts(uri).tunnel.as_deref(), Some(suffix), "{uri}");
    }
    for uri in [
        "https://ngrok.io.evil.com",
        "https://ngrok.com",
        "https://contoso.com/ngrok.io",
        "https://notngrok.io",
    ] {
        assert_eq!(facts(uri).tunnel, None, "{uri}");
    }
}

#[test]
fn tables_have_an_entry_and_a_source_a_line() {
    for table in [&SHARED_HOSTING, &TUNNELS] {
        let entries: Vec<_> = table.lines().collect();
        assert!(entries.len() > 30);
        for (index, entry) in entries.iter().enumerate() {
            assert_eq!(*entry, entry.to_lowercase());
            let last = last_two(entry);
            assert!(last.contains('.') && !last.contains('*'), "{entry}");
            assert!(
                !entry.contains(char::is_whitespace) && entry.matches('.').count() >= 1,
                "{entry}"
            );
            assert!(
                !entries.iter().skip(index + 1).any(|other| other == entry),
                "{entry}"
            );
        }
        for line in table
            .text
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
        {
            let (_, source) = line.split_once("# ").unwrap();
            let (_, source) = source.split_once("; ").unwrap();
            for name in source.split(", ") {
                assert!(
                    ["dangling", "gov", "china", "psl", "docs", "use"].contains(&name),
                    "{line}"
                );
            }
        }
    }
}

#[test]
fn entries_of_the_public_suffix_list_are_in_it() {
    for table in [&SHARED_HOSTING, &TUNNELS] {
        for line in table
            .text
            .lines()
            .filter(|l| !l.starts_with('#') && l.ends_with("psl"))
        {
            let entry = line
                .split('#')
                .next()
                .unwrap()
                .trim()
                .trim_start_matches('.');
            let region = if entry.ends_with(".cn") {
                "cn-north-1"
            } else {
                "eu-west-1"
            };
            let host = format!("x.y.{}", entry.replace('*', region));
            let suffix = psl::suffix(host.as_bytes()).unwrap();
            assert_eq!(suffix.typ(), Some(psl::Type::Private), "{line}");
        }
    }
}

#[test]
fn android_brokers() {
    let hash = "1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D";
    for uri in [
        format!("msauth://com.contoso.shop/{hash}"),
        format!("MSAuth://com.Contoso.shop_2/{hash}"),
        format!("msauth://com.contoso.shop/{}", hash.to_lowercase().replace("1wiqxsqbj7w%2bh11zifsnqwgykry", "1wIqXSqBj7w%2bh11ZifsnqwgyKrY")),
        "msauth://com.contoso.shop/%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F%2F8%3D".to_owned(),
    ] {
        assert_eq!(broker(&uri), ("android".to_owned(), String::new()), "{uri}");
        assert!(!facts(&uri).ambiguous_path, "{uri}");
        assert_eq!(facts(&uri).facts.registrable_domain, None);
    }
    for (uri, problem) in [
        ("msauth:", "`//` does not follow `msauth:`"),
        ("msauth:com.contoso.shop", "`//` does not follow `msauth:`"),
        ("msauth://", "names no package"),
        (
            "msauth:///1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
            "names no package",
        ),
        (
            "msauth://shop/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
            "`shop` is not a package name",
        ),
        (
            "msauth://com.2contoso/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
            "`com.2contoso` is not a package name",
        ),
        (
            "msauth://com..contoso/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY%3D",
            "`com..contoso` is not a package name",
        ),
        ("msauth://com.contoso.shop", "has no signature hash"),
        ("msauth://com.contoso.shop/", "has no signature hash"),
        (
            "msauth://com.contoso.shop/1wIqXSqBj7w+h11ZifsnqwgyKrY=",
            "the signature hash is not percent-encoded",
        ),
        (
            "msauth://com.contoso.shop/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY=",
            "the signature hash is not percent-encoded",
        ),
        (
            "msauth://com.contoso.shop/1wIqXSqBj7w%2Bh11ZifsnqwgyKrY",
            "the signature hash is not the base64 of 20 bytes",
        ),
        (
            "msauth://com.contoso.shop/aGFzaA%3D%3D",
            "the signature hash is not the base64 of 20 bytes",
        ),
        (
            "msauth://com.contoso.shop/hash",
            "the signature hash is not the base64 of 20 bytes",
        ),
        (
            "msauth://com.contoso.shop/%",
            "the signature hash is not the base64 of 20 bytes",
        ),
    ] {
        assert_eq!(
            broker(uri),
            ("android".to_owned(), problem.to_owned()),
            "{uri}"
        );
    }
}

#[test]
fn apple_brokers() {
    for uri in [
        "msauth.com.contoso.shop://auth",
        "msauth.com.Contoso.shop-2://auth/",
        "msauth.shop://auth",
        "msauth://code/msauth.com.contoso.shop%3A%2F%2Fauth",
        "msauth://code/x-msauth-shop%3a%2f%2fcom.contoso.shop",
    ] {
        assert_eq!(broker(uri), ("apple".to_owned(), String::new()), "{uri}");
        assert!(!facts(uri).ambiguous_path, "{uri}");
    }
    let follows = "something other than `://auth` follows the bundle identifier";
    for (uri, problem) in [
        ("msauth.com.contoso.shop", follows),
        ("msauth.com.contoso.shop:", follows),
        ("msauth.com.contoso.shop:auth", follows),
        ("msauth.com.contoso.shop://", follows),
        ("msauth.com.contoso.shop://callback", follows),
        ("msauth.com.contoso.shop://auth?x", follows),
        ("msauth.://auth", "names no bundle"),
        (
            "msauth.com..shop://auth",
            "`com..shop` is not a bundle identifier",
        ),
        (
            "msauth.com.contoso.<shop>://auth",
            "`com.contoso.<shop>` is not a bundle identifier",
        ),
        ("msauth://code", "no redirect URI follows `msauth://code/`"),
        ("msauth://code/", "no redirect URI follows `msauth://code/`"),
        (
            "msauth://code/%3A%2F%2Fauth",
            "no redirect URI follows `msauth://code/`",
        ),
        (
            "msauth://code/msauth.com.contoso.shop://auth",
            "the redirect URI in it is not percent-encoded",
        ),
    ] {
        assert_eq!(
            broker(uri),
            ("apple".to_owned(), problem.to_owned()),
            "{uri}"
        );
    }
}

#[test]
fn what_is_no_broker() {
    for uri in [
        "",
        "msauth",
        "https://msauth.contoso.com/",
        "msauthx://com.contoso.shop/x",
        "msal1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9://auth",
        "com.contoso.shop://auth",
        "http://localhost",
        "mſauth://com.contoso.shop/x",
    ] {
        assert_eq!(facts(uri).broker, None, "{uri}");
    }
    assert_eq!(broker("msauth://codes.contoso/x").0, "android");
}

#[test]
fn international_hosts() {
    for (uri, punycode, mixed) in [
        ("https://bücher.example", true, false),
        ("https://xn--bcher-kva.example", true, false),
        ("https://cоntoso.com", true, true), // Cyrillic о
        ("https://xn--cntoso-wqf.com", true, true),
        ("https://сосо.com", true, false), // Cyrillic alone
        ("https://shop.例え.example", true, false),
        ("https://contoso.com/cоntoso", false, false),
        ("https://contoso-1.com", false, false),
        ("com.contoso.shop://cоntoso", false, false),
        ("https://10.0.0.1", false, false),
    ] {
        let found = facts(uri);
        assert_eq!(
            (found.punycode, found.mixed_script),
            (punycode, mixed),
            "{uri}"
        );
    }
}

#[test]
fn unsupported_characters_in_order_each_once() {
    let found = |uri: &str| facts(uri).unsupported_characters.concat();
    assert_eq!(found("https://contoso.com/(a);b,(c)!$'"), "();,!$'");
    assert_eq!(found("https://contoso.com/a?b=1&c=2;3#d;"), ";");
    assert_eq!(found("https://*.contoso.com/a-b_c~d.e%28@+"), "");
}

#[test]
fn ambiguous_paths() {
    for uri in [
        "https://contoso.com/a/../b",
        "https://contoso.com/./b",
        "https://contoso.com/a/..",
        "https://contoso.com/%2e%2E/b",
        "https://contoso.com/.%2e",
        "https://contoso.com/a%2Fb",
        "https://contoso.com/a%2fb",
        "https://contoso.com/a%5Cb",
        "https://contoso.com/a\\..\\b",
        "com.contoso.shop://auth/../b",
    ] {
        assert!(facts(uri).ambiguous_path, "{uri}");
    }
    for uri in [
        "https://contoso.com",
        "https://contoso.com/.well-known/x",
        "https://contoso.com/a..b/...",
        "https://contoso.com/?x=../%2F",
        "https://contoso.com/#/../",
        "https://contoso.com/%252e%252e/",
        "urn:ietf:wg:oauth:2.0:oob",
    ] {
        assert!(!facts(uri).ambiguous_path, "{uri}");
    }
}

#[test]
fn own_hosts_imitate_nothing() {
    for host in [
        "contoso.com",
        "shop.contoso.com",
        "CONTOSO.COM.",
        "a.fabrikam.co.uk",
        "contoso.com.contoso.com",
    ] {
        assert_eq!(imitated(host), None, "{host}");
    }
    assert_eq!(resembles("contoso.net", &[]), None);
    // Nobody else can hold a name under a domain whose other names are the organisation's.
    assert_eq!(
        resembles("login.contoso.com", &["shop.contoso.com".to_owned()]),
        None
    );
}

#[test]
fn own_domains_before_another_end() {
    for host in [
        "contoso.com.evil.net",
        "login.contoso.com.evil.net",
        "*.contoso.com.evil.net",
        "contoso-com.net",
        "login-contoso-com.evil.net",
        "contoso.com-sso.net",
        "login-contoso.com",
        "sso.login-contoso.com",
        "contoso.com.azurewebsites.net",
    ] {
        assert_eq!(imitated(host), prefix("contoso.com"), "{host}");
    }
    assert_eq!(
        imitated("fabrikam.co.uk.evil.net"),
        prefix("fabrikam.co.uk")
    );
    assert_eq!(
        imitated("fabrikam-co-uk.evil.net"),
        prefix("fabrikam.co.uk")
    );
    for host in [
        "evilcontoso.com.net.example",
        "contoso.company.example",
        "com.contoso.example",
        "xcontoso.com.evil.net",
    ] {
        assert_ne!(imitated(host), prefix("contoso.com"), "{host}");
    }
}

#[test]
fn names_that_are_nearly_spelled_alike() {
    for (host, distance) in [
        ("contos0.com", 1),
        ("login.cotnoso.com", 1),
        ("contosso.net", 1),
        ("mycontoso.com", 2),
        ("contoso.net", 0),
        ("contoso.com.au", 0),
        ("c0nt0s0.com", 3),
    ] {
        assert_eq!(imitated(host), spelling("contoso.com", distance), "{host}");
    }
    assert_eq!(imitated("fabrikarn.co.uk"), spelling("fabrikam.co.uk", 0));
    for host in [
        "evilcontoso.com",
        "fourthcoffee.com",
        "cd.com",
        "abc.com",
        "contoso.azurewebsites.net",
        "contoso-1.azurewebsites.net",
        "contoso-com.azurewebsites.net",
        "com",
        "localhost",
        "",
        "10.0.0.1",
        "[::1]",
    ] {
        assert_eq!(imitated(host), None, "{host}");
    }
    assert_eq!(imitated("ab.org"), spelling("ab.com", 0));
}

#[test]
fn homoglyphs_are_compared_as_they_are_read() {
    for host in [
        "cоntoso.com",
        "xn--cntoso-wqf.com",
        "соntоѕо.com",
        "login.cоntoso.net",
    ] {
        assert_eq!(imitated(host), spelling("contoso.com", 0), "{host}");
    }
    assert_eq!(imitated("contósó.com"), spelling("contoso.com", 2));
    let own = ["bücher.example".to_owned()];
    assert_eq!(resembles("shop.xn--bcher-kva.example", &own), None);
    assert_eq!(resembles("bucher.example", &own).unwrap().distance, 1);
    assert_eq!(
        resembles("xn--bcher-kva.example.evil.net", &own)
            .unwrap()
            .kind,
        "prefix"
    );
}

#[test]
fn the_closest_domain_is_given() {
    let own = ["contosa.com", "contoso.com"].map(str::to_owned);
    assert_eq!(
        resembles("contos0.com", &own).unwrap().domain,
        "contosa.com"
    );
    assert_eq!(
        resembles("contoso.net", &own).unwrap().domain,
        "contoso.com"
    );
    assert_eq!(
        resembles("contosa.net.contoso.com.evil.net", &own)
            .unwrap()
            .domain,
        "contoso.com"
    );
}

proptest! {
    #[test]
    fn anything_has_facts(uri in ".{0,60}|msauth[.:][/a-z.%+=]{0,40}|https?://[a-zа-я.*-]{0,30}/.{0,10}") {
        let found = facts(&uri);
        prop_assert_eq!(&found.facts, &uri_facts(&uri));
        if let Some(broker) = found.broker {
            prop_assert_eq!(broker.well_formed, broker.problem.is_empty());
        }
        prop_assert!(found.punycode || !found.mixed_script);
    }

    #[test]
    fn comparisons_never_panic_and_spare_own_hosts(
        host in ".{0,30}|[a-zа-я.-]{0,30}",
        label in "[a-z]{1,9}",
        domain in "[a-z]{1,9}(-[a-z]{1,5})?\\.(com|co\\.uk|github\\.io)",
    ) {
        // `ru.com` and the like are public suffixes themselves.
        prop_assume!(crate::normalize::uri::registrable_domain(&domain).is_some());
        let own = [domain.clone()];
        let _ = resembles(&host, &own);
        let _ = resembles(&domain, &[host]);
        let sub_domain = format!("{label}.{domain}");
        prop_assert_eq!(resembles(&sub_domain, &own), None);
        let found = resembles(&format!("{domain}.evil-{label}.example"), &own);
        prop_assert_eq!(found.map(|f| f.kind), Some("prefix".to_owned()));
    }
}

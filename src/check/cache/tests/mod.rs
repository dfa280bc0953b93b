mod keys;
mod times;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::document::Limits;
use crate::normalize::parse_date;
use crate::report::Report;
use crate::{Config, EngineBuilder, document};

const NOW: &str = "2026-11-23T06:00:00Z";

const SHOP: &str = r#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "displayName": "Shop",
    "signInAudience": "AzureADMyOrg", "web": {"redirectUris": ["http://shop.contoso.com/auth"]},
    "passwordCredentials": [{"keyId": "0e2d3c4b-4b5a-4978-8695-a4b3c2d1e0f9", "displayName": "ci", "secretText": "Hq~very-secret",
        "startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-11-23T12:00:00Z"}]}"#;

const STORE: &str = r#"{"appId": "2f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "displayName": "Store",
    "signInAudience": "AzureADMyOrg", "web": {"redirectUris": ["http://shop.contoso.com/auth"]}}"#;

const POLICY: &str = "# METADATA\n# title: Named\n# custom:\n#   id: OWN-1\n#   applies_to: [application]\npackage own\n\n\
    deny contains finding if {\n\tinput.application\n\tfinding := {\"name\": input.subject.name}\n}\n";

/// Files, and a cache beside them.
struct Tree(TempDir);

impl Tree {
    fn new(files: &[(&str, &str)]) -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            tree.write(name, text);
        }
        tree
    }

    fn shops() -> Self {
        Self::new(&[("apps/shop.json", SHOP), ("apps/store.json", STORE)])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn builder(&self) -> EngineBuilder {
        builder(&self.path("cache"))
    }

    /// What a run over `apps` finds, and how the cache was used.
    fn run(&self, builder: EngineBuilder) -> (Report, CacheUse) {
        run(builder, &self.path("apps"))
    }

    /// All that is kept.
    fn kept(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.path("cache/v1")) else {
            return Vec::new();
        };
        let paths = files.map(|file| file.unwrap().path());
        let is_entry = |path: &PathBuf| path.file_name().unwrap().len() == 64;
        paths.filter(is_entry).collect()
    }
}

fn builder(cache: &Path) -> EngineBuilder {
    let builder = Engine::builder().bundled().unwrap();
    at(builder.cache(Some(cache.to_owned())), NOW)
}

fn at(builder: EngineBuilder, now: &str) -> EngineBuilder {
    builder.now(parse_date(now).unwrap())
}

fn with(builder: EngineBuilder, config: &str) -> EngineBuilder {
    builder.config("ztvet.yaml", Config::parse("ztvet.yaml", config).unwrap())
}

fn run(builder: EngineBuilder, path: &Path) -> (Report, CacheUse) {
    let engine = builder.build().unwrap();
    (engine.check_path(path), engine.cache_use())
}

fn used(hits: usize, misses: usize) -> CacheUse {
    CacheUse { hits, misses }
}

fn rules(report: &Report) -> Vec<&str> {
    let findings = report.findings.iter();
    findings.map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn reports_are_the_same() {
    for path in [
        "examples",
        "examples/manifests/shop.json",
        "tests/fixtures",
        "tests/fixtures/terraform-plan",
        "tests/infra",
        "tests/spellings",
        "tests/malformed",
    ] {
        let cache = tempfile::tempdir().unwrap();
        let path = Path::new(path);
        let (expected, none) = run(builder(cache.path()).cache(None), path);
        assert_eq!(none, used(0, 0));
        let (cold, first) = run(builder(cache.path()), path);
        assert_eq!(first.hits, 0);
        let (warm, second) = run(builder(cache.path()), path);
        assert!(expected == cold, "{path:?}, at first");
        assert!(expected == warm, "{path:?}, again");
        assert_eq!(first.misses, second.hits + second.misses);
        let few = 8;
        assert!(second.hits > 0, "{path:?}: {second:?}");
        assert!(second.misses < second.hits + few, "{path:?}: {second:?}");
    }
}

#[test]
fn all_that_waits_is_kept_for_exactly_these_sources() {
    let tree = Tree::new(&[]);
    for name in ["plan.json", "state.json"] {
        let text = fs::read_to_string(Path::new("tests/infra/principals").join(name)).unwrap();
        tree.write(&format!("apps/{name}"), &text);
    }
    tree.write("apps/shop.json", SHOP);
    assert_eq!(tree.run(tree.builder()).1, used(0, 4));
    let (_, again) = tree.run(tree.builder());
    assert_eq!(again, used(4, 0));
    tree.write("apps/shop.json", STORE);
    let (changed, use_of_cache) = tree.run(tree.builder());
    assert_eq!(use_of_cache, used(0, 4), "others may wait for it");
    assert!(changed == tree.run(tree.builder().cache(None)).0);
    // One that was lost is judged again, and what waits is not.
    let engine = tree.builder().build().unwrap();
    let key = key::of_engine(&engine.inner, key::BUILD);
    let path = tree.path("apps/plan.json");
    let bytes = fs::read(&path).unwrap();
    let key = key::of_source(&key, &document::display_path(&path), false, &bytes);
    fs::remove_file(tree.path("cache/v1").join(key.to_string())).unwrap();
    let (again, use_of_cache) = tree.run(tree.builder());
    assert_eq!(use_of_cache, used(3, 1));
    assert!(again == changed);
}

#[test]
fn only_what_has_changed_is_judged_again() {
    let tree = Tree::shops();
    assert_eq!(tree.run(tree.builder()).1, used(0, 3));
    assert_eq!(tree.run(tree.builder()).1, used(3, 0));
    tree.write("apps/store.json", &format!("{STORE} "));
    assert_eq!(tree.run(tree.builder()).1, used(1, 2), "a byte");
    tree.write("apps/store.json", STORE);
    assert_eq!(tree.run(tree.builder()).1, used(3, 0), "it is back");
    tree.write("apps/third.json", STORE);
    let (report, use_of_cache) = tree.run(tree.builder());
    assert_eq!(use_of_cache, used(2, 2), "the same bytes elsewhere");
    assert!(report == tree.run(tree.builder().cache(None)).0);
    fs::remove_file(tree.path("apps/third.json")).unwrap();
    assert_eq!(tree.run(tree.builder()).1, used(3, 0), "it is gone");
    let named = run(tree.builder(), &tree.path("apps/shop.json"));
    assert_eq!(named.1, used(0, 2), "what is named is another thing");
}

#[test]
fn secrets_and_tokens_are_not_kept() {
    let tree = Tree::shops();
    let token = fs::read_to_string("examples/tokens/user.jwt").unwrap();
    tree.write("apps/user.jwt", &token);
    let tokens = || {
        let builder = tree.builder().show_personal_data(true);
        with(builder, "tokens: {require_mfa: true}")
    };
    let (report, _) = tree.run(tokens());
    assert!(report.summary.kinds.contains_key("token"));
    assert_eq!(tree.run(tokens()).1, used(3, 1));
    assert_eq!(tree.kept().len(), 3);
    for path in tree.kept() {
        let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        assert!(!text.contains("Hq~very-secret") && !text.contains("user.jwt"));
        assert!(token.trim().split('.').all(|part| !text.contains(part)));
    }
}

#[test]
fn what_is_not_known_beforehand_is_not_kept() {
    let tree = Tree::shops();
    let dns = crate::online::Dns::server("127.0.0.1:9".parse().unwrap());
    let dns = dns.timeout(std::time::Duration::from_millis(10));
    for (what, builder) in [
        ("DNS", tree.builder().dns(Some(dns))),
        (
            "chance",
            with(tree.builder(), "allow_builtins: [rand.intn]"),
        ),
        ("elements", tree.builder().stream_above(10)),
    ] {
        assert_eq!(tree.run(builder).1, used(0, 0), "{what}");
        assert_eq!(tree.kept(), Vec::<PathBuf>::new(), "{what}");
    }
}

/// Of the last one, a parser of JSON loses a digit.
#[test]
fn numbers_come_back_as_they_were() {
    let tree = Tree::shops();
    for number in [
        "3",
        "-0.0",
        "1e300",
        "18446744073709551615",
        "31.245270191439438",
    ] {
        let text = POLICY.replace("input.subject.name", number);
        let run = |cache| {
            let builder = tree.builder().cache(cache);
            tree.run(builder.policy("own.rego", &text).unwrap()).0
        };
        let expected = run(None);
        assert_eq!(
            rules(&expected).iter().filter(|id| **id == "OWN-1").count(),
            2
        );
        for _ in 0..2 {
            assert!(run(Some(tree.path("cache"))) == expected, "{number}");
        }
    }
}

#[test]
fn what_failed_is_tried_again() {
    let tree = Tree::shops();
    let failing = POLICY.replace("{\"name\": input.subject.name}", "1");
    let own = || tree.builder().policy("own.rego", &failing).unwrap();
    assert_eq!(tree.run(own()).0.errors.len(), 2);
    let (report, use_of_cache) = tree.run(own());
    assert_eq!(report.errors.len(), 2);
    assert_eq!(use_of_cache, used(1, 2));
    tree.write("apps/shop.json", "{\"appId\": 1, ");
    for _ in 0..2 {
        let (report, _) = tree.run(tree.builder());
        assert_eq!(report.errors.len(), 1, "{:?}", report.errors);
    }
}

#[test]
fn damage_only_costs_time() {
    let tree = Tree::shops();
    let (expected, _) = tree.run(tree.builder());
    type Damage = fn(&[u8]) -> Vec<u8>;
    let damages: [Damage; 5] = [
        |_| Vec::new(),
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| [bytes, b"}"].concat(),
        |bytes| bytes.iter().map(|byte| byte ^ 1).collect(),
        |_| b"{\"findings\": []}".to_vec(),
    ];
    for (number, damage) in damages.into_iter().enumerate() {
        for path in tree.kept() {
            let damaged = damage(&fs::read(&path).unwrap());
            fs::write(path, damaged).unwrap();
        }
        let (report, use_of_cache) = tree.run(tree.builder());
        assert_eq!(use_of_cache, used(0, 3), "{number}");
        assert!(report == expected, "{number}");
        assert_eq!(tree.run(tree.builder()).1, used(3, 0), "{number}");
    }
    // A whole entry with something else in it.
    let engine = tree.builder().build().unwrap();
    let store = Store::open(&tree.path("cache")).unwrap();
    let key = key::of_engine(&engine.inner, key::BUILD);
    let path = document::display_path(&tree.path("apps/shop.json"));
    let key = key::of_source(&key, &path, false, SHOP.as_bytes());
    assert!(store.get(&key).is_some());
    store.put(&key, b"{\"period\": {\"first\": 0}}");
    let (report, use_of_cache) = tree.run(tree.builder());
    assert_eq!(use_of_cache, used(2, 1));
    assert!(report == expected);
}

#[test]
fn a_directory_that_cannot_be_used_is_told() {
    let tree = Tree::shops();
    tree.write("cache", "no directory");
    let (mut report, use_of_cache) = tree.run(tree.builder());
    assert_eq!(use_of_cache, used(0, 0));
    let note = report.notes.pop().unwrap();
    assert!(note.message.contains("` cannot be used: "), "{note:?}");
    assert!(report == tree.run(tree.builder().cache(None)).0);
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let tree = Tree::shops();
    let (expected, _) = tree.run(tree.builder().cache(None));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let engine = tree.builder().build().unwrap();
                for _ in 0..3 {
                    assert!(engine.check_path(tree.path("apps")) == expected);
                }
                let CacheUse { hits, misses } = engine.cache_use();
                assert!(hits >= 6 && hits + misses == 9);
            });
        }
    });
}

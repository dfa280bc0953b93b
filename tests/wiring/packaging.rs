//! What is packed: the image and the archives of a release.

use crate::{path, read, yaml};

#[test]
fn the_image_is_built_from_what_is_there() {
    let ignored = read(".dockerignore");
    let kept = ignored.lines().filter_map(|line| line.strip_prefix('!'));
    let kept: Vec<&str> = kept.collect();
    for name in &kept {
        assert!(path(name).exists(), "there is no {name}");
    }
    for name in [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "src",
        "policies",
        "data",
        "README.md",
        "benches",
    ] {
        assert!(kept.contains(&name), "{name} is needed");
    }
    let image = read("Dockerfile");
    let rust = env!("CARGO_PKG_RUST_VERSION");
    assert!(image.contains(&format!("FROM rust:{rust}-")), "{image}");
    let last = image.rsplit("FROM ").next().unwrap();
    assert!(last.contains("USER 65532:65532"), "{image}");
}

#[test]
fn releases_have_what_the_action_installs() {
    let config = read("dist-workspace.toml");
    assert!(config.contains("unix-archive = \".tar.gz\""), "{config}");
    let targets = config
        .lines()
        .filter_map(|line| line.strip_prefix("    \""));
    let targets: Vec<&str> = targets.map(|line| line.trim_end_matches("\",")).collect();
    assert!(targets.len() >= 5, "{config}");
    let script = read("scripts/action/install.sh");
    for target in &targets {
        assert!(
            script.contains(&format!("archive=ztvet-{target}.")),
            "{target}"
        );
    }
    assert_eq!(targets.len(), script.matches("archive=ztvet-").count());
    let workflow = yaml(".github/workflows/release.yml");
    assert!(!workflow["jobs"]["build-local-artifacts"].is_null());
    let version = config.split("cargo-dist-version = \"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let used = format!("/download/v{version}/");
    assert!(read(".github/workflows/release.yml").contains(&used));
}

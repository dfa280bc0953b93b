//! Dependency manifests, known by their names.

use super::Syntax;

/// A file that lists a project's dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manifest {
    /// `package.json`.
    PackageJson,
    /// `requirements.txt`, `requirements-dev.txt`, `requirements/dev.txt`, and `.in` for `.txt`.
    Requirements,
    /// `pyproject.toml`.
    PyProject,
    /// `*.csproj`, `*.fsproj`, `*.vbproj`, and `Directory.Packages.props` and `Directory.Build.props`.
    MsBuild,
    /// `packages.config`.
    PackagesConfig,
    /// `pom.xml`.
    Pom,
    /// `*.gradle` and `*.gradle.kts`, but for `settings.gradle`.
    Gradle,
    /// `*.versions.toml`, Gradle's version catalogue.
    GradleCatalog,
    /// `go.mod`.
    GoMod,
    /// `Podfile`.
    Podfile,
    /// `Package.swift`.
    PackageSwift,
    /// `Cargo.toml`.
    CargoToml,
}

impl Manifest {
    /// The manifest that a path names; upper and lower case count alike.
    ///
    /// ```
    /// use ztvet::document::Manifest;
    /// assert_eq!(Manifest::of("shop/Shop.csproj"), Some(Manifest::MsBuild));
    /// assert_eq!(Manifest::of("notes.txt"), None);
    /// ```
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let path = path.replace('\\', "/").to_ascii_lowercase();
        let mut parts = path.rsplit('/');
        let name = parts.next()?;
        Some(match name {
            "package.json" => Self::PackageJson,
            "pyproject.toml" => Self::PyProject,
            "packages.config" => Self::PackagesConfig,
            "directory.packages.props" | "directory.build.props" => Self::MsBuild,
            "pom.xml" => Self::Pom,
            "settings.gradle" | "settings.gradle.kts" => return None,
            "go.mod" => Self::GoMod,
            "podfile" => Self::Podfile,
            "package.swift" => Self::PackageSwift,
            "cargo.toml" => Self::CargoToml,
            _ if is_requirements(name, parts.next()) => Self::Requirements,
            _ => Self::by_ending(name)?,
        })
    }

    fn by_ending(name: &str) -> Option<Self> {
        const ENDINGS: [(&str, Manifest); 6] = [
            (".csproj", Manifest::MsBuild),
            (".fsproj", Manifest::MsBuild),
            (".vbproj", Manifest::MsBuild),
            (".gradle", Manifest::Gradle),
            (".gradle.kts", Manifest::Gradle),
            (".versions.toml", Manifest::GradleCatalog),
        ];
        let known = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending));
        known.map(|(_, manifest)| *manifest)
    }

    /// The name, as in the input.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PackageJson => "package_json",
            Self::Requirements => "requirements",
            Self::PyProject => "pyproject",
            Self::MsBuild => "msbuild",
            Self::PackagesConfig => "packages_config",
            Self::Pom => "pom",
            Self::Gradle => "gradle",
            Self::GradleCatalog => "gradle_catalog",
            Self::GoMod => "go_mod",
            Self::Podfile => "podfile",
            Self::PackageSwift => "package_swift",
            Self::CargoToml => "cargo_toml",
        }
    }

    pub(super) const fn syntax(self) -> Syntax {
        match self {
            Self::PackageJson => Syntax::Json,
            Self::PyProject | Self::GradleCatalog | Self::CargoToml => Syntax::Toml,
            Self::MsBuild | Self::PackagesConfig | Self::Pom => Syntax::Xml,
            Self::Requirements
            | Self::Gradle
            | Self::GoMod
            | Self::Podfile
            | Self::PackageSwift => Syntax::Lines,
        }
    }
}

/// `requirements.txt`, `requirements-dev.txt`, `dev-requirements.in`, `requirements/dev.txt`.
fn is_requirements(name: &str, directory: Option<&str>) -> bool {
    let stem = name.strip_suffix(".txt").or(name.strip_suffix(".in"));
    stem.is_some_and(|stem| {
        let is_part = |part: &str| part.is_empty() || part.starts_with(['-', '_', '.']);
        directory == Some("requirements")
            || stem.strip_prefix("requirements").is_some_and(is_part)
            || stem
                .strip_suffix("requirements")
                .is_some_and(|before| before.ends_with(['-', '_', '.']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_known_by_their_names() {
        for (path, manifest) in [
            ("package.json", Manifest::PackageJson),
            ("./a/b/pom.xml", Manifest::Pom),
            ("a\\Shop.Web.csproj", Manifest::MsBuild),
            ("Directory.Packages.props", Manifest::MsBuild),
            ("requirements.txt", Manifest::Requirements),
            ("requirements-dev.txt", Manifest::Requirements),
            ("dev_requirements.in", Manifest::Requirements),
            ("requirements/base.txt", Manifest::Requirements),
            ("app/build.gradle", Manifest::Gradle),
            ("build.gradle.kts", Manifest::Gradle),
            ("gradle/libs.versions.toml", Manifest::GradleCatalog),
            ("Podfile", Manifest::Podfile),
            ("Package.swift", Manifest::PackageSwift),
        ] {
            assert_eq!(Manifest::of(path), Some(manifest), "{path}");
        }
    }

    #[test]
    fn resembling_names_are_no_manifests() {
        for path in [
            "",
            "-",
            "package-lock.json",
            "my-package.json",
            "pom.xml.bak",
            "settings.gradle.kts",
            "requirements.md",
            "requirementslist.txt",
            "myrequirements.txt",
            "requirements.txt/a.json",
            "Podfile.lock",
            "go.mod.old",
            "rustfmt.toml",
        ] {
            assert_eq!(Manifest::of(path), None, "{path}");
        }
    }
}

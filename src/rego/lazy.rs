//! Modules that are parsed when they are asked for: most runs never do.

use std::sync::OnceLock;

use super::{Fault, Modules};

/// Path and text of a module that is trusted.
type Text = (&'static str, &'static str);

/// Trusted modules.
#[derive(Debug, Default)]
pub(crate) struct LazyModules {
    texts: Vec<Text>,
    modules: OnceLock<Result<Modules, String>>,
}

impl LazyModules {
    pub(crate) const fn new(texts: Vec<Text>) -> Self {
        Self {
            texts,
            modules: OnceLock::new(),
        }
    }

    /// The modules.
    ///
    /// # Errors
    /// When a text is no module.
    pub(crate) fn get(&self) -> Result<&Modules, String> {
        let parsed = self.modules.get_or_init(|| {
            self.parse()
                .map_err(|fault| format!("{}:{}: {}", fault.path, fault.line, fault.message))
        });
        parsed.as_ref().map_err(Clone::clone)
    }

    fn parse(&self) -> Result<Modules, Fault> {
        let mut modules = Modules::new();
        for (path, text) in &self.texts {
            modules.add(path, text)?;
        }
        Ok(modules)
    }
}

impl From<Modules> for LazyModules {
    fn from(modules: Modules) -> Self {
        Self {
            texts: Vec::new(),
            modules: OnceLock::from(Ok(modules)),
        }
    }
}

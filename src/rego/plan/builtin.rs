//! Functions of Rego, as regorus has them.

use regorus::Value;
use regorus::unstable::{BUILTINS, BuiltinFcn, Expr, Ref, Source, Span, must_cache};

use super::native::Native;
use super::view::{Arena, View};

/// A function that gives the same for the same arguments.
pub(super) struct Builtin {
    native: Option<Native>,
    function: BuiltinFcn,
    /// Where its arguments stand: nowhere.
    places: Vec<Ref<Expr>>,
    span: Span,
}

impl Builtin {
    /// The function of that name with that many arguments. None where there is none.
    pub(super) fn find(name: &str, arguments: usize) -> Option<Self> {
        let function = *BUILTINS.get(name)?;
        if usize::from(function.1) != arguments || must_cache(name).is_some() {
            return None;
        }
        let span = Span {
            source: Source::from_contents("plan".to_owned(), String::new()).ok()?,
            line: 1,
            col: 1,
            start: 0,
            end: 0,
        };
        let place = || {
            Ref::new(Expr::Null {
                span: span.clone(),
                value: Value::Null,
                eidx: 0,
            })
        };
        Some(Self {
            native: Native::find(name),
            function,
            places: std::iter::repeat_with(place).take(arguments).collect(),
            span,
        })
    }

    /// As regorus does it.
    #[cfg(test)]
    pub(super) fn without_native(self) -> Self {
        Self {
            native: None,
            ..self
        }
    }

    /// None where it fails.
    pub(super) fn call<'a>(&self, arena: &'a Arena, arguments: &[View<'a>]) -> Option<View<'a>> {
        let native = self.native.as_ref();
        let done = native.and_then(|native| native.call(arena, arguments));
        done.or_else(|| {
            let arguments: Vec<Value> = arguments.iter().map(|view| view.to_value()).collect();
            let value = (self.function.0)(&self.span, &self.places, &arguments, true).ok()?;
            View::copied(arena, &value)
        })
    }
}

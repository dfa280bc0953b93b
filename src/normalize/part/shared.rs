//! What entries share is kept with each of them.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

type Shared<T> = Option<Box<[Arc<T>]>>;

pub(super) fn serialize<T: Serialize, S: Serializer>(
    list: &Shared<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let items = |list: &[Arc<T>]| list.iter().map(Arc::clone).map(Item).collect::<Vec<_>>();
    list.as_deref().map(items).serialize(serializer)
}

pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Shared<T>, D::Error> {
    let list = Option::<Vec<T>>::deserialize(deserializer)?;
    Ok(list.map(|items| items.into_iter().map(Arc::new).collect()))
}

struct Item<T>(Arc<T>);

impl<T: Serialize> Serialize for Item<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().serialize(serializer)
    }
}

/// A text.
pub(super) mod text {
    use super::{Arc, Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        text: &Arc<str>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        text.as_ref().serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Arc<str>, D::Error> {
        String::deserialize(deserializer).map(Arc::from)
    }
}

/// A text that may be missing.
pub(super) mod optional_text {
    use super::{Arc, Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        text: &Option<Arc<str>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        text.as_deref().serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Arc<str>>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        Ok(text.map(Arc::from))
    }
}

//! Bytes become documents. Nothing here knows the Microsoft identity platform.

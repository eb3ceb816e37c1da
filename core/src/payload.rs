//! The payload: the raw body, as the bytes that were signed.

use crate::WebhookError;
use std::fmt;

/// The largest payload that is looked at in any language: 16 MiB. A limit of our own choice, far above any event of
/// either provider; receivers have their own, smaller one.
pub const MAX_PAYLOAD: usize = 16 * 1024 * 1024;

/// Refuses a payload of more than [`MAX_PAYLOAD`] bytes, for hosts that must copy it before they can hand it over.
///
/// # Errors
///
/// [`WebhookError::PayloadTooLarge`], with [`Limit::Core`].
///
/// # Examples
///
/// ```
/// assert!(hookseal::host::check_size(hookseal::MAX_PAYLOAD).is_ok());
/// assert!(hookseal::host::check_size(hookseal::MAX_PAYLOAD + 1).is_err());
/// ```
pub const fn check_size(bytes: usize) -> Result<(), WebhookError> {
    if bytes > MAX_PAYLOAD { Err(WebhookError::PayloadTooLarge(Limit::Core)) } else { Ok(()) }
}

/// What a payload was too large for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`MAX_PAYLOAD`].
    Core,
    /// The memory that the host has left for it.
    HostMemory,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Core => write!(f, "{MAX_PAYLOAD} bytes"),
            Self::HostMemory => f.write_str("what this host's memory holds"),
        }
    }
}

/// The language that handed over something other than the raw body, for the remedy in its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Host {
    /// Node, workers, Deno, Bun, browsers.
    JavaScript,
    /// Flask, Django, ASGI.
    Python,
}

impl Host {
    const fn raw_body(self) -> &'static str {
        match self {
            Self::JavaScript => {
                "in Express mount express.raw({ type: () => true }) on this route, before express.json(), and pass req.body; \
                 in a Worker pass await request.arrayBuffer()"
            }
            Self::Python => {
                "in Flask pass request.get_data(), in FastAPI and Starlette await request.body(), in Django request.body"
            }
        }
    }
}

/// What stood where the raw body belongs. Rust callers never meet it: there a payload is bytes by type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotRaw {
    /// A body that something parsed already, or any other value.
    Parsed,
    /// `undefined`, `null` or `None`: nobody read the body, or somebody drained it.
    Nothing,
    /// Text with a lone surrogate, which has no bytes.
    IllFormedText,
}

impl fmt::Display for NotRaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parsed => "a parsed value",
            Self::Nothing => "nothing",
            Self::IllFormedText => "ill-formed text",
        })
    }
}

/// The message of `payload_not_raw`.
pub(crate) fn not_raw(f: &mut fmt::Formatter<'_>, found: NotRaw, host: Host) -> fmt::Result {
    write!(f, "expected the raw body, as bytes or text, found {found}: {}", host.raw_body())
}

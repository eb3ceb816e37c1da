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

/// Refuses a payload of more bytes than a receiver takes.
///
/// # Errors
///
/// [`WebhookError::PayloadTooLarge`], with [`Limit::Receiver`].
pub const fn check_limit(bytes: usize, limit: usize) -> Result<(), WebhookError> {
    if bytes > limit { Err(WebhookError::PayloadTooLarge(Limit::Receiver(limit))) } else { Ok(()) }
}

/// What a payload was too large for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`MAX_PAYLOAD`].
    Core,
    /// The memory that the host has left for it.
    HostMemory,
    /// A receiver's own limit, in bytes.
    Receiver(usize),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Core => write!(f, "{MAX_PAYLOAD} bytes"),
            Self::HostMemory => f.write_str("what this host's memory holds"),
            Self::Receiver(limit) => write!(f, "{limit} bytes, the receiver's limit"),
        }
    }
}

/// Where something other than the raw body was handed over, for the remedy in the words of that place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Host {
    /// Node, workers, Deno, Bun, browsers.
    JavaScript,
    /// Flask, Django, ASGI.
    Python,
    /// The receiver of `hookseal/express`, behind something that read the body before it.
    Express,
    /// The receiver of `hookseal/fetch`.
    Fetch,
    /// The receiver of `hookseal.flask`.
    Flask,
    /// The receiver of `hookseal.django`.
    Django,
    /// The receiver of `hookseal.asgi`.
    Asgi,
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
            Self::Express => {
                "mount the receiver before express.json() and every other body parser, or put \
                 express.raw({ type: () => true }) before it; in Fastify call it from an onRequest hook"
            }
            Self::Fetch => "give the receiver the request before anything reads its body, or read request.clone()",
            Self::Flask => {
                "read nothing of request.form, request.files or request.stream before the receiver; request.get_data() is fine"
            }
            Self::Django => "read nothing of request.POST or request.FILES before the receiver; request.body is fine",
            Self::Asgi => "mount the receiver so that no middleware reads the body before it",
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
    /// Text that somebody made of the bytes, in a receiver, which cannot know how.
    Decoded,
}

impl fmt::Display for NotRaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parsed => "a parsed value",
            Self::Nothing => "nothing",
            Self::IllFormedText => "ill-formed text",
            Self::Decoded => "decoded text",
        })
    }
}

/// The message of `payload_not_raw`.
pub(crate) fn not_raw(f: &mut fmt::Formatter<'_>, found: NotRaw, host: Host) -> fmt::Result {
    write!(f, "expected the raw body, as bytes or text, found {found}: {}", host.raw_body())
}

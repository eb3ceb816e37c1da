//! Errors: what was expected, where, and the remedy. Never a secret, a digest, a payload or a value from one.

use crate::event::shape::MAX_PROBLEMS;
use crate::json::Malformed;
use crate::payload::{Host, Limit, NotRaw, not_raw};
use crate::secret::SecretFault;
use crate::{Provider, provider::Profile};
use serde::Serialize;
use std::fmt;

/// Everything that can go wrong, as one line that names the remedy.
///
/// # Examples
///
/// ```
/// use hookseal::{Code, Kind, Provider, Webhook};
///
/// let error = Webhook::new(Provider::Loop, "").unwrap_err();
/// assert_eq!(error.code(), Code::InvalidSecret);
/// assert_eq!(error.kind(), Kind::Config);
/// assert_eq!(error.status(), None);
/// assert_eq!(error.to_string(), "expected a secret, found an empty one: is the environment variable set");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// A provider's name that is none of [`Provider::ALL`]'s.
    UnknownProvider,
    /// A secret that must not be one.
    InvalidSecret(SecretFault),
    /// An option or argument that is not one of those that there are: says what was expected.
    InvalidOption(&'static str),
    /// Something other than the raw body was handed over.
    PayloadNotRaw {
        /// What was there instead.
        found: NotRaw,
        /// The language whose remedy the message names.
        host: Host,
    },
    /// A payload beyond a limit.
    PayloadTooLarge(Limit),
    /// The signature's header is absent or empty.
    MissingSignature(Provider),
    /// The signature's header has more than one value.
    RepeatedSignature(Provider),
    /// The signature is not of the provider's grammar.
    MalformedSignature(Provider),
    /// No secret's HMAC of the payload is the signature.
    SignatureMismatch(Provider),
    /// Authentic, but not I-JSON.
    MalformedJson(Malformed),
    /// Authentic, but not an event of the provider.
    InvalidEvent {
        /// Whose events were expected.
        provider: Provider,
        /// What is wrong, in the order of the provider's documents.
        problems: Vec<Problem>,
    },
}

/// One thing that is wrong with an event: types, never values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// Where, as in `data.sets[0].kitCode`.
    pub path: String,
    /// What the provider documents there.
    pub expected: &'static str,
    /// The JSON type that is there, or `nothing`.
    pub found: &'static str,
}

/// A stable name for each error, the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// `unknown_provider`
    UnknownProvider,
    /// `invalid_secret`
    InvalidSecret,
    /// `invalid_option`
    InvalidOption,
    /// `payload_not_raw`
    PayloadNotRaw,
    /// `payload_too_large`
    PayloadTooLarge,
    /// `missing_signature`
    MissingSignature,
    /// `repeated_signature`
    RepeatedSignature,
    /// `malformed_signature`
    MalformedSignature,
    /// `signature_mismatch`
    SignatureMismatch,
    /// `malformed_json`
    MalformedJson,
    /// `invalid_event`
    InvalidEvent,
}

/// Whose turn it is when an error occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Our user's: a mistake in how hookseal was set up or called.
    Config,
    /// The sender's, if it is one: nobody has proved who sent the delivery.
    Signature,
    /// Both: the delivery is authentic, but not understood.
    Event,
}

impl Code {
    /// Every code, in the order in which they take precedence.
    pub const ALL: [Self; 11] = [
        Self::UnknownProvider,
        Self::InvalidSecret,
        Self::InvalidOption,
        Self::PayloadNotRaw,
        Self::PayloadTooLarge,
        Self::MissingSignature,
        Self::RepeatedSignature,
        Self::MalformedSignature,
        Self::SignatureMismatch,
        Self::MalformedJson,
        Self::InvalidEvent,
    ];

    /// The table of errors: name, kind, and the HTTP status that answers the delivery, if there was one.
    const fn row(self) -> (&'static str, Kind, Option<u16>) {
        match self {
            Self::UnknownProvider => ("unknown_provider", Kind::Config, None),
            Self::InvalidSecret => ("invalid_secret", Kind::Config, None),
            Self::InvalidOption => ("invalid_option", Kind::Config, None),
            Self::PayloadNotRaw => ("payload_not_raw", Kind::Config, Some(500)),
            Self::PayloadTooLarge => ("payload_too_large", Kind::Config, Some(413)),
            Self::MissingSignature => ("missing_signature", Kind::Signature, Some(401)),
            Self::RepeatedSignature => ("repeated_signature", Kind::Signature, Some(401)),
            Self::MalformedSignature => ("malformed_signature", Kind::Signature, Some(401)),
            Self::SignatureMismatch => ("signature_mismatch", Kind::Signature, Some(401)),
            Self::MalformedJson => ("malformed_json", Kind::Event, Some(422)),
            Self::InvalidEvent => ("invalid_event", Kind::Event, Some(422)),
        }
    }

    /// The code of this name, for hosts that tell them by name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }

    /// The code's name, such as `signature_mismatch`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().0
    }

    /// The kind of error that it is.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.row().1
    }

    /// The HTTP status that answers such a delivery; none for errors at construction.
    #[must_use]
    pub const fn status(self) -> Option<u16> {
        self.row().2
    }
}

impl WebhookError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::UnknownProvider => Code::UnknownProvider,
            Self::InvalidSecret(_) => Code::InvalidSecret,
            Self::InvalidOption(_) => Code::InvalidOption,
            Self::PayloadNotRaw { .. } => Code::PayloadNotRaw,
            Self::PayloadTooLarge(_) => Code::PayloadTooLarge,
            Self::MissingSignature(_) => Code::MissingSignature,
            Self::RepeatedSignature(_) => Code::RepeatedSignature,
            Self::MalformedSignature(_) => Code::MalformedSignature,
            Self::SignatureMismatch(_) => Code::SignatureMismatch,
            Self::MalformedJson(_) => Code::MalformedJson,
            Self::InvalidEvent { .. } => Code::InvalidEvent,
        }
    }

    /// The kind of this error.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.code().kind()
    }

    /// The HTTP status that answers such a delivery; none for errors at construction.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        self.code().status()
    }

    /// Where the payload stops being I-JSON, in bytes: for `malformed_json` alone.
    #[must_use]
    pub const fn offset(&self) -> Option<usize> {
        if let Self::MalformedJson(malformed) = self { Some(malformed.offset) } else { None }
    }

    /// What is wrong with the event: for `invalid_event` alone, else none.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        if let Self::InvalidEvent { problems, .. } = self { problems } else { &[] }
    }
}

impl std::error::Error for WebhookError {}

/// The message too: what `unwrap` and a `main` that returns it print should name the remedy.
impl fmt::Debug for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownProvider => {
                write!(f, "expected a provider, one of {}", Provider::ALL.map(Provider::name).join(", "))
            }
            Self::InvalidSecret(fault) => write!(f, "{fault}"),
            Self::InvalidOption(expected) => write!(f, "expected {expected}"),
            Self::PayloadNotRaw { found, host } => not_raw(f, *found, *host),
            Self::PayloadTooLarge(limit) => write!(f, "expected a payload of at most {limit}, found a larger one"),
            Self::MissingSignature(provider) => {
                let Profile { signature_header, .. } = provider.profile();
                write!(f, "expected a signature in the header {signature_header}, found none")
            }
            Self::RepeatedSignature(provider) => {
                let Profile { signature_header, .. } = provider.profile();
                write!(f, "expected one signature in the header {signature_header}, found several")
            }
            Self::MalformedSignature(provider) => {
                let Profile { signature_header, signature_prefix, .. } = provider.profile();
                write!(f, "expected {signature_prefix}<64 hex digits> in the header {signature_header}")
            }
            Self::SignatureMismatch(provider) => {
                let Profile { signature_header, .. } = provider.profile();
                write!(
                    f,
                    "no secret gives the signature in the header {signature_header}: check that the secret is this \
                     endpoint's, and that the payload is the raw body, byte for byte"
                )
            }
            Self::MalformedJson(Malformed { offset, expected }) => {
                write!(f, "authentic, but not I-JSON: expected {expected} at byte {offset}")
            }
            Self::InvalidEvent { provider, problems } => {
                write!(f, "authentic, but not an event of {provider}")?;
                if let Some(Problem { path, expected, found }) = problems.first() {
                    write!(f, ": expected {expected} at {path}, found {found}")?;
                }
                match problems.len() {
                    0 | 1 => Ok(()),
                    MAX_PROBLEMS => write!(f, ", and at least {} more", MAX_PROBLEMS - 1),
                    count => write!(f, ", and {} more", count - 1),
                }
            }
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

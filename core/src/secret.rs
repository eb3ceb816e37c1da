//! Secrets: the HMAC keys, checked once, wiped on drop and never shown.

use crate::WebhookError;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// SHA-256's block, which is the size of a prepared HMAC key (RFC 2104).
pub(crate) const BLOCK: usize = 64;

/// One secret, with an optional label that says which one matched.
///
/// Text is its UTF-8 bytes. Its memory is wiped on drop, and `Debug` shows nothing of it.
///
/// # Examples
///
/// ```
/// use hookseal::Secret;
///
/// let secret = Secret::from("a secret of 32 characters or more").labelled("2026-11");
/// assert_eq!(format!("{secret:?}"), "Secret { .. }");
/// ```
pub struct Secret {
    label: Option<String>,
    material: Material,
}

enum Material {
    Text(Zeroizing<String>),
    Bytes(Zeroizing<Vec<u8>>),
    /// What a host was given in place of a secret.
    Unusable(SecretFault),
}

/// The secrets of one webhook, any of which may match; the first one signs. Made from one secret, a list, or pairs of
/// label and secret.
///
/// # Examples
///
/// ```
/// use hookseal::Secrets;
///
/// let one = Secrets::from("the only secret");
/// let rotating = Secrets::from(["the new secret", "the old secret"]);
/// let labelled = Secrets::from([("2026-11", "the new secret"), ("2025-11", "the old secret")]);
/// let bytes = Secrets::from(&[0x0b_u8; 32][..]);
/// ```
pub struct Secrets(Vec<Secret>);

/// Why a secret was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretFault {
    /// There is no secret at all.
    Missing,
    /// A secret is empty; HMAC would take it for a key of 64 NUL bytes.
    Empty,
    /// A text is nothing but whitespace.
    Blank,
    /// A secret is nothing but NUL bytes; HMAC would take it for the empty key.
    Nuls,
    /// Whitespace or U+FEFF stands before or after a text: the usual stray newline of an environment file.
    Padded,
    /// Text with a lone surrogate, which has no bytes.
    IllFormedText,
    /// Neither text nor bytes, or a label that is not text.
    WrongType,
    /// Two secrets have one label, so that nobody could tell which of them matched.
    RepeatedLabel,
}

impl Secret {
    /// The same secret under a label, which [`Event::secret`](crate::Event::secret) repeats when it matched.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// What a host puts in place of a secret that has no bytes: [`Webhook::new`](crate::Webhook::new) refuses it.
    #[must_use]
    pub const fn unusable(fault: SecretFault) -> Self {
        Self { label: None, material: Material::Unusable(fault) }
    }

    /// The key's bytes, if they are fit to be one. Whitespace is a mistake in text only: RFC 4231's first key is bytes
    /// that all happen to be vertical tabs.
    fn checked(&self) -> Result<&[u8], SecretFault> {
        let (bytes, text) = match &self.material {
            Material::Unusable(fault) => return Err(*fault),
            Material::Text(text) => (text.as_bytes(), text.as_str()),
            Material::Bytes(bytes) => (bytes.as_slice(), ""),
        };
        if bytes.is_empty() {
            Err(SecretFault::Empty)
        } else if bytes.iter().all(|&byte| byte == 0) {
            Err(SecretFault::Nuls)
        } else if !text.is_empty() && text.chars().all(is_blank) {
            Err(SecretFault::Blank)
        } else if text.starts_with(is_blank) || text.ends_with(is_blank) {
            Err(SecretFault::Padded)
        } else {
            Ok(bytes)
        }
    }
}

/// Whitespace, and the byte order mark that editors leave before a text.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

impl Secrets {
    /// The HMAC key of each secret, one block after the other behind `head`, and the label of each; a secret without a
    /// label goes by its index. Each key is written once, where it stays: a move would leave a copy that nobody wipes.
    pub(crate) fn prepare(self, head: u8) -> Result<(Zeroizing<Vec<u8>>, Vec<String>), WebhookError> {
        let secrets = self.0.iter().map(Secret::checked).collect::<Result<Vec<_>, _>>();
        let secrets = secrets.map_err(WebhookError::InvalidSecret)?;
        if secrets.is_empty() {
            return Err(WebhookError::InvalidSecret(SecretFault::Missing));
        }
        let mut keys = Zeroizing::new(vec![0; 1 + BLOCK * secrets.len()]);
        if let Some((first, blocks)) = keys.split_first_mut() {
            *first = head;
            blocks.as_chunks_mut().0.iter_mut().zip(secrets).for_each(|(block, secret)| fill(block, secret));
        }
        let label = |(index, secret): (usize, Secret)| secret.label.unwrap_or_else(|| index.to_string());
        let labels: Vec<_> = self.0.into_iter().enumerate().map(label).collect();
        if (1..labels.len()).any(|index| labels.iter().take(index).any(|earlier| Some(earlier) == labels.get(index))) {
            return Err(WebhookError::InvalidSecret(SecretFault::RepeatedLabel));
        }
        Ok((keys, labels))
    }
}

/// Brings a secret to the size of one block, as HMAC begins (RFC 2104): a longer one is hashed, a shorter one padded
/// with the NULs that are there already.
fn fill(block: &mut [u8; BLOCK], secret: &[u8]) {
    if let Some(start) = block.get_mut(..secret.len()) {
        start.copy_from_slice(secret);
    } else if let Some(start) = block.first_chunk_mut() {
        let mut hash = Sha256::new();
        hash.update(secret);
        hash.finalize_into_reset(start.into());
    }
}

/// One secret's HMAC-SHA256, ready to be fed. Wiped on drop.
#[derive(Clone)]
pub(crate) struct Key(Hmac<Sha256>);

impl Key {
    pub(crate) fn new(block: &[u8; BLOCK]) -> Self {
        Self(Hmac::new(block.into()))
    }

    /// The whole HMAC-SHA256 of a payload.
    pub(crate) fn mac(&self, payload: &[u8]) -> [u8; 32] {
        self.0.clone().chain_update(payload).finalize().into_bytes().into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").finish_non_exhaustive()
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").field("count", &self.0.len()).finish_non_exhaustive()
    }
}

impl fmt::Display for SecretFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "expected at least one secret, found none: is the environment variable set",
            Self::Empty => "expected a secret, found an empty one: is the environment variable set",
            Self::Blank => "expected a secret, found only whitespace: is the environment variable set",
            Self::Nuls => "expected a secret, found only NUL bytes: pass the provider's secret itself, not a buffer to be filled",
            Self::Padded => {
                "expected a secret without whitespace or a byte order mark around it: trim it, or pass bytes if they belong to it"
            }
            Self::IllFormedText => "expected a secret of well-formed text, found a lone surrogate: pass the secret's bytes",
            Self::RepeatedLabel => "expected a label of its own for each secret (those without one go by their index)",
            Self::WrongType => "expected a secret as text or bytes, a list of secrets, or secrets by label (text)",
        })
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self { label: None, material: Material::Text(Zeroizing::new(text)) }
    }
}

impl From<&[u8]> for Secret {
    fn from(bytes: &[u8]) -> Self {
        Self::from(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Secret {
    fn from(bytes: Vec<u8>) -> Self {
        Self { label: None, material: Material::Bytes(Zeroizing::new(bytes)) }
    }
}

impl<L: Into<String>, S: Into<Self>> From<(L, S)> for Secret {
    fn from((label, secret): (L, S)) -> Self {
        secret.into().labelled(label)
    }
}

impl<const N: usize> From<&[u8; N]> for Secret {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

/// One secret alone, in each form that a secret has.
macro_rules! alone {
    ($([$($generic:tt)*] $form:ty),+ $(,)?) => {$(
        impl<$($generic)*> From<$form> for Secrets {
            fn from(secret: $form) -> Self {
                Self(vec![Secret::from(secret)])
            }
        }
    )+};
}

alone!([] Secret, [] &str, [] String, [] &[u8], [const N: usize] &[u8; N], [] Vec<u8>);

impl<S: Into<Secret>> From<Vec<S>> for Secrets {
    fn from(secrets: Vec<S>) -> Self {
        Self::from_iter(secrets)
    }
}

impl<S: Into<Secret>, const N: usize> From<[S; N]> for Secrets {
    fn from(secrets: [S; N]) -> Self {
        Self::from_iter(secrets)
    }
}

impl<S: Into<Secret>> FromIterator<S> for Secrets {
    fn from_iter<I: IntoIterator<Item = S>>(secrets: I) -> Self {
        Self(secrets.into_iter().map(Into::into).collect())
    }
}

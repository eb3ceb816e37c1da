//! A webhook: one provider's secrets, and what can be done with them.

use crate::json::Json;
use crate::payload::check_size;
use crate::provider::Provider;
use crate::secret::{Key, Secrets};
use crate::{Event, Headers, SecretFault, WebhookError, event, signature};
use std::fmt;
use zeroize::Zeroizing;

/// Verifies and signs the deliveries of one provider.
///
/// Cheap to share: it is never changed after construction. `Debug` shows the provider and the number of secrets.
///
/// # Examples
///
/// ```
/// use hookseal::{Provider, Webhook};
///
/// let webhook = Webhook::new(Provider::Loop, "a secret from the developer portal")?;
/// let payload = br#"{"type":"protocol.started"}"#;
/// let headers = [(webhook.signature_header(), webhook.sign(payload)?)];
///
/// let event = webhook.verify(payload, &headers)?;
/// assert_eq!(event.event_type(), "protocol.started");
/// # Ok::<(), hookseal::WebhookError>(())
/// ```
pub struct Webhook {
    provider: Provider,
    keys: Vec<Key>,
    labels: Vec<String>,
}

/// A webhook in a form that a host can keep where it likes, such as a private field of a JavaScript object: no handle
/// into the core has to outlive a call. As secret as the secrets.
pub struct Prepared {
    /// For [`Webhook::from_prepared`]: which provider, then 64 bytes a secret. Wiped on drop.
    pub state: Zeroizing<Vec<u8>>,
    /// The label of each secret, in their order.
    pub labels: Vec<String>,
}

impl Webhook {
    /// A webhook of this provider under these secrets: one, a list, or pairs of label and secret.
    ///
    /// # Errors
    ///
    /// [`WebhookError::InvalidSecret`] for none at all, and for a secret that is empty or only NULs, or
    /// text that is only whitespace or has whitespace around it.
    ///
    /// # Examples
    ///
    /// While a secret is being rotated, both may match, and the event says which one did:
    ///
    /// ```
    /// use hookseal::{Provider, Webhook};
    ///
    /// let webhook = Webhook::new(Provider::GlycanAge, [("new", "a new secret"), ("old", "an old secret")])?;
    /// let late = Webhook::new(Provider::GlycanAge, "an old secret")?.sign(b"payload")?;
    /// assert_eq!(webhook.verify_signature(b"payload", late.as_str())?, "old");
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    pub fn new(provider: Provider, secrets: impl Into<Secrets>) -> Result<Self, WebhookError> {
        let Prepared { state, labels } = Self::prepare(provider, secrets)?;
        Ok(Self { labels, ..Self::from_prepared(&state)? })
    }

    /// The same as [`Webhook::new`], in a form to be kept outside and passed to [`Webhook::from_prepared`].
    ///
    /// # Errors
    ///
    /// As [`Webhook::new`].
    pub fn prepare(provider: Provider, secrets: impl Into<Secrets>) -> Result<Prepared, WebhookError> {
        let (state, labels) = secrets.into().prepare(provider as u8)?;
        Ok(Prepared { state, labels })
    }

    /// The webhook that was prepared. Its labels stayed with the host, so a match is told by the secret's index.
    ///
    /// # Errors
    ///
    /// [`WebhookError::UnknownProvider`] or [`WebhookError::InvalidSecret`] where the state has not the form of
    /// [`Webhook::prepare`]'s.
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::{Provider, Webhook};
    ///
    /// let prepared = Webhook::prepare(Provider::Loop, [("2026", "a secret")])?;
    /// let webhook = Webhook::from_prepared(&prepared.state)?;
    /// let signature = webhook.sign(b"payload")?;
    /// assert_eq!(webhook.verify_signature(b"payload", signature.as_str())?, "0");
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    pub fn from_prepared(state: &[u8]) -> Result<Self, WebhookError> {
        let (tag, blocks) = state.split_first().ok_or(WebhookError::UnknownProvider)?;
        let provider = Provider::ALL.into_iter().find(|provider| *provider as u8 == *tag);
        let provider = provider.ok_or(WebhookError::UnknownProvider)?;
        match blocks.as_chunks() {
            ([], _) => Err(WebhookError::InvalidSecret(SecretFault::Missing)),
            (keys, []) => Ok(Self { provider, keys: keys.iter().map(Key::new).collect(), labels: Vec::new() }),
            _ => Err(WebhookError::InvalidSecret(SecretFault::WrongType)),
        }
    }

    /// Whose deliveries these are.
    #[must_use]
    pub const fn provider(&self) -> Provider {
        self.provider
    }

    /// The name of the header that carries the signature, spelled as the provider's guide does.
    #[must_use]
    pub const fn signature_header(&self) -> &'static str {
        self.provider.signature_header()
    }

    /// Proves who sent a delivery and reads the event inside.
    ///
    /// `payload` is the raw body, byte for byte; `headers` an `http::HeaderMap`, pairs, or the signature itself.
    ///
    /// # Errors
    ///
    /// The first that applies of [`PayloadTooLarge`](WebhookError::PayloadTooLarge),
    /// [`MissingSignature`](WebhookError::MissingSignature), [`RepeatedSignature`](WebhookError::RepeatedSignature),
    /// [`MalformedSignature`](WebhookError::MalformedSignature), [`SignatureMismatch`](WebhookError::SignatureMismatch),
    /// [`MalformedJson`](WebhookError::MalformedJson), [`InvalidEvent`](WebhookError::InvalidEvent). The last two mean:
    /// authentic, but not understood.
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::{Code, Provider, Webhook};
    ///
    /// let webhook = Webhook::new(Provider::GlycanAge, "a secret of 32 characters or more")?;
    /// let mut headers = http::HeaderMap::new();
    /// headers.insert("x-glycanage-signature", http::HeaderValue::from_static("sha256=00"));
    ///
    /// let refused = webhook.verify(b"{}", &headers).unwrap_err();
    /// assert_eq!(refused.code(), Code::MalformedSignature);
    /// assert_eq!(refused.status(), Some(401));
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    pub fn verify(&self, payload: &[u8], headers: &(impl Headers + ?Sized)) -> Result<Event, WebhookError> {
        self.verify_borrowed(payload, headers).map(Event::into_owned)
    }

    /// As [`Webhook::verify`], with a body that borrows from the payload, for hosts that build their own objects from it.
    ///
    /// # Errors
    ///
    /// As [`Webhook::verify`].
    pub fn verify_borrowed<'p>(
        &self,
        payload: &'p [u8],
        headers: &(impl Headers + ?Sized),
    ) -> Result<Event<Json<'p>>, WebhookError> {
        let index = self.find_secret(payload, headers)?;
        event::read(self.provider, payload, || self.label(index))
    }

    /// Proves who sent a delivery and looks at nothing inside: for payloads that something else reads. Gives the label of
    /// the secret that matched.
    ///
    /// # Errors
    ///
    /// As [`Webhook::verify`], up to [`SignatureMismatch`](WebhookError::SignatureMismatch).
    ///
    /// # Examples
    ///
    /// GitHub's published example has Loop's very scheme, behind a prefix:
    ///
    /// ```
    /// use hookseal::{Provider, Webhook};
    ///
    /// let webhook = Webhook::new(Provider::Loop, "It's a Secret to Everybody")?;
    /// let signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    /// assert_eq!(webhook.verify_signature(b"Hello, World!", signature)?, "0");
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    pub fn verify_signature(&self, payload: &[u8], headers: &(impl Headers + ?Sized)) -> Result<String, WebhookError> {
        self.find_secret(payload, headers).map(|index| self.label(index))
    }

    /// The signature header's whole value for a payload, under the first secret. For tests, and for sending.
    ///
    /// # Errors
    ///
    /// [`PayloadTooLarge`](WebhookError::PayloadTooLarge).
    ///
    /// # Examples
    ///
    /// ```
    /// use hookseal::{Provider, Webhook};
    ///
    /// let webhook = Webhook::new(Provider::GlycanAge, "It's a Secret to Everybody")?;
    /// let signature = webhook.sign(b"Hello, World!")?;
    /// assert_eq!(signature, "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    /// # Ok::<(), hookseal::WebhookError>(())
    /// ```
    pub fn sign(&self, payload: &[u8]) -> Result<String, WebhookError> {
        check_size(payload.len())?;
        let key = self.keys.first().ok_or(WebhookError::InvalidSecret(SecretFault::Missing))?;
        Ok(signature::write(self.provider, &key.mac(payload)))
    }

    fn find_secret(&self, payload: &[u8], headers: &(impl Headers + ?Sized)) -> Result<usize, WebhookError> {
        check_size(payload.len())?;
        let digest = signature::read(self.provider, headers)?;
        signature::find(&self.keys, payload, &digest).ok_or(WebhookError::SignatureMismatch(self.provider))
    }

    fn label(&self, index: usize) -> String {
        self.labels.get(index).cloned().unwrap_or_else(|| index.to_string())
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("provider", &self.provider)
            .field("secrets", &self.keys.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("labels", &self.labels).finish_non_exhaustive()
    }
}

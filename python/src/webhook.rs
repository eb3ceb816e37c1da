//! The webhook, as Python sees it.

use crate::error::raised;
use crate::event;
use crate::headers::signature;
use crate::payload::{GIL_RELEASE_MIN, raw_bytes};
use crate::secret::secrets;
use crate::tools;
use hookseal::WebhookError;
use hookseal::host::Host;
use pyo3::prelude::*;

/// Verifies and signs the deliveries of one provider.
///
/// Its repr shows no secret. Python's own copies of one cannot be wiped from memory.
///
/// >>> from hookseal import Webhook
/// >>> webhook = Webhook("loop", "a secret from the developer portal")
/// >>> payload = b'{"type":"protocol.started"}'
/// >>> event = webhook.verify(payload, {webhook.signature_header: webhook.sign(payload)})
/// >>> event.type
/// 'protocol.started'
///
/// Several secrets may match while they are being rotated, and the event says which one did:
///
/// >>> webhook = Webhook("glycanage", {"2026-11": "the new secret", "2025-11": "the old secret"})
/// >>> late = Webhook("glycanage", "the old secret").sign(b"payload")
/// >>> webhook.verify_signature(b"payload", late)
/// '2025-11'
///
/// Raises ConfigError: `unknown_provider`, `invalid_secret`.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Webhook(hookseal::Webhook);

#[pymethods]
impl Webhook {
    #[new]
    fn new(provider: &Bound<'_, PyAny>, secrets: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = provider.py();
        let webhook = hookseal::Webhook::new(tools::provider(provider)?, self::secrets(secrets)?);
        webhook.map(Self).map_err(|error| raised(py, &error))
    }

    /// Who sends: `loop` or `glycanage`.
    #[getter]
    fn provider(&self) -> &'static str {
        self.0.provider().name()
    }

    /// The name of the header that carries the signature, spelled as the provider's guide does.
    #[getter]
    fn signature_header(&self) -> &'static str {
        self.0.signature_header()
    }

    /// Prove who sent a delivery and read the event inside.
    ///
    /// `payload` is the raw body, byte for byte; `headers` a mapping, pairs, a WSGI environ, or the signature itself.
    ///
    /// Raises ConfigError: `payload_not_raw`, `payload_too_large`. SignatureError: `missing_signature`,
    /// `repeated_signature`, `malformed_signature`, `signature_mismatch`. EventError (authentic, but not understood):
    /// `malformed_json`, `invalid_event`.
    ///
    /// >>> from hookseal import SignatureError, Webhook
    /// >>> webhook = Webhook("glycanage", "a secret of 32 characters or more")
    /// >>> try:
    /// ...     webhook.verify(b"{}", {"x-glycanage-signature": "sha256=00"})
    /// ... except SignatureError as error:
    /// ...     print(error.code, error.status)
    /// malformed_signature 401
    fn verify<'py>(&self, payload: &Bound<'py, PyAny>, headers: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = payload.py();
        let payload = raw_bytes(payload, Host::Python)?;
        let headers = signature(headers, self.0.signature_header())?;
        let event = without_gil(py, &payload, |payload| self.0.verify_borrowed(payload, &headers))?;
        event::object(py, &event)
    }

    /// Prove who sent a delivery and look at nothing inside: for payloads that something else reads.
    ///
    /// Gives the label of the secret that matched, or its index as text. Raises as `verify`, but for EventError.
    ///
    /// >>> from hookseal import Webhook
    /// >>> webhook = Webhook("loop", "It's a Secret to Everybody")
    /// >>> signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    /// >>> webhook.verify_signature(b"Hello, World!", signature)
    /// '0'
    fn verify_signature(&self, payload: &Bound<'_, PyAny>, headers: &Bound<'_, PyAny>) -> PyResult<String> {
        let py = payload.py();
        let payload = raw_bytes(payload, Host::Python)?;
        let headers = signature(headers, self.0.signature_header())?;
        without_gil(py, &payload, |payload| self.0.verify_signature(payload, &headers))
    }

    /// Give the signature header's whole value for a payload, under the first secret. For tests, and for sending.
    ///
    /// Raises ConfigError: `payload_not_raw`, `payload_too_large`.
    ///
    /// >>> from hookseal import Webhook
    /// >>> Webhook("glycanage", "It's a Secret to Everybody").sign(b"Hello, World!")
    /// 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
    fn sign(&self, payload: &Bound<'_, PyAny>) -> PyResult<String> {
        let py = payload.py();
        without_gil(py, &raw_bytes(payload, Host::Python)?, |payload| self.0.sign(payload))
    }

    fn __repr__(&self) -> String {
        format!("Webhook(provider='{}', ..)", self.provider())
    }
}

/// Lets other threads run while a payload worth it is hashed.
fn without_gil<'p, T: Send>(
    py: Python<'_>,
    payload: &'p [u8],
    work: impl FnOnce(&'p [u8]) -> Result<T, WebhookError> + Send,
) -> PyResult<T> {
    let done = if payload.len() < GIL_RELEASE_MIN { work(payload) } else { py.detach(|| work(payload)) };
    done.map_err(|error| raised(py, &error))
}

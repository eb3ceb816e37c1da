//! Reading a body, no further than the receiver's limit.

use super::BoxError;
use crate::WebhookError;
use crate::payload::check_limit;
use bytes::{Buf, Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt;
use std::pin::pin;

/// The whole body, or the error of one that is too large, which is not read further. Fails where it does not arrive.
///
/// Gathered in one buffer: a list of frames would let a sender of many small ones take far more memory than the limit says.
pub(super) async fn read<B>(body: B, limit: usize) -> Result<Result<Bytes, WebhookError>, BoxError>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    let mut body = pin!(body);
    let mut bytes = 0;
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        // Trailers are not part of the payload.
        let Ok(mut data) = frame.map_err(Into::into)?.into_data() else { continue };
        bytes += data.remaining();
        if let Err(error) = check_limit(bytes, limit) {
            return Ok(Err(error));
        }
        let data = data.copy_to_bytes(data.remaining());
        if first.is_empty() {
            // Most bodies are one frame, and then this is no copy.
            first = data;
        } else {
            if all.is_empty() {
                all.extend_from_slice(&first);
            }
            all.extend_from_slice(&data);
        }
    }
    Ok(Ok(if all.is_empty() { first } else { all.freeze() }))
}

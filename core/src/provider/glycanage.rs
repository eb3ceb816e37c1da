//! GlycanAge, from its guide "Webhooks".

use super::{DeliveryPolicy, Profile};
use crate::event::shape::{Field, Shape};
use std::time::Duration;

pub(super) const PROFILE: Profile = Profile {
    name: "glycanage",
    signature_header: "X-GlycanAge-Signature",
    signature_prefix: "sha256=",
    delivery: DeliveryPolicy {
        deadline: Some(Duration::from_secs(10)),
        retries: 3,
        // "exponential backoff", with no figures.
        retry_delays: &[],
    },
    event_types: &["order-status-changed", "assignment-status-changed", "kit-received", "report-ready"],
    envelope: &[
        Field::required("type", Shape::Text),
        Field::required("timestamp", Shape::Millis),
        Field::required("data", Shape::Any),
        // In no sample, but the guide's own deduplication reads it.
        Field::optional("id", Shape::Id),
    ],
    occurred_at: "timestamp",
};

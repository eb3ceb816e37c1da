//! The Loop Platform, from its guide "Handle Webhooks" and its public documentation of the envelope.

use super::{DeliveryPolicy, EventType, Profile};
use crate::event::shape::{Field, Shape};
use std::time::Duration;

pub(super) const PROFILE: Profile = Profile {
    name: "loop",
    signature_header: "X-Loop-Signature",
    signature_prefix: "",
    delivery: DeliveryPolicy {
        deadline: None,
        retries: 5,
        retry_delays: &[
            Duration::from_secs(60),
            Duration::from_secs(5 * 60),
            Duration::from_secs(30 * 60),
            Duration::from_secs(2 * 3600),
            Duration::from_secs(24 * 3600),
        ],
    },
    // The guide says that events reach an app for its scopes, and not which: these two are the ones of their names.
    catalogue: &[
        EventType {
            name: "biomarker.result.created",
            about: "a biomarker result arrived",
            scope: Some("read:biomarkers"),
            fields: None,
            #[cfg(feature = "tools")]
            sample: include_str!("../../samples/loop/biomarker.result.created.json"),
        },
        EventType {
            name: "protocol.started",
            about: "a protocol was started",
            scope: Some("read:protocols"),
            fields: None,
            #[cfg(feature = "tools")]
            sample: include_str!("../../samples/loop/protocol.started.json"),
        },
        EventType {
            name: "clinical.biomarker.parsed.v1",
            about: "a clinical biomarker was parsed",
            scope: None,
            fields: None,
            #[cfg(feature = "tools")]
            sample: include_str!("../../samples/loop/clinical.biomarker.parsed.v1.json"),
        },
    ],
    // The guide shows `type` alone, so all else is optional to us and checked where present.
    envelope: &[
        Field::required("type", Shape::Text),
        Field::optional("id", Shape::Id),
        Field::optional("user_id", Shape::Text),
        Field::optional("client_id", Shape::Text),
        Field::optional("occurred_at", Shape::Rfc3339),
        Field::optional("data", Shape::Any),
    ],
    occurred_at: "occurred_at",
};

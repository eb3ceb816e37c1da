//! GlycanAge, from its guide "Webhooks".

use super::{DeliveryPolicy, EventType, Profile};
use crate::event::record::Record;
use crate::event::shape::{Field, Shape};
use crate::event::{AssignmentStatusChanged, KitReceived, OrderStatusChanged, ReportReady};
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
    catalogue: &[
        EventType {
            name: "order-status-changed",
            about: "the status of a kit order or bulk order changed",
            scope: None,
            fields: Some(OrderStatusChanged::FIELDS),
            #[cfg(feature = "tools")]
            sample: include_str!("../../samples/glycanage/order-status-changed.json"),
        },
        EventType {
            name: "assignment-status-changed",
            about: "an assignment was created, or its status changed",
            scope: None,
            fields: Some(AssignmentStatusChanged::FIELDS),
            #[cfg(feature = "tools")]
            sample: include_str!("../../samples/glycanage/assignment-status-changed.json"),
        },
        EventType {
            name: "kit-received",
            about: "a kit arrived at the laboratory",
            scope: None,
            fields: Some(KitReceived::FIELDS),
            #[cfg(feature = "tools")]
            sample: include_str!("../../samples/glycanage/kit-received.json"),
        },
        EventType {
            name: "report-ready",
            about: "an analysis is complete and its report can be fetched",
            scope: None,
            fields: Some(ReportReady::FIELDS),
            #[cfg(feature = "tools")]
            sample: include_str!("../../samples/glycanage/report-ready.json"),
        },
    ],
    envelope: &[
        Field::required("type", Shape::Text),
        Field::required("timestamp", Shape::Millis),
        Field::required("data", Shape::Any),
        // In no sample, but the guide's own deduplication reads it.
        Field::optional("id", Shape::Id),
    ],
    occurred_at: "timestamp",
};

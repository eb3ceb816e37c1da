//! An event's data, typed.

use super::glycanage::{AssignmentStatusChanged, KitReceived, OrderStatusChanged, ReportReady};
use super::record::Record;
use crate::json::Json;
use serde_json::Value;
use std::fmt;

/// The `data` of an event, by its type. `Debug` shows nothing of it.
///
/// # Examples
///
/// ```
/// use hookseal::{Data, Provider, Webhook};
///
/// let webhook = Webhook::new(Provider::GlycanAge, "a secret of 32 characters or more")?;
/// let payload = br#"{"type":"kit-received","timestamp":1693123200000,"data":{"kitCode":"KIT001234"}}"#;
/// let event = webhook.verify(payload, webhook.sign(payload)?.as_str())?;
///
/// match event.data() {
///     Data::KitReceived(kit) => assert_eq!(kit.kit_code, "KIT001234"),
///     Data::Unknown => println!("a type that came after this version: {}", event.event_type()),
///     _ => {}
/// }
/// # Ok::<(), hookseal::WebhookError>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Data {
    /// GlycanAge's `order-status-changed`.
    OrderStatusChanged(OrderStatusChanged),
    /// GlycanAge's `assignment-status-changed`.
    AssignmentStatusChanged(AssignmentStatusChanged),
    /// GlycanAge's `kit-received`.
    KitReceived(KitReceived),
    /// GlycanAge's `report-ready`.
    ReportReady(ReportReady),
    /// Loop's `biomarker.result.created`: Loop does not document its data, so it is any JSON, null where absent.
    BiomarkerResultCreated(Value),
    /// Loop's `protocol.started`, likewise.
    ProtocolStarted(Value),
    /// Loop's `clinical.biomarker.parsed.v1`, likewise.
    ClinicalBiomarkerParsedV1(Value),
    /// A type that is not in the provider's catalogue: see [`Event::body`](crate::Event::body).
    Unknown,
}

impl Data {
    /// Reads the data of an event of this type, which has its shape.
    pub(super) fn read(event_type: &str, data: &Json<'_>) -> Self {
        let open = || Value::from(data.clone());
        match event_type {
            "order-status-changed" => Self::OrderStatusChanged(Record::read(data)),
            "assignment-status-changed" => Self::AssignmentStatusChanged(Record::read(data)),
            "kit-received" => Self::KitReceived(Record::read(data)),
            "report-ready" => Self::ReportReady(Record::read(data)),
            "biomarker.result.created" => Self::BiomarkerResultCreated(open()),
            "protocol.started" => Self::ProtocolStarted(open()),
            "clinical.biomarker.parsed.v1" => Self::ClinicalBiomarkerParsedV1(open()),
            _ => Self::Unknown,
        }
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Data").finish_non_exhaustive()
    }
}

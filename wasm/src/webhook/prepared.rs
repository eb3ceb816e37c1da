//! Secrets on their way in, and what the package keeps of them.

use hookseal::{Provider, Secret, SecretFault};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// One secret as the package found it: its bytes under `text` or `bytes`, or neither where it has none.
    pub type Entry;
    #[wasm_bindgen(method, getter)]
    fn label(this: &Entry) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn text(this: &Entry) -> Option<Vec<u8>>;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &Entry) -> Option<Vec<u8>>;
    #[wasm_bindgen(method, getter, js_name = illFormed)]
    fn ill_formed(this: &Entry) -> Option<bool>;
}

#[wasm_bindgen(raw_module = "./prepared.js")]
extern "C" {
    /// What a webhook keeps between two calls.
    pub type Prepared;
    #[wasm_bindgen(constructor)]
    fn new(signature_header: &str, labels: Vec<String>, state: &[u8]) -> Prepared;
}

pub(crate) fn keep(provider: Provider, prepared: hookseal::host::Prepared) -> Prepared {
    Prepared::new(provider.signature_header(), prepared.labels, &prepared.state)
}

pub(crate) fn secret(entry: &Entry) -> Secret {
    let secret = match (entry.text(), entry.bytes(), entry.ill_formed()) {
        (Some(text), _, _) => {
            String::from_utf8(text).map_or(Secret::unusable(SecretFault::IllFormedText), Secret::from)
        }
        (_, Some(bytes), _) => Secret::from(bytes),
        (_, _, Some(true)) => Secret::unusable(SecretFault::IllFormedText),
        _ => Secret::unusable(SecretFault::WrongType),
    };
    match entry.label() {
        Some(label) => secret.labelled(label),
        None => secret,
    }
}

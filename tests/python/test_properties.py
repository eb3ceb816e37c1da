"""What holds for every input."""

from contextlib import suppress
from typing import Any, get_args

import pytest
from hookseal import (
    ConfigError,
    EventError,
    MemoryStore,
    Outcome,
    Receiver,
    SignatureError,
    Webhook,
    WebhookError,
)
from hypothesis import assume, given
from hypothesis import strategies as st

PROVIDERS = st.sampled_from(["loop", "glycanage"])
SECRETS = st.binary(min_size=1, max_size=200).filter(any)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.complex_numbers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


def flip(data: bytes, bit: int) -> bytes:
    """Change a single bit."""
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


@given(PROVIDERS, SECRETS, st.binary())
def test_what_is_signed_is_verified(provider: Any, secret: bytes, payload: bytes) -> None:
    """Sign, then verify, holds."""
    webhook = Webhook(provider, secret)
    assert webhook.verify_signature(payload, {webhook.signature_header: webhook.sign(payload)}) == "0"


@given(PROVIDERS, SECRETS, st.binary(min_size=1), st.integers(min_value=0))
def test_any_changed_bit_of_the_payload_is_refused(provider: Any, secret: bytes, payload: bytes, bit: int) -> None:
    """A payload with one bit changed is another payload."""
    webhook = Webhook(provider, secret)
    with pytest.raises(SignatureError, match="no secret gives"):
        webhook.verify_signature(flip(payload, bit), webhook.sign(payload))


@given(PROVIDERS, SECRETS, st.binary(), st.integers(min_value=0))
def test_any_changed_bit_of_the_signature_is_refused(provider: Any, secret: bytes, payload: bytes, bit: int) -> None:
    """A signature with one bit changed is refused, but for the bit that makes a letter's case."""
    webhook = Webhook(provider, secret)
    signature = webhook.sign(payload).encode()
    changed = flip(signature, bit)
    assume(changed.lower() != signature.lower() or not changed.startswith(signature[:-64]))
    with pytest.raises(SignatureError):
        webhook.verify_signature(payload, changed)


@given(PROVIDERS, SECRETS, st.binary(), st.integers(min_value=0))
def test_any_changed_bit_of_the_secret_is_refused(provider: Any, secret: bytes, payload: bytes, bit: int) -> None:
    """A secret with one bit changed is another secret."""
    other = flip(secret, bit)
    assume(any(other))
    # HMAC pads a key with NULs: keys that differ in those alone are one key.
    assume(other.rstrip(b"\0") != secret.rstrip(b"\0"))
    with pytest.raises(SignatureError, match="no secret gives"):
        Webhook(provider, other).verify_signature(payload, Webhook(provider, secret).sign(payload))


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
def test_nothing_undeclared_is_raised(provider: Any, secrets: Any, payload: Any, headers: Any) -> None:
    """For any input of any type."""
    webhook = Webhook("loop", "secret")
    for call in (
        lambda: Webhook(provider, "secret"),
        lambda: Webhook("glycanage", secrets),
        lambda: webhook.verify(payload, headers),
        lambda: webhook.verify_signature(payload, headers),
        lambda: webhook.verify(payload, {webhook.signature_header: headers}),
        lambda: webhook.sign(payload),
    ):
        with suppress(WebhookError):
            call()


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.binary())
def test_no_signed_body_raises_anything_undeclared(payload: Any) -> None:
    """Authentic bytes are read or refused, whatever they are."""
    webhook = Webhook("loop", "secret")
    with suppress(EventError):
        webhook.verify(payload, webhook.sign(payload))


@given(ANYTHING, ANYTHING, ANYTHING, st.binary())
def test_every_delivery_has_a_reply(method: Any, headers: Any, body: Any, signed: bytes) -> None:
    """Whatever is handed over, and whatever a store answers."""
    webhook = Webhook("loop", "secret")
    store: Any = type("Odd", (), dict.fromkeys(("claim", "complete", "release"), lambda *_: body))()
    receiver = Receiver(webhook, print, store=store, key=lambda _: "key", observe=id, on_invalid=lambda *_: None)
    assert receiver.deliver(method, headers, lambda _: body).outcome in get_args(Outcome)
    assert receiver.deliver("POST", headers, lambda _: body).outcome in get_args(Outcome)
    valid = b'{"type":"protocol.started"}'
    assert receiver.deliver("POST", webhook.sign(valid), lambda _: valid).outcome == "store_failed"
    assert receiver.deliver("POST", webhook.sign(signed), lambda _: signed).outcome in {"ignored", "store_failed"}


@given(st.dictionaries(st.sampled_from(["max_payload", "deadline", "lease", "retention", "max_age"]), ANYTHING))
def test_options_are_taken_or_refused(options: Any) -> None:
    """Of any type, at construction."""
    with suppress(ConfigError):
        Receiver(Webhook("loop", "secret"), print, store=MemoryStore(), **options)

"""Nothing is told: no secret, digest or payload in anything that may end up in a log."""

import copy
import hashlib
import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from hookseal import Context, MemoryStore, Receiver, Record, Webhook, WebhookError
from hookseal.tools import delivery

SECRET = "canary-secret-7f3a"
HEALTH = "canary-glycan-age-45.2"
BODY = f'{{"type":"{HEALTH}","id":"{HEALTH}","{HEALTH}":"{HEALTH}"}}'
WEBHOOK = Webhook("loop", {"label": SECRET})
DIGEST = WEBHOOK.sign(BODY)
ANOTHER = f"{HEALTH}!"
MALFORMED = f'{{"{HEALTH}":"{HEALTH}","{HEALTH}":1}}'
INVALID = f'{{"type":["{HEALTH}"],"id":"","{HEALTH}":1}}'
# What the core computed for any of them must not show either.
DIGESTS = [WEBHOOK.sign(body)[:16] for body in (BODY, ANOTHER, MALFORMED, INVALID)]
CANARIES = (SECRET, HEALTH, *DIGESTS, "7f3a", "45.2")


def signed(body: str) -> Any:
    """Verify a body that is properly signed."""
    return WEBHOOK.verify(body, WEBHOOK.sign(body))


FAILURES: dict[str, Callable[[], Any]] = {
    "unknown_provider": lambda: Webhook(SECRET, SECRET),  # type: ignore[arg-type]
    "invalid_secret": lambda: Webhook("loop", f" {SECRET} "),
    "payload_not_raw": lambda: WEBHOOK.verify({HEALTH: HEALTH}, DIGEST),  # type: ignore[arg-type]
    "payload_too_large": lambda: WEBHOOK.verify(HEALTH * 1_000_000, DIGEST),
    "missing_signature": lambda: WEBHOOK.verify(BODY, {HEALTH: SECRET}),
    "repeated_signature": lambda: WEBHOOK.verify(BODY, f"{DIGEST},{DIGEST}"),
    "malformed_signature": lambda: WEBHOOK.verify(BODY, SECRET),
    "signature_mismatch": lambda: WEBHOOK.verify(ANOTHER, DIGEST),
    "malformed_json": lambda: signed(MALFORMED),
    "invalid_event": lambda: signed(INVALID),
}


@pytest.mark.parametrize("code", FAILURES)
def test_errors_tell_nothing(code: str) -> None:
    """Neither its text, its repr, its attributes, nor the exceptions behind it."""
    with pytest.raises(WebhookError) as caught:
        FAILURES[code]()
    error = caught.value
    assert error.code == code
    assert error.__cause__ is None
    assert error.__context__ is None
    shown = [str(error), repr(error), repr(error.args), repr(vars(error)), json.dumps(vars(error))]
    shown += traceback.format_exception_only(error)
    for text in shown:
        assert not [canary for canary in CANARIES if canary in text.lower()], text


def test_objects_tell_nothing() -> None:
    """Neither a webhook nor an event shows what it holds."""
    event = WEBHOOK.verify(BODY, DIGEST)
    assert HEALTH in event.body
    for thing in (WEBHOOK, event, delivery(WEBHOOK, BODY)):
        for text in (repr(thing), str(thing), f"{thing}", repr([thing]), repr(getattr(thing, "__dict__", None))):
            assert not [canary for canary in CANARIES if canary in text.lower()], text


def test_a_webhook_cannot_be_copied_out() -> None:
    """Nor pickled, nor deep-copied, nor written as JSON."""
    for leak in (copy.deepcopy, copy.copy, json.dumps, lambda webhook: webhook.__reduce_ex__(4)):
        with pytest.raises(TypeError):
            leak(WEBHOOK)


KEY = f"loop:id:{HEALTH}"


def raising(*_: Any) -> Any:
    """Fail as somebody's own code might."""
    raise ValueError(HEALTH)


@pytest.mark.parametrize(
    ("outcome", "body", "options"),
    [
        ("handled", BODY, {}),
        ("failed", BODY, {"handler": raising}),
        ("failed", BODY, {"key": raising}),
        ("failed", BODY, {"key": lambda _: f"{HEALTH}\ud800"}),
        ("failed", MALFORMED, {"on_invalid": raising}),
        ("ignored", INVALID, {"on_invalid": lambda error, payload: None}),  # noqa: ARG005
        ("invalid", MALFORMED, {}),
        ("invalid", INVALID, {}),
        ("refused", ANOTHER, {}),
        ("misused", {HEALTH: HEALTH}, {}),
        ("too_large", BODY, {"max_payload": 1}),
    ],
    ids=str,
)
def test_receivers_tell_nothing(outcome: str, body: Any, options: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in a reply, nor in a record's repr, nor in a log; and a key is told by its hash alone."""
    caplog.set_level(logging.DEBUG)
    options = {"handler": lambda event: event, "store": MemoryStore(), **options}
    headers = {"X-Loop-Signature": DIGEST if body is ANOTHER or isinstance(body, dict) else WEBHOOK.sign(body)}
    raw = body.encode() if isinstance(body, str) else body
    records: list[Record] = []
    shown: list[str] = []
    for observe in (records.append, None, raising):
        reply = Receiver(WEBHOOK, **{**options, "store": MemoryStore()}, observe=observe).deliver(
            "POST", headers, lambda _: raw
        )
        assert reply.outcome == outcome
        shown.append(repr(reply))
    [record] = records
    shown += [repr(record), str(record), f"{record}", repr([record]), caplog.text]
    for text in shown:
        assert not [canary for canary in CANARIES if canary in text.lower()], text
    assert record.key in {None, hashlib.sha256(KEY.encode()).hexdigest()}


def test_contexts_and_stores_tell_nothing() -> None:
    """A transaction may hold a password, and a store holds keys."""
    store = MemoryStore()
    store.claim(KEY, SECRET, 1, 0)
    for text in (repr(Context(SECRET)), str(Context(SECRET)), repr(store), str(store)):
        assert not [canary for canary in CANARIES if canary in text.lower()], text

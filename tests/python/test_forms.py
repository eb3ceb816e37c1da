"""Every form that Python has for a secret, a payload and headers; and what none of them may do."""

import io
import pickle
from collections import OrderedDict, UserDict
from email.message import Message
from typing import Any

import pytest
from flask import Flask, request
from hookseal import ConfigError, EventError, SignatureError, Webhook, WebhookError
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

TEXT = '{"type":"protocol.started","note":"é"}'
RAW = TEXT.encode()
WEBHOOK = Webhook("loop", "secret")
SIGNATURE = WEBHOOK.sign(RAW)
NAME = "X-Loop-Signature"

CYCLE: list[Any] = []
CYCLE.append(CYCLE)


@pytest.mark.parametrize(
    "payload",
    [
        RAW,
        TEXT,
        bytearray(RAW),
        memoryview(RAW),
        memoryview(bytearray(b"--" + RAW + b"--"))[2:-2],
        memoryview(bytes(byte for pair in zip(RAW, RAW, strict=True) for byte in pair))[::2],
        type("Bytes", (bytes,), {})(RAW),
        type("Text", (str,), {})(TEXT),
    ],
    ids=["bytes", "str", "bytearray", "memoryview", "slice", "strided", "subclass of bytes", "subclass of str"],
)
def test_payload_forms(payload: Any) -> None:
    """A raw body is taken in any form that has bytes."""
    assert WEBHOOK.verify(payload, SIGNATURE).body == {"type": "protocol.started", "note": "é"}
    assert WEBHOOK.verify_signature(payload, SIGNATURE) == "0"
    assert WEBHOOK.sign(payload) == SIGNATURE


def released() -> memoryview:
    """Give a view whose bytes are gone."""
    view = memoryview(b"{}")
    view.release()
    return view


@pytest.mark.parametrize(
    "payload", [None, {}, [], 0, 1.5, object(), released(), io.BytesIO(RAW), "\ud800", Ellipsis, type]
)
def test_what_is_no_raw_body(payload: Any) -> None:
    """Anything else is named, with the remedy in the words of Python's frameworks."""
    for call in (lambda: WEBHOOK.verify(payload, SIGNATURE), lambda: WEBHOOK.sign(payload)):
        with pytest.raises(ConfigError, match=r"request\.get_data\(\)") as caught:
            call()
        assert (caught.value.code, caught.value.status) == ("payload_not_raw", 500)


def environ() -> dict[str, Any]:
    """Give what a WSGI server hands over."""
    return EnvironBuilder(method="POST", data=RAW, headers=Headers([(NAME, SIGNATURE)])).get_environ()


def message() -> Message:
    """Give headers as the standard library's HTTP client and server have them."""
    headers = Message()
    headers["x-loop-signature"] = SIGNATURE
    return headers


@pytest.mark.parametrize(
    "headers",
    [
        SIGNATURE,
        SIGNATURE.encode(),
        {NAME: SIGNATURE},
        {NAME.lower(): SIGNATURE.encode()},
        {NAME: [SIGNATURE]},
        {NAME: (SIGNATURE,)},
        OrderedDict({NAME.upper(): SIGNATURE}),
        UserDict({NAME: SIGNATURE}),
        [(NAME, SIGNATURE)],
        [(b"x-loop-signature", SIGNATURE.encode())],
        iter([(NAME, SIGNATURE)]),
        Headers([(NAME, SIGNATURE)]),
        environ(),
        message(),
        {"REQUEST_METHOD": "POST", "HTTP_X_LOOP_SIGNATURE": SIGNATURE},
    ],
    ids=lambda headers: type(headers).__name__,
)
def test_header_forms(headers: Any) -> None:
    """The signature is found in any form of headers that a framework has."""
    assert WEBHOOK.verify_signature(RAW, headers) == "0"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (None, "missing_signature"),
        ({}, "missing_signature"),
        (b"", "missing_signature"),
        (7, "missing_signature"),
        ([7], "missing_signature"),
        ([(NAME,)], "missing_signature"),
        ({NAME: None}, "missing_signature"),
        ({NAME: []}, "missing_signature"),
        ({7: SIGNATURE}, "missing_signature"),
        ({"HTTP_X_LOOP_SIGNATURE": SIGNATURE}, "missing_signature"),
        ([("HTTP_X_LOOP_SIGNATURE", SIGNATURE)], "missing_signature"),
        ({NAME: [[SIGNATURE]]}, "malformed_signature"),
        ({NAME: CYCLE}, "malformed_signature"),
        ({NAME: 7}, "malformed_signature"),
        ({NAME: object()}, "malformed_signature"),
        ({NAME: "\ud800"}, "malformed_signature"),
        ({NAME: [SIGNATURE, SIGNATURE]}, "repeated_signature"),
        (Headers([(NAME, SIGNATURE), (NAME, SIGNATURE)]), "repeated_signature"),
        ([(b"x-loop-signature", b"00"), (b"x-loop-signature", b"00")], "repeated_signature"),
        ({"REQUEST_METHOD": "POST", "HTTP_X_LOOP_SIGNATURE": f"{SIGNATURE},{SIGNATURE}"}, "repeated_signature"),
    ],
    ids=str,
)
def test_headers_without_one_signature(headers: Any, code: str) -> None:
    """Whatever stands where headers belong gives a declared error."""
    with pytest.raises(SignatureError) as caught:
        WEBHOOK.verify_signature(RAW, headers)
    assert caught.value.code == code


class Hostile:
    """An object of which nothing can be had but exceptions."""

    def __getattr__(self, name: str) -> Any:
        """Refuse."""
        raise RuntimeError(name)

    def __iter__(self) -> Any:
        """Refuse."""
        raise OSError

    def __len__(self) -> int:
        """Refuse."""
        raise ValueError

    def __eq__(self, other: object) -> bool:
        """Refuse."""
        raise TypeError

    def __hash__(self) -> int:
        """Refuse."""
        raise KeyError


def test_hostile_objects_give_declared_errors() -> None:
    """Exceptions of the caller's own objects do not come through."""
    hostile: Any = Hostile()
    for call in (
        lambda: WEBHOOK.verify(hostile, SIGNATURE),
        lambda: WEBHOOK.verify(RAW, hostile),
        lambda: WEBHOOK.verify(RAW, {NAME: hostile}),
        lambda: Webhook("loop", hostile),
        lambda: Webhook("loop", [hostile]),
        lambda: Webhook("loop", {"label": hostile}),
        lambda: Webhook(hostile, "secret"),
    ):
        with pytest.raises(WebhookError):
            call()


def test_an_interrupt_comes_through() -> None:
    """Only exceptions are read as an absent header: Ctrl-C is not one."""

    class Interrupted:
        def items(self) -> Any:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        WEBHOOK.verify(RAW, Interrupted())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("secrets", "label"),
    [
        ("secret", "0"),
        (b"secret", "0"),
        (bytearray(b"secret"), "0"),
        (memoryview(b"secret"), "0"),
        (["other", "secret"], "1"),
        (("other", b"secret"), "1"),
        ((one for one in ["other", "secret"]), "1"),
        ({"new": "other", "old": "secret"}, "old"),
        (UserDict({"new": "secret"}), "new"),
        ([("new", "other"), ("old", "secret")], "old"),
        (["other", ("old", "secret")], "old"),
    ],
    ids=str,
)
def test_secret_forms(secrets: Any, label: str) -> None:
    """Secrets are taken alone, as a list, or by label."""
    assert Webhook("loop", secrets).verify_signature(RAW, SIGNATURE) == label


@pytest.mark.parametrize(
    "secrets",
    [
        None,
        7,
        [],
        {},
        [None],
        [7],
        {"label": None},
        {7: "secret"},
        [("label",)],
        [("a", "b", "c")],
        {"\ud800": "x"},
        [("a", "x"), ("a", "y")],
        ["x", ("0", "y")],
        object(),
    ],
)
def test_what_is_no_secret(secrets: Any) -> None:
    """Anything else is refused at construction."""
    with pytest.raises(ConfigError) as caught:
        Webhook("loop", secrets)
    assert (caught.value.code, caught.value.status) == ("invalid_secret", None)


@pytest.mark.parametrize("provider", [None, 7, b"loop", [], "\ud800", object()])
def test_what_is_no_provider(provider: Any) -> None:
    """Anything but a provider's name is refused at construction."""
    with pytest.raises(ConfigError) as caught:
        Webhook(provider, "secret")
    assert caught.value.code == "unknown_provider"


def test_flask_hands_over_what_verify_takes() -> None:
    """A form-typed body, which Flask's `request.data` leaves empty, is verified too."""
    app = Flask(__name__)

    @app.post("/")
    def receive() -> str:
        return WEBHOOK.verify(request.get_data(), request.headers).type

    for content_type in ("application/json", "application/x-www-form-urlencoded", "text/plain", ""):
        reply = app.test_client().post("/", data=RAW, headers={NAME: SIGNATURE}, content_type=content_type)
        assert reply.text == "protocol.started", content_type


def test_errors_survive_a_queue() -> None:
    """A worker that pickles an error gets the same one back."""
    broken = "{}"
    with pytest.raises(EventError) as caught:
        WEBHOOK.verify(broken, WEBHOOK.sign(broken))
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.code, copy.status, copy.problems) == (
        str(caught.value),
        "invalid_event",
        422,
        caught.value.problems,
    )

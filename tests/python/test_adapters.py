"""Flask, Django and ASGI: what each adds to the receiver. Over HTTP they are tried by tests/npm/receivers."""

import asyncio
import io
import logging
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import flask
import hookseal.asgi
import hookseal.django
import hookseal.flask
import pytest
from django.core.handlers.asgi import ASGIRequest
from django.core.signals import got_request_exception as django_signal
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory
from fastapi import FastAPI
from flask.testing import FlaskClient
from hookseal import ConfigError, MemoryStore, Record, Webhook

WEBHOOK = Webhook("loop", "secret")
BODY = b'{"type":"protocol.started","id":"evt_1"}'
HEADERS = {"X-Loop-Signature": WEBHOOK.sign(BODY)}
FORM = "application/x-www-form-urlencoded"
RECEIVERS: list[Callable[..., Any]] = [hookseal.flask.receiver, hookseal.django.receiver, hookseal.asgi.receiver]


def handle(event: Any) -> None:
    """Handle an event."""


@pytest.mark.parametrize("receiver", RECEIVERS, ids=lambda receiver: receiver.__module__)
def test_a_receiver_keeps_the_handlers_name(receiver: Any) -> None:
    """So that routes are called after it."""
    view = receiver(WEBHOOK, store=MemoryStore())(handle)
    assert (view.__name__, view.__doc__, view.__module__) == ("handle", "Handle an event.", __name__)


async def coroutine(_: Any) -> None:
    """Be awaited."""


@pytest.mark.parametrize("receiver", RECEIVERS, ids=lambda receiver: receiver.__module__)
def test_mistakes_are_told_at_decoration(receiver: Any) -> None:
    """And a coroutine function is one where nothing awaits it."""
    with pytest.raises(ConfigError, match="a deadline"):
        receiver(WEBHOOK, store=MemoryStore(), deadline=9)(handle)
    with pytest.raises(TypeError, match="store"):
        receiver(WEBHOOK)
    if receiver is hookseal.asgi.receiver:
        receiver(WEBHOOK, store=MemoryStore())(coroutine)
    else:
        with pytest.raises(ConfigError, match="no coroutine function"):
            receiver(WEBHOOK, store=MemoryStore())(coroutine)


class Broken(io.BytesIO):
    """A client that hangs up."""

    def read(self, _size: int | None = -1, /) -> bytes:
        """Fail, as servers do."""
        raise OSError


def stream(body: bytes, **more: Any) -> dict[str, Any]:
    """Give what a WSGI server hands over of a body."""
    return {"wsgi.input": io.BytesIO(body), **more}


WSGI_BODIES: list[Any] = [
    (stream(BODY, CONTENT_LENGTH=str(len(BODY))), "handled"),
    # What follows the body on the connection is the next request.
    (stream(BODY + b"GET /", CONTENT_LENGTH=str(len(BODY))), "handled"),
    ({**stream(BODY, CONTENT_LENGTH=""), "wsgi.input_terminated": True}, "handled"),
    # Without a length, and without a promise that the stream ends, nobody reads.
    (stream(BODY, CONTENT_LENGTH=""), "refused"),
    (stream(BODY[:-1], CONTENT_LENGTH=str(len(BODY))), "unread"),
    (stream(BODY, CONTENT_LENGTH="many"), "unread"),
    ({"wsgi.input": Broken(), "CONTENT_LENGTH": "9"}, "unread"),
    (stream(b"", CONTENT_LENGTH="2000000"), "too_large"),
    ({**stream(b"x" * 2_000_000, CONTENT_LENGTH=""), "wsgi.input_terminated": True}, "too_large"),
]


class Flask:
    """An app with one receiver."""

    def __init__(self, handler: Any = handle, **options: Any) -> None:
        """Make the app."""
        self.app = flask.Flask(__name__)
        self.records: list[Record] = []
        self.before: Callable[[flask.Request], object] = id
        receive = hookseal.flask.receiver(WEBHOOK, store=MemoryStore(), observe=self.records.append, **options)(handler)
        self.app.add_url_rule("/", view_func=receive, methods=["POST"])
        self.app.before_request(self._read_before)

    def _read_before(self) -> None:
        self.before(flask.request)

    @property
    def client(self) -> FlaskClient:
        """Send requests."""
        return self.app.test_client()

    def post(self, **request: Any) -> str:
        """Post a signed body."""
        return self.client.post("/", **{"data": BODY, "headers": HEADERS, **request}).text


@pytest.mark.parametrize(("environ", "outcome"), WSGI_BODIES)
def test_flask_reads_what_the_server_has(environ: Any, outcome: str) -> None:
    """By its length, or to its end; and leaves the connection to the server."""
    if isinstance(environ["wsgi.input"], io.BytesIO):
        environ["wsgi.input"].seek(0)
    server = Flask()
    reply = server.client.post("/", headers=HEADERS, environ_overrides=environ)
    assert reply.text == outcome
    assert "Connection" not in reply.headers


@pytest.mark.parametrize("content_type", ["application/json", FORM, "multipart/form-data; boundary=x", ""])
def test_flask_takes_a_body_of_any_type(content_type: str) -> None:
    """Also where its configuration would cut it."""
    server = Flask()
    server.app.config["MAX_CONTENT_LENGTH"] = 10
    assert server.post(content_type=content_type) == "handled"


def test_flask_keeps_what_was_read_as_bytes() -> None:
    """But not what was parsed or drained, for which there is a remedy."""
    cases: list[tuple[Callable[[flask.Request], object], str, str]] = [
        (lambda request: request.get_data(), FORM, "handled"),
        (lambda request: request.get_json(), "application/json", "handled"),
        (lambda request: request.form, "application/json", "handled"),
        (lambda request: request.form, FORM, "misused"),
        (lambda request: request.stream.read(), FORM, "misused"),
        (lambda request: request.stream, FORM, "handled"),
    ]
    for before, content_type, outcome in cases:
        server = Flask()
        server.before = before
        assert server.post(content_type=content_type) == outcome
        if outcome == "misused":
            assert "request.get_data() is fine" in str(server.records[0].error)


def test_flask_reads_no_further_where_the_stream_was_touched() -> None:
    """Than just beyond the limit, whatever was promised."""
    server = Flask(max_payload=1000)
    server.before = lambda request: request.stream
    body = io.BytesIO(b"x" * 2_000_000)
    with server.app.test_client() as client:
        reply = client.post("/", environ_overrides={"wsgi.input": body, "wsgi.input_terminated": True})
    assert (reply.text, body.tell()) == ("too_large", 1001)


def test_flask_is_told_of_exceptions(caplog: pytest.LogCaptureFixture) -> None:
    """By its signal and its log, once, as if a view had raised it."""
    failure = ValueError("mine")
    server = Flask(Mock(side_effect=failure))
    told: list[Any] = []

    def note(sender: Any, exception: Exception, **_: Any) -> None:
        told.extend([sender, exception, sys.exc_info()[1]])

    with flask.got_request_exception.connected_to(note):
        assert server.post() == "failed"
    assert told == [server.app, failure, failure]
    [logged] = caplog.records
    assert logged.name == __name__
    assert logged.exc_info
    assert logged.exc_info[1] is failure


def test_flask_takes_receivers_in_blueprints() -> None:
    """Under the handler's own name."""
    blueprint = flask.Blueprint("webhooks", __name__, url_prefix="/webhooks")

    @blueprint.post("/loop")
    @hookseal.flask.receiver(WEBHOOK, store=MemoryStore())
    def mine(_event: Any) -> None:
        assert flask.request.path == "/webhooks/loop"

    app = flask.Flask(__name__)
    app.register_blueprint(blueprint)
    assert app.test_client().post("/webhooks/loop", data=BODY, headers=HEADERS).text == "handled"
    assert app.view_functions["webhooks.mine"].__name__ == "mine"


class Django:
    """A view."""

    def __init__(self, handler: Any = handle) -> None:
        """Make the view."""
        self.records: list[Record] = []
        self.view = hookseal.django.receiver(WEBHOOK, store=MemoryStore(), observe=self.records.append)(handler)

    def post(self, before: Callable[[HttpRequest], object] = id, kind: str = "application/json", **environ: Any) -> str:
        """Post a signed body."""
        request = RequestFactory().post("/", BODY, kind, headers=HEADERS, **environ)
        before(request)
        response = self.view(request)
        assert "Connection" not in response.headers
        return response.content.decode()


@pytest.mark.parametrize(("environ", "outcome"), WSGI_BODIES)
def test_django_reads_what_the_server_has(environ: Any, outcome: str) -> None:
    """By its length, or to its end, which Django itself never does."""
    if isinstance(environ["wsgi.input"], io.BytesIO):
        environ["wsgi.input"].seek(0)
    assert Django().post(**environ) == outcome


@pytest.mark.parametrize("kind", ["application/json", FORM, "multipart/form-data; boundary=x", ""])
def test_django_takes_a_body_of_any_type(kind: str) -> None:
    """And of any size that the receiver takes."""
    assert Django().post(kind=kind) == "handled"


def test_django_keeps_what_was_read_as_bytes() -> None:
    """But not what was drained, for which there is a remedy."""
    cases: list[tuple[Callable[[HttpRequest], object], str, str]] = [
        (lambda request: request.body, FORM, "handled"),
        (lambda request: request.POST, "application/json", "handled"),
        (lambda request: request.POST, FORM, "handled"),
        (lambda request: request.POST, "multipart/form-data; boundary=x", "misused"),
        (lambda request: request.read(), "application/json", "misused"),
    ]
    for before, kind, outcome in cases:
        server = Django()
        assert server.post(before, kind) == outcome
        if outcome == "misused":
            assert "request.body is fine" in str(server.records[0].error)


def test_django_under_asgi() -> None:
    """Where the body is a file that Django has made of it."""
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    for body, more, outcome in (
        (BODY, [], "handled"),
        (b"x" * 2_000_000, [], "too_large"),
        (BODY, [(b"content-encoding", b"br")], "encoded"),
        (BODY, headers, "refused"),
    ):
        scope = {"type": "http", "method": "POST", "path": "/", "headers": headers + more}
        response = Django().view(ASGIRequest(scope, io.BytesIO(body)))
        assert response.content.decode() == outcome


def test_django_is_told_of_exceptions(caplog: pytest.LogCaptureFixture) -> None:
    """By its signal and its log, once, as if a view had raised it."""
    failure = ValueError("mine")
    told: list[Any] = []

    def note(request: HttpRequest, **_: Any) -> None:
        told.extend([request.path, sys.exc_info()[1]])

    django_signal.connect(note)
    assert Django(Mock(side_effect=failure)).post() == "failed"
    django_signal.disconnect(note)
    assert told == ["/", failure]
    [logged] = caplog.records
    assert (logged.name, logged.levelno, logged.getMessage()) == (
        "django.request",
        logging.ERROR,
        "Internal Server Error: /",
    )
    assert logged.exc_info
    assert logged.exc_info[1] is failure


def test_django_makes_the_handler_atomic_and_not_the_request() -> None:
    """Else a reply would commit what a failed handler wrote, and a failed commit would leave its event handled."""
    script = Path(__file__).with_name("django_atomic.py")
    told = subprocess.run([sys.executable, script], capture_output=True, check=True, text=True)
    assert told.stdout.splitlines() == [
        "fails, 500, failed, 0, 0",
        "cannot be committed, 500, failed, 0, 0",
        "works, 200, handled, 1, 1",
    ]


def test_django_asks_a_sender_for_no_csrf_token() -> None:
    """The signature is one."""
    view: Any = Django().view
    checks = CsrfViewMiddleware(lambda _: HttpResponse())
    request = RequestFactory(enforce_csrf_checks=True).post("/", BODY, "application/json", headers=HEADERS)
    assert checks.process_view(request, view, (), {}) is None


def served(
    *messages: dict[str, Any], headers: Any = None, version: str = "1.1", method: str = "POST", fails: bool = False
) -> tuple[list[Any], list[Record]]:
    """Serve a request of these messages; give what was sent, and the records."""
    sent: list[Any] = []
    records: list[Record] = []
    coming = list(messages)

    async def receive() -> Any:
        return coming.pop(0)

    async def send(message: Any) -> None:
        if fails:
            raise OSError
        sent.append(message)

    app = hookseal.asgi.receiver(WEBHOOK, store=MemoryStore(), observe=records.append, max_payload=1000)(handle)
    scope = {"type": "http", "http_version": version, "method": method, "headers": headers or pairs()}
    asyncio.run(app(scope, receive, send))
    return sent, records


def pairs() -> list[tuple[bytes, bytes]]:
    """Give headers as ASGI has them."""
    return [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


def part(body: bytes, *, more: bool = True) -> dict[str, Any]:
    """Give a part of a body."""
    return {"type": "http.request", "body": body, "more_body": more}


GONE = {"type": "http.disconnect"}


class Crumbs:
    """A body without an end, in pieces of two bytes, each of which is an object of thirty-five."""

    async def receive(self) -> Any:
        """Give a piece as ASGI servers do."""
        return part(self.read())

    def read(self, *_: int) -> bytes:
        """Give a piece as WSGI servers do."""
        return b"%02d" % random.randrange(100)


def test_bodies_in_many_pieces_take_no_more_memory() -> None:
    """Which an attacker could else use: nothing is verified yet."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message.get("body"))

    crumbs = Crumbs()
    app = hookseal.asgi.receiver(WEBHOOK, store=MemoryStore(), max_payload=200_000)(handle)
    scope = {"type": "http", "http_version": "1.1", "method": "POST", "headers": pairs()}
    server = Flask(max_payload=200_000)
    tracemalloc.start()
    asyncio.run(app(scope, crumbs.receive, send))
    terminated = {"wsgi.input": crumbs, "wsgi.input_terminated": True}
    reply = server.client.post("/", environ_overrides=terminated)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (sent[-1], reply.text) == (b"too_large", "too_large")
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("messages", "headers", "outcome"),
    [
        ([part(BODY, more=False)], None, "handled"),
        ([*(part(bytes([byte])) for byte in BODY), {"type": "http.request"}], None, "handled"),
        ([part(BODY), GONE], None, "unread"),
        ([GONE], None, "unread"),
        # What comes after is not looked at.
        ([part(b"x" * 1001)], None, "too_large"),
        ([part(b"x" * 1000), part(b"x")], None, "too_large"),
        ([], [(b"content-length", b"1001")], "too_large"),
        ([part(BODY, more=False)], iter(pairs()), "handled"),
        ([part(BODY, more=False)], pairs() * 2, "refused"),
    ],
)
def test_asgi_reads_what_the_server_has(messages: Any, headers: Any, outcome: str) -> None:
    """To its end, or just beyond the limit."""
    [start, body], [record] = served(*messages, headers=headers)
    assert (start["status"], body["body"].decode(), record.outcome) == (record.status, outcome, outcome)
    assert (b"content-length", str(len(outcome)).encode()) in start["headers"]


@pytest.mark.parametrize(("version", "closes"), [("1.0", True), ("1.1", True), ("2", False), ("3", False)])
def test_asgi_closes_the_connection_where_it_is_its_own(version: str, closes: bool) -> None:  # noqa: FBT001
    """HTTP/2 forbids the header."""
    [start, _], _ = served(GONE, version=version)
    assert ((b"connection", b"close") in start["headers"]) == closes


def test_asgi_tells_no_client_that_is_gone() -> None:
    """Which is no error of the server's."""
    sent, [record] = served(part(BODY, more=False), fails=True)
    assert (sent, record.outcome) == ([], "handled")


@pytest.mark.parametrize("scope", ["lifespan", "websocket"])
def test_asgi_answers_requests_alone(scope: str) -> None:
    """As servers understand."""
    app = hookseal.asgi.receiver(WEBHOOK, store=MemoryStore())(handle)
    with pytest.raises(NotImplementedError):
        asyncio.run(app({"type": scope}, Mock(), Mock()))


def test_fastapi_is_told_that_an_application_is_no_endpoint_of_its_own() -> None:
    """It would look for the event in the query, and the handler would never run."""
    with pytest.raises(TypeError, match="Route"):
        FastAPI().post("/")(hookseal.asgi.receiver(WEBHOOK, store=MemoryStore())(handle))

"""The receiver for Flask. Install ``hookseal[flask]``."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Unpack

from flask import Response, got_request_exception, request
from flask.globals import app_ctx

from hookseal import _wsgi
from hookseal._hookseal import Webhook
from hookseal.options import Handler, Options, SyncStore
from hookseal.receiver import Receiver


def receiver(
    webhook: Webhook, *, store: SyncStore, **options: Unpack[Options]
) -> Callable[[Handler], Callable[[], Response]]:
    """Make a view of a handler, which gets each event once: below ``app.post``, or a blueprint's.

    The handler gets the event, and a ``Context`` if it takes two arguments. What it raises goes where Flask's own
    errors go. Nothing here can tell that a deadline has passed: the sender waits until the handler has returned.

    Raises ConfigError: ``invalid_option``, also for a coroutine function, which nothing here can await.

    >>> from flask import Flask
    >>> from hookseal import MemoryStore, Webhook
    >>> from hookseal.flask import receiver
    >>> from hookseal.tools import delivery, sample
    >>> app = Flask(__name__)
    >>> webhook = Webhook("glycanage", "a secret of 32 characters or more")
    >>> @app.post("/webhooks/glycanage")
    ... @receiver(webhook, store=MemoryStore())
    ... def handle(event):
    ...     print(event.type)
    >>> body, headers = delivery(webhook, sample("glycanage", "kit-received"))
    >>> app.test_client().post("/webhooks/glycanage", data=body, headers=headers).text
    kit-received
    'handled'
    """

    def decorate(handler: Handler) -> Callable[[], Response]:
        own = Receiver(webhook, handler, store=store, **options)

        @wraps(handler)
        def view() -> Response:
            reply = own.deliver(request.method, request.environ, _read, place="flask", caught=_tell_flask)
            return Response(reply.body, reply.status, _wsgi.own_headers(reply.headers))

        return view

    return decorate


def _read(limit: int) -> bytes | None:
    """Read the body, or take what Flask has kept of it where something read it before."""
    if {"form", "stream"} & vars(request).keys():
        # Whoever only looked at the stream has left it to be read, and no further than just beyond the limit.
        return _wsgi.read_stream(request.stream, limit + 1) or request.get_data() or None
    return _wsgi.read(request.environ, limit)


def _tell_flask(error: Exception) -> None:
    """As Flask does with what a view raises."""
    app = app_ctx.app
    got_request_exception.send(app, _async_wrapper=app.ensure_sync, exception=error)
    app.log_exception(sys.exc_info())

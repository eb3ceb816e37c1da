"""The receiver for FastAPI, Starlette, and every other framework and server that speaks ASGI."""

from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from functools import partial, update_wrapper
from inspect import Signature
from typing import Any, TypeAlias, Unpack

from hookseal._hookseal import Webhook
from hookseal.options import AnyStore, Handler, Options
from hookseal.receiver import AsyncReceiver

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


def receiver(webhook: Webhook, *, store: AnyStore, **options: Unpack[Options]) -> Callable[[Handler], "Application"]:
    """Make an ASGI application of a handler, which gets each event once.

    FastAPI and Starlette take it as an endpoint: ``app.router.routes.append(Route("/webhooks/loop", handle))``.

    The handler gets the event, and a ``Context`` if it takes two arguments. It may be a coroutine function; if it is
    not, it runs in a thread, and so does the store, unless that is asynchronous or a ``MemoryStore``.

    Raises ConfigError: ``invalid_option``.

    >>> from hookseal import MemoryStore, Webhook
    >>> from hookseal.asgi import receiver
    >>> @receiver(Webhook("loop", "a secret"), store=MemoryStore())
    ... async def handle(event):
    ...     print(event.type)
    >>> async def receive():
    ...     return {"type": "http.request", "body": b"{}"}
    >>> async def send(message):
    ...     print(message.get("status") or message["body"])
    >>> import asyncio
    >>> scope = {"type": "http", "http_version": "1.1", "method": "POST", "path": "/", "headers": []}
    >>> asyncio.run(handle(scope, receive, send))
    401
    b'refused'
    """

    def decorate(handler: Handler) -> "Application":
        return Application(AsyncReceiver(webhook, handler, store=store, **options), handler)

    return decorate


ROUTE = """expected an ASGI application where one belongs, found it used as an endpoint's function:
take app.router.routes.append(Route("/webhooks/loop", it)), with starlette.routing.Route"""


class Application:
    """A receiver as an ASGI application: an object, because routers take functions for something else."""

    def __init__(self, own: AsyncReceiver, handler: Handler) -> None:
        """Take the handler's name and documentation along, and not its signature."""
        update_wrapper(self, handler)
        vars(self).pop("__wrapped__")
        self._own = own

    @property
    def __signature__(self) -> Signature:
        """Refuse who would call it as a function of theirs, as FastAPI does below ``@app.post``."""
        raise TypeError(ROUTE)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            # To the start and end of a server, that means: nothing to do here.
            raise NotImplementedError(scope["type"])
        read = partial(_read, receive)
        reply = await self._own.deliver(scope["method"], list(scope["headers"]), read, place="asgi")
        body = reply.body.encode()
        headers = [(name.lower().encode(), value.encode()) for name, value in reply.headers]
        # HTTP/2 and 3 have connections that are not the application's to close.
        if not scope["http_version"].startswith("1"):
            headers = [(name, value) for name, value in headers if name != b"connection"]
        headers.append((b"content-length", str(len(body)).encode()))
        # A client that is gone gets nothing.
        with suppress(OSError):
            await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            await send({"type": "http.response.body", "body": body})


async def _read(receive: Receive, limit: int) -> bytes:
    """Read the body, no further than just beyond the limit."""
    # Not a list of pieces: a sender may make them as small as a byte, each with the weight of an object.
    body, more = bytearray(), True
    while more and len(body) <= limit:
        message = await receive()
        if message["type"] != "http.request":
            raise EOFError
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)

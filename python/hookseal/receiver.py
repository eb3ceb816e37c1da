"""What adapters are made of, for frameworks that hookseal has no adapter for.

Else take ``hookseal.flask``, ``hookseal.django``, or ``hookseal.asgi``, which serves FastAPI and Starlette too.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Unpack

from hookseal._delivery import Delivery, Headers, Place, Request
from hookseal._drivers import drive, drive_async, own_threads
from hookseal._hookseal import Webhook
from hookseal.options import AnyStore, Handler, Options, SyncStore, settings
from hookseal.reply import Reply


class Receiver:
    """Verifies a delivery, lets the handler have its event once, and says how to answer, where calls block.

    The handler gets the event, and a ``Context`` if it takes two arguments. A coroutine function is refused, because
    nothing here can await it. Nor can anything here answer before the handler has returned, whatever the deadline.

    >>> from hookseal import MemoryStore, Receiver, Webhook
    >>> from hookseal.tools import delivery, sample
    >>> webhook = Webhook("glycanage", "a secret of 32 characters or more")
    >>> receiver = Receiver(webhook, lambda event: print(event.type), store=MemoryStore())
    >>> body, headers = delivery(webhook, sample("glycanage", "kit-received"))
    >>> receiver.deliver("POST", headers, lambda limit: body).outcome
    kit-received
    'handled'
    >>> receiver.deliver("POST", headers, lambda limit: body).outcome
    'duplicate'

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, webhook: Webhook, handler: Handler, *, store: SyncStore, **options: Unpack[Options]) -> None:
        """Check everything, so that no delivery meets a mistake of ours."""
        self._settings = settings(webhook, handler, store, {**options}, awaits=False)

    def deliver(
        self,
        method: str,
        headers: Headers,
        read: Callable[[int], object],
        *,
        place: Place = "python",
        caught: Callable[[Exception], object] | None = None,
    ) -> Reply:
        """Say what to answer to one delivery. It raises nothing: whatever goes wrong has a reply.

        ``headers`` are all of them, as ``Webhook.verify`` takes them, but no iterator, which could be read only once.
        ``read`` gets the most bytes that the receiver takes, and reads no further than just beyond them. What it gives
        must be bytes: whatever else is there is refused with the remedy. It raises where the body never arrives.

        ``place`` is which of hookseal's adapters it is. ``caught`` gets, while it is being handled, what the user's own
        code raised: for frameworks that want to know of exceptions.
        """
        return drive(Delivery(self._settings, Request(method, headers, read, place, caught)))


class AsyncReceiver:
    """The same where calls are awaited, and so by the deadline.

    Coroutine functions are awaited. Whatever else may block, such as a handler that is a plain function, runs in
    asyncio's own threads, with the context variables of the request; what gets no thread by the deadline does not
    begin. A handler that outlives the deadline, or its request, goes on in the background, and a late success still
    completes.

    >>> import asyncio
    >>> from hookseal import AsyncReceiver, MemoryStore, Webhook
    >>> from hookseal.tools import delivery, sample
    >>> webhook = Webhook("loop", "a secret")
    >>> async def handle(event):
    ...     print(event.type)
    >>> async def main():
    ...     receiver = AsyncReceiver(webhook, handle, store=MemoryStore())
    ...     body, headers = delivery(webhook, sample("loop", "protocol.started"))
    ...     async def read(limit):
    ...         return body
    ...     return await receiver.deliver("POST", headers, read)
    >>> asyncio.run(main()).status
    protocol.started
    200

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, webhook: Webhook, handler: Handler, *, store: AnyStore, **options: Unpack[Options]) -> None:
        """Check everything, so that no delivery meets a mistake of ours."""
        self._settings = settings(webhook, handler, store, {**options}, awaits=True)
        self._threads = own_threads()

    async def deliver(
        self, method: str, headers: Headers, read: Callable[[int], Awaitable[object]], *, place: Place = "python"
    ) -> Reply:
        """Say what to answer to one delivery, by the deadline. As ``Receiver.deliver``."""
        delivery = Delivery(self._settings, Request(method, headers, read, place, None))
        # The end of the request ends neither the delivery nor its deadline.
        return await asyncio.shield(_running(_by_deadline(delivery, _running(drive_async(delivery, self._threads)))))


async def _by_deadline(delivery: Delivery, ending: asyncio.Task[Reply]) -> Reply:
    done, _ = await asyncio.wait({ending}, timeout=delivery.settings.limits.deadline)
    if done:
        return ending.result()
    if delivery.step == "read":
        # Nothing is claimed yet, and what stalls may do so for ever.
        ending.cancel()
    return delivery.at_deadline()


def _running(delivery: Coroutine[Any, Any, Reply]) -> asyncio.Task[Reply]:
    """Run it as a task of its own, which an event loop alone would not keep alive."""
    task = asyncio.create_task(delivery)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
    return task


_tasks: set[asyncio.Task[Reply]] = set()

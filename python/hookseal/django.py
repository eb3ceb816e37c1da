"""The receiver for Django. Install ``hookseal[django]``."""

from collections.abc import Callable
from functools import partial, wraps
from typing import TypeAlias, Unpack

from django.core.signals import got_request_exception
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.utils.log import log_response
from django.views.decorators.csrf import csrf_exempt

from hookseal import _wsgi
from hookseal._hookseal import Webhook
from hookseal.options import Handler, Options, SyncStore, is_async
from hookseal.receiver import Receiver

View: TypeAlias = Callable[[HttpRequest], HttpResponse]


def receiver(webhook: Webhook, *, store: SyncStore, **options: Unpack[Options]) -> Callable[[Handler], View]:
    """Make a view of a handler, which gets each event once. The view is exempt from CSRF checks: the signature is one.

    With ATOMIC_REQUESTS the handler is what is atomic: its writes are committed before the event is marked as handled,
    and rolled back where it raises.

    The handler gets the event, and a ``Context`` if it takes two arguments. What it raises goes where Django's own
    errors go. Nothing here can tell that a deadline has passed: the sender waits until the handler has returned.

    Raises ConfigError: ``invalid_option``, also for a coroutine function, which nothing here can await.

    >>> from django.test import RequestFactory
    >>> from hookseal import MemoryStore, Webhook
    >>> from hookseal.django import receiver
    >>> from hookseal.tools import delivery, sample
    >>> webhook = Webhook("glycanage", "a secret of 32 characters or more")
    >>> @receiver(webhook, store=MemoryStore())
    ... def handle(event):
    ...     print(event.type)
    >>> body, headers = delivery(webhook, sample("glycanage", "kit-received"))
    >>> request = RequestFactory().post("/", body, "application/json", headers=headers)
    >>> handle(request).content  # in urls.py: path("webhooks/glycanage", handle)
    kit-received
    b'handled'
    """

    def decorate(handler: Handler) -> View:
        own = Receiver(webhook, _atomic(handler), store=store, **options)

        @wraps(handler)
        def view(request: HttpRequest) -> HttpResponse:
            raised: list[Exception] = []

            def caught(error: Exception) -> None:
                raised.append(error)
                got_request_exception.send(sender=None, request=request)

            read = partial(_read, request)
            reply = own.deliver(request.method or "", request.META, read, place="django", caught=caught)
            response = HttpResponse(reply.body, status=reply.status, headers=dict(_wsgi.own_headers(reply.headers)))
            for error in raised:
                message = "%s: %s"
                log_response(
                    message, response.reason_phrase, request.path, response=response, request=request, exception=error
                )
            return response

        return _not_atomic(csrf_exempt(view))

    return decorate


def _atomic(handler: Handler) -> Handler:
    """Let ATOMIC_REQUESTS hold for the handler: before its claim is completed, and undone where it fails."""
    for connection in () if is_async(handler) else connections.all():
        if connection.settings_dict["ATOMIC_REQUESTS"]:
            handler = transaction.atomic(using=connection.alias)(handler)
    return handler


def _not_atomic(view: View) -> View:
    """Django's own would commit what a failed handler did, as a reply is a success, and commit it after the claim."""
    for alias in connections:
        view = transaction.non_atomic_requests(using=alias)(view)
    return view


def _read(request: HttpRequest, limit: int) -> bytes | None:
    """Read the body, or take what Django has kept of it where something read it before."""
    if vars(request).get("_read_started"):
        try:
            return request.body
        except RawPostDataException:
            return None
    # Under WSGI not by way of Django, which sees nothing of a body in chunks.
    environ = getattr(request, "environ", None)
    return _wsgi.read_stream(request, limit + 1) if environ is None else _wsgi.read(environ, limit)

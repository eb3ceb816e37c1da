"""What hookseal raises: one line each that names the remedy, and nothing from a secret or a payload."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with an event: types, never values."""

    path: str
    """Where, as in ``data.sets[0].kitCode``."""
    expected: str
    """What the provider documents there."""
    found: str
    """The JSON type that is there, or ``nothing``."""


class WebhookError(Exception):
    """Everything that hookseal raises.

    >>> from hookseal import Webhook, WebhookError
    >>> try:
    ...     Webhook("loop", "a secret").verify(b"{}", {})
    ... except WebhookError as error:
    ...     print(error.code, error.status, error, sep=" | ")
    missing_signature | 401 | expected a signature in the header X-Loop-Signature, found none
    """

    code: str
    """The stable name of this error, the same in every language."""
    status: int | None
    """The HTTP status that answers such a delivery; None for errors at construction."""

    def __init__(self, code: str, message: str, status: int | None = None, *rest: object) -> None:
        """Make the error that the core describes."""
        super().__init__(code, message, status, *rest)
        self.code = code
        self.message = message
        self.status = status

    def __str__(self) -> str:
        """Give the message alone."""
        return self.message


class ConfigError(WebhookError):
    """A mistake in how hookseal was set up or called: ours to mend, so the sender must retry."""


class SignatureError(WebhookError):
    """Nobody has proved who sent the delivery."""


class EventError(WebhookError):
    """Authentic, but not understood."""

    offset: int | None
    """For ``malformed_json``: where the payload stops being I-JSON, in bytes."""
    problems: list[Problem]
    """For ``invalid_event``: what is wrong with the event. Else empty."""

    def __init__(
        self, code: str, message: str, status: int | None, offset: int | None, problems: list[Problem]
    ) -> None:
        """Make the error that the core describes."""
        super().__init__(code, message, status, offset, problems)
        self.offset = offset
        self.problems = problems

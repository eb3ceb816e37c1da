"""What became of a delivery, for logs and metrics."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from hookseal.errors import WebhookError
from hookseal.events import Provider
from hookseal.reply import Outcome

logger = logging.getLogger("hookseal")


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one delivery. Its repr shows nothing of the payload.

    But for the type, and what an exception of the user's own may say, nothing in it comes from a payload either.
    """

    provider: Provider
    """Whose webhook it is."""
    type: str | None = field(repr=False)
    """The event's type, if the delivery was verified."""
    outcome: Outcome
    """How it ended."""
    code: str | None
    """The code of the error behind it, if it is one of hookseal's."""
    status: int
    """The status that it was answered with, or would have been, where it ended after its deadline."""
    milliseconds: float
    """From its arrival until now."""
    key: str | None = field(repr=False)
    """The SHA-256 of the key, in hex, if one was found: the key itself may hold an id that says who somebody is."""
    error: Exception | None = field(repr=False)
    """What was raised: by hookseal, the handler, or the store."""


def _why(error: Exception | None) -> str | None:
    """Say what may be shown to whoever reads the log: a message of our own holds no value, others may hold anything."""
    if error is None:
        return None
    return f"({error})" if isinstance(error, WebhookError) else f"({type(error).__name__})"


def tell(observe: Callable[[Record], object] | None, record: Record, *, well: bool) -> None:
    """Tell the user's own observer, or where there is none the log, and only of what went wrong."""
    if observe is None:
        if not well:
            logger.warning("%s", " ".join(filter(None, (record.outcome, record.code, _why(record.error)))))
        return
    try:
        observe(record)
    except Exception as error:  # noqa: BLE001
        # An observer has no say in the reply. What its exception says may be anything, so it is not shown either.
        logger.warning("observe raised %s", type(error).__name__)

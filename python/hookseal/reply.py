"""How a delivery ended, and what goes back to the sender."""

from typing import Literal, NamedTuple, TypeAlias

Outcome: TypeAlias = Literal[
    "handled",
    "duplicate",
    "in_progress",
    "failed",
    "timed_out",
    "ignored",
    "invalid",
    "stale",
    "refused",
    "misused",
    "too_large",
    "not_post",
    "encoded",
    "unread",
    "store_failed",
]
"""How a delivery ended, and so why it is answered as it is; the README says when."""


class Reply(NamedTuple):
    """What goes back to the sender. The same body for the same outcome, whatever was wrong: nobody learns more."""

    outcome: Outcome
    """Why."""
    status: int
    """The HTTP status."""
    body: str
    """The outcome's name, as ``text/plain``."""
    headers: list[tuple[str, str]]
    """Every header that belongs to it, the body's type among them."""
    well: bool
    """Whether all went as it should, so that there is nothing to log."""
    code: str | None
    """The code of the error behind it, where every such outcome has the same."""

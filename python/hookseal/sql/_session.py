"""One delivery's transaction: claim and effect in one, whoever opens it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from typing import Any, Literal, TypeAlias

from hookseal._hookseal import sweeps
from hookseal.sql._statements import Dialect, Execute, Statements, Sweep, claimed, is_busy
from hookseal.store import Claim

Opening: TypeAlias = Callable[[int], AbstractContextManager[tuple[Any, Execute]]]
"""Opens a transaction for a lease of so many ms, and gives what the handler writes with, and what runs a statement."""

SWEEPING = 5000
"""How many ms a sweep may stand still in its transaction: it does not."""


class Sessions:
    """What begins deliveries."""

    def __init__(self, begin: Opening, name: str, dialect: Dialect, sweep: Sweep = "sweep") -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        self._begin = begin
        self._statements = Statements(name, dialect, sweep)

    def begin(self) -> "Session":
        """Begin a delivery. Nothing is opened before its claim."""
        return Session(self._begin, self._statements)


class Session:
    """One delivery's transaction."""

    tx: Any = None
    """What the handler writes with, once the key is claimed."""

    def __init__(self, begin: Opening, statements: Statements) -> None:
        """Open nothing yet."""
        self._begin = begin
        self._statements = statements
        self._transaction = ExitStack()
        self._execute: Execute

    def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim a key, and wait for whoever has claimed it in a transaction of theirs, as long as the engine lets us.

        What is not claimed is rolled back at once.
        """
        try:
            self.tx, self._execute = self._transaction.enter_context(self._begin(lease))
            claim = claimed(token, self._execute(*self._statements.claim(key, token, lease, now)))
        except Exception as error:
            self._roll_back(error)
            if is_busy(error):
                return Claim("in_progress", now + lease)
            raise
        if claim.state != "claimed":
            self._roll_back(RolledBack())
        return claim

    def complete(self, key: str, token: str, retention: int, now: int) -> Literal["done", "lost"]:
        """Complete the claim and commit. Where it is ``lost``, or this raises, nothing of the delivery has happened."""
        try:
            # This raises in a transaction that the handler has broken, where a commit may roll back without a word, and
            # gives no row where the handler has rolled back.
            rows = self._execute(*self._statements.complete(key, token, retention, now))
            if not rows:
                self._roll_back(RolledBack())
                return "lost"
            self._transaction.close()
        except Exception as error:
            self._roll_back(error)
            raise
        if sweeps(token):
            # In a transaction of its own: that it fails is not the delivery's matter.
            with suppress(Exception), self._begin(SWEEPING) as (_, execute):
                execute(*self._statements.sweep(now))
        return "done"

    def release(self, key: str, token: str) -> Literal["done"]:  # noqa: ARG002
        """Roll back, and the claim with it."""
        self._roll_back(RolledBack())
        return "done"

    def _roll_back(self, error: Exception) -> None:
        # A transaction that cannot be rolled back is the engine's to end: the connection is gone, or will be.
        with suppress(Exception):
            self._transaction.__exit__(type(error), error, error.__traceback__)


class RolledBack(Exception):  # noqa: N818
    """What ends a transaction that nobody is to commit."""

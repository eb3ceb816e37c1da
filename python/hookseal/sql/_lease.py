"""Stores in which each statement commits by itself: who dies leaves its claim behind, until the lease ends."""

from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Any, Literal

from hookseal._hookseal import sweeps
from hookseal.sql._statements import Dialect, Rows, Statements, Sweep, claimed
from hookseal.store import Claim


class LeaseStore(ABC):
    """The statements, run one by one."""

    def __init__(self, name: str, dialect: Dialect, sweep: Sweep = "sweep") -> None:
        """Keep what it asks."""
        self._statements = Statements(name, dialect, sweep)

    @abstractmethod
    def _execute(self, statement: str, parameters: dict[str, Any]) -> Rows:
        """Run a statement, in a transaction of its own."""

    def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim a key until ``now + lease`` ms, unless somebody else's claim holds it or it was completed."""
        return claimed(token, self._execute(*self._statements.claim(key, token, lease, now)))

    def complete(self, key: str, token: str, retention: int, now: int) -> Literal["done", "lost"]:
        """Remember a claimed key as completed until ``now + retention`` ms; ``lost`` where it is another's by now."""
        rows = self._execute(*self._statements.complete(key, token, retention, now))
        if sweeps(token):
            # That it fails is not the delivery's matter.
            with suppress(Exception):
                self.sweep(now)
        return "done" if rows else "lost"

    def release(self, key: str, token: str) -> Literal["done", "lost"]:
        """Give a claimed key back, so that the next claim gets it; ``lost`` where it is another's by now."""
        return "done" if self._execute(*self._statements.release(key, token)) else "lost"

    def sweep(self, now: int) -> None:
        """Clear away what has expired, 500 keys at the most. Completing does so by itself, now and then."""
        self._execute(*self._statements.sweep(now))


class AsyncLeaseStore(ABC):
    """The same, for code that awaits."""

    def __init__(self, name: str, dialect: Dialect, sweep: Sweep = "sweep") -> None:
        """Keep what it asks."""
        self._statements = Statements(name, dialect, sweep)

    @abstractmethod
    async def _execute(self, statement: str, parameters: dict[str, Any]) -> Rows:
        """Run a statement, in a transaction of its own."""

    async def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim a key until ``now + lease`` ms, unless somebody else's claim holds it or it was completed."""
        return claimed(token, await self._execute(*self._statements.claim(key, token, lease, now)))

    async def complete(self, key: str, token: str, retention: int, now: int) -> Literal["done", "lost"]:
        """Remember a claimed key as completed until ``now + retention`` ms; ``lost`` where it is another's by now."""
        rows = await self._execute(*self._statements.complete(key, token, retention, now))
        if sweeps(token):
            # That it fails is not the delivery's matter.
            with suppress(Exception):
                await self.sweep(now)
        return "done" if rows else "lost"

    async def release(self, key: str, token: str) -> Literal["done", "lost"]:
        """Give a claimed key back, so that the next claim gets it; ``lost`` where it is another's by now."""
        return "done" if await self._execute(*self._statements.release(key, token)) else "lost"

    async def sweep(self, now: int) -> None:
        """Clear away what has expired, 500 keys at the most. Completing does so by itself, now and then."""
        await self._execute(*self._statements.sweep(now))

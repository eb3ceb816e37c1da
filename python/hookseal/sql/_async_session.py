"""One delivery's transaction, for code that awaits."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import Any, Literal, TypeAlias

from hookseal._hookseal import sweeps
from hookseal.sql._session import SWEEPING, RolledBack
from hookseal.sql._statements import AsyncExecute, Dialect, Statements, Sweep, claimed, is_busy
from hookseal.store import Claim

AsyncOpening: TypeAlias = Callable[[int], AbstractAsyncContextManager[tuple[Any, AsyncExecute]]]
"""Opens a transaction for a lease of so many ms, and gives what the handler writes with, and what runs a statement."""


class AsyncSessions:
    """What begins deliveries."""

    def __init__(self, begin: AsyncOpening, name: str, dialect: Dialect, sweep: Sweep = "sweep") -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        self._begin = begin
        self._statements = Statements(name, dialect, sweep)

    async def begin(self) -> "AsyncSession":
        """Begin a delivery. Nothing is opened before its claim."""
        return AsyncSession(self._begin, self._statements)


class AsyncSession:
    """One delivery's transaction."""

    tx: Any = None
    """What the handler writes with, once the key is claimed."""

    def __init__(self, begin: AsyncOpening, statements: Statements) -> None:
        """Open nothing yet."""
        self._begin = begin
        self._statements = statements
        self._transaction = AsyncExitStack()
        self._execute: AsyncExecute

    async def claim(self, key: str, token: str, lease: int, now: int) -> Claim:
        """Claim a key, and wait for whoever has claimed it in a transaction of theirs, as long as the engine lets us.

        What is not claimed is rolled back at once.
        """
        try:
            self.tx, self._execute = await self._transaction.enter_async_context(self._begin(lease))
            claim = claimed(token, await self._execute(*self._statements.claim(key, token, lease, now)))
        except Exception as error:
            await self._roll_back(error)
            if is_busy(error):
                return Claim("in_progress", now + lease)
            raise
        if claim.state != "claimed":
            await self._roll_back(RolledBack())
        return claim

    async def complete(self, key: str, token: str, retention: int, now: int) -> Literal["done", "lost"]:
        """Complete the claim and commit. Where it is ``lost``, or this raises, nothing of the delivery has happened."""
        try:
            # This raises in a transaction that the handler has broken, where a commit may roll back without a word, and
            # gives no row where the handler has rolled back.
            rows = await self._execute(*self._statements.complete(key, token, retention, now))
            if not rows:
                await self._roll_back(RolledBack())
                return "lost"
            await self._transaction.aclose()
        except Exception as error:
            await self._roll_back(error)
            raise
        if sweeps(token):
            # In a transaction of its own: that it fails is not the delivery's matter.
            with suppress(Exception):
                async with self._begin(SWEEPING) as (_, execute):
                    await execute(*self._statements.sweep(now))
        return "done"

    async def release(self, key: str, token: str) -> Literal["done"]:  # noqa: ARG002
        """Roll back, and the claim with it."""
        await self._roll_back(RolledBack())
        return "done"

    async def _roll_back(self, error: Exception) -> None:
        # A transaction that cannot be rolled back is the engine's to end: the connection is gone, or will be.
        with suppress(Exception):
            await self._transaction.__aexit__(type(error), error, error.__traceback__)

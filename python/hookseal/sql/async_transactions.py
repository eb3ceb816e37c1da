"""Claim and effect in one transaction, for code that awaits."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

from hookseal.sql._async_session import AsyncSessions
from hookseal.sql._statements import AsyncExecute, Dialect, called, schema

AsyncBegin: TypeAlias = Callable[[], AbstractAsyncContextManager[tuple[Any, AsyncExecute]]]
"""Opens a transaction, and gives what the handler writes with, and what runs a statement in it."""


class AsyncTransactions(AsyncSessions):
    """``Transactions`` for code that awaits: ``begin`` gives an asynchronous context manager, and ``execute`` awaits.

    >>> from contextlib import asynccontextmanager
    >>> from hookseal.sql import AsyncTransactions
    >>> from sqlalchemy import text
    >>> from sqlalchemy.ext.asyncio import create_async_engine
    >>> engine = create_async_engine("postgresql+psycopg://localhost/app")
    >>> @asynccontextmanager
    ... async def begin():
    ...     async with engine.begin() as connection:
    ...         async def execute(statement, parameters):
    ...             result = await connection.execute(text(statement), parameters)
    ...             return result.fetchall() if result.returns_rows else []
    ...         await connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    ...         yield connection, execute
    >>> store = AsyncTransactions(begin, name="reports", dialect="named")

    Raises ConfigError: ``invalid_option``.
    """

    def __init__(self, begin: AsyncBegin, *, name: str, dialect: Dialect) -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        self._open = called(begin)
        super().__init__(lambda lease: begin(), name, dialect)  # noqa: ARG005

    async def setup(self) -> None:
        """Make the table and its index where they are not there: once, before the first delivery, or by migrations."""
        async with self._open() as (_, execute):
            for statement in schema():
                await execute(statement, {})

"""The core's statements, for whatever runs them."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Literal, TypeAlias, TypeVar

from hookseal import _hookseal
from hookseal.store import Claim

Dialect: TypeAlias = Literal["named", "percent"]
"""How a driver wants its parameters written: ``:name`` (SQLAlchemy's ``text``), or ``%(name)s`` (Django, psycopg)."""

T = TypeVar("T")

Sweep: TypeAlias = Literal["sweep", "sweep_unlocked"]
"""The statement that clears away: where others may be writing, around what they have locked."""

Rows: TypeAlias = Sequence[Sequence[Any]]
Query: TypeAlias = tuple[str, dict[str, Any]]

Execute: TypeAlias = Callable[[str, dict[str, Any]], Rows]
"""Runs a statement with its parameters by name. It gives the rows, and none for a statement that has none to give."""

AsyncExecute: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[Rows]]


IS_SET_UP = _hookseal.sql_statements("percent")["is_set_up"]
"""Gives a row where PostgreSQL has the table and its index."""


def called(opener: T) -> T:
    """Refuse what cannot be called, before a delivery can meet it."""
    if not callable(opener):
        raise _hookseal.wanted("client")
    return opener


class Statements:
    """What one receiver asks of the table, in the dialect of a driver."""

    def __init__(self, name: str, dialect: Dialect, sweep: Sweep = "sweep") -> None:
        """Check the name, before a delivery can meet a mistake of ours."""
        _hookseal.check_name(name)
        self._name = name
        self._texts = _hookseal.sql_statements(dialect)
        self._sweep = self._texts[sweep]

    def claim(self, key: str, token: str, lease: int, now: int) -> Query:
        """Claim a key; ``claimed`` reads what it gives."""
        return self._texts["claim"], {"key": self._stored(key), "token": token, "until": now + lease, "now": now}

    def complete(self, key: str, token: str, retention: int, now: int) -> Query:
        """Complete a claim; it gives a row if there was one."""
        return self._texts["complete"], {"key": self._stored(key), "token": token, "until": now + retention}

    def release(self, key: str, token: str) -> Query:
        """Give a claim back; it gives a row if there was one."""
        return self._texts["release"], {"key": self._stored(key), "token": token}

    def sweep(self, now: int) -> Query:
        """Clear away what has expired."""
        return self._sweep, {"now": now}

    def _stored(self, key: str) -> str:
        return _hookseal.stored_key(self._name, key)


def claimed(token: str, rows: Rows) -> Claim:
    """Read the one row that is there after a claim."""
    [(by, state, until)] = rows
    return _hookseal.claimed(token, by, state, until)


def schema() -> list[str]:
    """Give the statements that make the table and its index, for migrations.

    >>> from hookseal.sql import schema
    >>> print(schema()[0])
    CREATE TABLE IF NOT EXISTS hookseal_claims (
      key text NOT NULL PRIMARY KEY,
      token text NOT NULL,
      state text NOT NULL,
      until bigint NOT NULL
    )
    """
    return _hookseal.sql_schema()


def is_busy(error: Exception) -> bool:
    """Tell whether somebody else is at it, and may yet fail: by the driver's own error, however it was wrapped."""
    return any(code(cause) in BUSY for cause in _causes(error))


BUSY = {"55P03", "40001", 5}
"""PostgreSQL could not get a lock in time, or not serialise; SQLite found its file locked."""


def code(error: BaseException) -> object:
    """Give the engine's own code of an error, by whichever driver it came."""
    # psycopg says sqlstate, psycopg2 pgcode; SQLite's codes have their kind in the lowest byte.
    sqlite = getattr(error, "sqlite_errorcode", None)
    return sqlite & 0xFF if sqlite else getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__

"""A file of SQLite's, and whose turn it is to write to it."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from threading import Lock
from typing import TypeAlias

from hookseal._hookseal import lock_timeout as checked
from hookseal._hookseal import wanted
from hookseal.sql._statements import is_busy, schema

Path: TypeAlias = str | os.PathLike[str]

LOCK_TIMEOUT = timedelta(seconds=5)
"""Below the deadline of a delivery. It is sqlite3's own."""


class Kept:
    """What one process keeps of a file: a connection, and whose turn it is with it."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self.turn = Lock()
        self.connection: sqlite3.Connection | None = None


class File:
    """A file, by one connection a process.

    SQLite has one writer at a time, and lets threads poll for their turn until some of them starve: so they take turns
    here, and poll for those of other processes alone.
    """

    def __init__(self, path: Path, lock_timeout: timedelta) -> None:
        """Open nothing yet."""
        if not isinstance(path, str | os.PathLike):
            raise wanted("client")
        self._path = path
        self._timeout = checked(lock_timeout) / 1000
        # By process: SQLite forbids to carry a connection across a fork.
        self._kept: dict[int, Kept] = {}

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection, that nobody else uses meanwhile: in whichever threads that is."""
        kept = self._kept.setdefault(os.getpid(), Kept())
        until = time.monotonic() + self._timeout
        if not kept.turn.acquire(timeout=self._timeout):
            raise _busy()
        try:
            own, kept.connection = kept.connection or self._open(), None
            own.execute(f"PRAGMA busy_timeout = {max(0, int((until - time.monotonic()) * 1000))}")
            try:
                yield own
            finally:
                # Whatever a handler has made of them.
                own.row_factory, own.text_factory = None, str
                if own.in_transaction:
                    own.close()
                else:
                    kept.connection = own
        finally:
            kept.turn.release()

    def set_up(self) -> None:
        """Make the table and its index, with a connection that is closed again, before a server forks its workers."""
        with closing(self._open()) as own:
            self._log_ahead(own)
            for statement in schema():
                own.execute(statement)

    def _log_ahead(self, own: sqlite3.Connection) -> None:
        # SQLite itself does not wait here for others that do the same, as workers do that start together.
        until = time.monotonic() + self._timeout
        while True:
            try:
                own.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > until:
                    raise
                time.sleep(0.01)
            else:
                return

    def close(self) -> None:
        """Close what is kept."""
        kept = self._kept.pop(os.getpid(), None)
        if kept is not None and kept.connection is not None:
            kept.connection.close()

    def _open(self) -> sqlite3.Connection:
        # Transactions are begun and ended by name alone; the calls of a delivery may come from different threads.
        return sqlite3.connect(self._path, timeout=self._timeout, isolation_level=None, check_same_thread=False)


def _busy() -> sqlite3.OperationalError:
    """Say what SQLite says to whoever has waited too long."""
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error

"""What the stores in SQLite do with connections, and with handlers that do not leave them alone."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hookseal import Claim
from hookseal.sql import SqliteStore, SqliteTransactions
from stores.driving import NOW, Receiving, at_once


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a file of the test's own, with a table for effects."""
    with closing(sqlite3.connect(tmp_path / "app.db")) as own:
        own.execute("CREATE TABLE effects (id text)")
    return tmp_path / "app.db"


@pytest.fixture
def store(path: Path) -> SqliteTransactions:
    """Give a store."""
    made = SqliteTransactions(path, name="sqlite")
    made.setup()
    return made


def effects(path: Path) -> list[str]:
    """Give what others see."""
    with closing(sqlite3.connect(path)) as own:
        return [row[0] for row in own.execute("SELECT id FROM effects")]


def insert(tx: sqlite3.Connection, event_id: str) -> None:
    """Have an effect."""
    tx.execute("INSERT INTO effects VALUES (?)", [event_id])


def commits(tx: sqlite3.Connection, event_id: str) -> None:
    """Do as sqlite3's own documentation does."""
    with tx:
        insert(tx, event_id)


def runs_a_script(tx: sqlite3.Connection, event_id: str) -> None:
    """Commit without a word of it."""
    insert(tx, event_id)
    tx.executescript("SELECT 1")


def rolls_back(tx: sqlite3.Connection, event_id: str) -> None:
    """Have no effect after all."""
    insert(tx, event_id)
    tx.rollback()


def closes(tx: sqlite3.Connection, event_id: str) -> None:
    """Close what is not its own."""
    insert(tx, event_id)
    tx.close()


def meddles(tx: sqlite3.Connection, event_id: str) -> None:
    """Leave it otherwise than it was."""
    tx.row_factory, tx.text_factory = sqlite3.Row, bytes
    tx.isolation_level = "IMMEDIATE"
    insert(tx, event_id)


@pytest.mark.parametrize(
    ("write", "outcomes", "happened"),
    [
        (insert, ["handled", "duplicate"], 1),
        (meddles, ["handled", "duplicate"], 1),
        (commits, ["failed", "failed"], 0),
        (runs_a_script, ["failed", "failed"], 0),
        (rolls_back, ["failed", "failed"], 0),
        (closes, ["store_failed", "store_failed"], 0),
    ],
)
def test_what_a_handler_does_to_its_connection(
    write: Any, outcomes: list[str], happened: int, path: Path, store: SqliteTransactions
) -> None:
    """Is no matter of the next delivery's."""
    receiving = Receiving(store, write)
    assert [receiving.deliver("evt_1").outcome for _ in range(2)] == outcomes
    assert effects(path) == ["evt_1"] * happened
    assert Receiving(store, insert).deliver("evt_2").outcome == "handled"


def test_a_worker_that_is_stopped_in_a_handler_leaves_no_transaction_open(
    path: Path, store: SqliteTransactions
) -> None:
    """As by a time limit of the server's, whose exception is none that a handler's failure is."""
    interrupted = Receiving(store, Mock(side_effect=SystemExit))
    with pytest.raises(SystemExit) as kept:
        interrupted.deliver("evt_1")
    assert kept
    assert Receiving(store, insert).deliver("evt_1").outcome == "handled"
    assert effects(path) == ["evt_1"]


def test_a_process_keeps_one_connection(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many threads it has; and takes none along where it forks, but opens one of its own."""
    store = SqliteStore(path, name="sqlite")
    store.setup()
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noting(*given: Any, **named: Any) -> sqlite3.Connection:
        opened.append(connect(*given, **named))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noting)

    assert at_once(lambda key: store.claim(key, "a", 1000, NOW), map(str, range(64))) == [Claim("claimed")] * 64
    assert len(opened) == 1
    parent = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: parent + 1)
    store.claim("key", "a", 1000, NOW)
    assert len(opened) == 2
    store.close()
    monkeypatch.setattr(os, "getpid", lambda: parent)
    store.close()
    for own in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            own.execute("SELECT 1")


def test_what_is_closed_opens_again(store: SqliteTransactions) -> None:
    """Where one more delivery comes."""
    store.close()
    store.close()
    assert Receiving(store, insert).deliver("evt_1").outcome == "handled"


def test_a_handler_sees_what_it_has_written(store: SqliteTransactions, path: Path) -> None:
    """And the others do not, before it has ended."""
    seen: list[Any] = []

    def write(tx: sqlite3.Connection, event_id: str) -> None:
        insert(tx, event_id)
        seen.extend([tx.execute("SELECT id FROM effects").fetchall(), effects(path)])

    assert Receiving(store, write).deliver("evt_1").outcome == "handled"
    assert seen == [[("evt_1",)], []]

"""What the stores in databases promise beyond the contract: of connections, transactions, threads and processes."""

import json
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import django.db
import flask
import hookseal.flask
import psycopg
import pytest
from hookseal import AnyEvent, Claim, ConfigError, Context, MemoryStore, _hookseal
from hookseal.redis import AsyncRedisStore, RedisStore
from hookseal.sql import (
    AsyncPostgresStore,
    AsyncPostgresTransactions,
    AsyncTransactions,
    PostgresStore,
    PostgresTransactions,
    SqliteStore,
    SqliteTransactions,
    Transactions,
    schema,
)
from hookseal.tools import delivery, sample
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool
from stores.driving import NOW, WEBHOOK, Blocking, Receiving, at_once, new_id, wait
from stores.engines import DATABASE, STORES, pool, ready, where
from stores.services import eventually
from stores.transactional import ENGINES

HERE = Path(__file__).parent


def nothing(*_: object) -> Any:
    """Connect to nothing."""
    raise AssertionError


@pytest.mark.parametrize("name", ["", "a:b", "é", "x" * 65, "\ud800", None, 7])
def test_a_name_must_be_one(name: Any) -> None:
    """For every store that others may share."""
    makers: list[Callable[[], object]] = [
        lambda: SqliteStore("", name=name),
        lambda: SqliteTransactions("", name=name),
        lambda: PostgresStore(nothing, name=name),
        lambda: PostgresTransactions(nothing, name=name),
        lambda: AsyncPostgresStore(nothing, name=name),
        lambda: AsyncPostgresTransactions(nothing, name=name),
        lambda: Transactions(nothing, name=name, dialect="named"),
        lambda: RedisStore(STORES, name=name),  # type: ignore[arg-type]
        lambda: AsyncRedisStore(STORES, name=name),  # type: ignore[arg-type]
    ]
    for make in makers:
        with pytest.raises(ConfigError, match="a name for the receiver's keys"):
            make()


def test_mistakes_are_refused_before_a_delivery_can_meet_them() -> None:
    """What is no client, no function that opens something, no file, and no time to wait for a lock."""
    wrong: Any = "postgresql://localhost/app"
    makers: list[Callable[..., object]] = [
        lambda: PostgresStore(wrong, name="a"),
        lambda: PostgresTransactions(wrong, name="a"),
        lambda: AsyncPostgresStore(wrong, name="a"),
        lambda: AsyncPostgresTransactions(wrong, name="a"),
        lambda: Transactions(wrong, name="a", dialect="percent"),
        lambda: AsyncTransactions(wrong, name="a", dialect="percent"),
        lambda: RedisStore(wrong, name="a"),
        lambda: AsyncRedisStore(wrong, name="a"),
        lambda: SqliteStore(nothing, name="a"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ]
    for make in makers:
        with pytest.raises(ConfigError, match="what the store's documentation shows"):
            make()
    waits: list[Any] = [timedelta(0), timedelta(seconds=-1), timedelta(days=30), 5]
    for time_out in waits:
        waiting: list[Callable[..., object]] = [
            partial(SqliteStore, ""),
            partial(SqliteTransactions, ""),
            partial(PostgresTransactions, nothing),
            partial(AsyncPostgresTransactions, nothing),
        ]
        for make in waiting:
            with pytest.raises(ConfigError, match="a lock timeout"):
                make(name="a", lock_timeout=time_out)


@pytest.mark.parametrize("which", ["PostgreSQL", "PostgreSQL, awaited"])
def test_setting_up_again_and_sweeping_are_in_nobodys_way(which: str) -> None:
    """A worker that starts anew sets up while the handlers of others run, whose transactions hold what they claimed."""
    transactions, lease = ENGINES[which].make("in-the-way"), STORES[which]("in-the-way")
    expired = new_id()
    lease.claim(expired, "a", 1000, NOW)
    session = transactions.begin()
    assert session.claim(expired, "b", 60_000, NOW + 1000).state == "claimed"
    ran: list[str] = []

    def others() -> None:
        transactions.setup()
        lease.sweep(NOW + 1000)
        other = transactions.begin()
        ran.append(other.claim(new_id(), "c", 1000, NOW).state)
        other.release("", "c")

    thread = threading.Thread(target=others)
    thread.start()
    thread.join(10)
    session.release(expired, "b")
    thread.join(10)
    assert ran == ["claimed"]
    assert not thread.is_alive()


def test_a_dialect_must_be_one() -> None:
    """Of two."""
    with pytest.raises(ConfigError, match="a dialect: 'named' or 'percent'"):
        Transactions(nothing, name="a", dialect="question")  # type: ignore[arg-type]


SWEPT = ["SQLite", "PostgreSQL", "PostgreSQL, awaited"]


@pytest.mark.parametrize("where_to", SWEPT)
def test_a_sweep_clears_away_what_has_expired(where_to: str) -> None:
    """And nothing else; a completion does so now and then."""
    sweeping = next(token for token in map(str, range(10_000)) if _hookseal.sweeps(token))
    sweeps: list[Callable[[Any], object]] = [
        lambda store: store.sweep(1000),
        lambda store: store.complete("done", sweeping, 1000, 1000),
    ]
    for sweep in sweeps:
        store = STORES[where_to]("sweep")
        for key, token, now in (("done", sweeping, 1000), ("expired", "a", 0), ("live", "a", 1)):
            store.claim(key, token, 1000, now)
        sweep(store)
        assert store.release("expired", "a") == "lost"
        assert store.release("live", "a") == "done"
        store.release("done", sweeping)


CONNECTIONS: dict[str, Callable[[str], tuple[Any, Callable[[], object]]]] = {
    "a connection each": lambda url: (lambda: psycopg.connect(url), lambda: None),
    "one that commits by itself": lambda url: (lambda: psycopg.connect(url, autocommit=True), lambda: None),
    "a pool with rows of its own": lambda url: pooled(url, row_factory=dict_row),
    "a pool that commits by itself": lambda url: pooled(url, autocommit=True),
}


def pooled(url: str, **options: Any) -> tuple[Any, Callable[[], object]]:
    """Open a pool, and say how to close it."""
    own: Any = ConnectionPool(url, kwargs=options, min_size=1, open=True)
    return own.connection, own.close


@pytest.mark.parametrize("kind", CONNECTIONS)
def test_postgres_by_any_connection(kind: str) -> None:
    """Whatever it commits by itself, and whatever its rows are made of."""
    connection, close = CONNECTIONS[kind](where("HOOKSEAL_POSTGRES"))
    key = new_id()
    lease = PostgresStore(connection, name="connections")
    transactions = PostgresTransactions(connection, name="connections-tx")
    lease.setup()
    assert [lease.claim(key, token, 1000, NOW).state for token in "ab"] == ["claimed", "in_progress"]
    assert lease.complete(key, "a", 1000, NOW) == "done"
    for end, expected in (("release", "claimed"), ("complete", "completed")):
        session = transactions.begin()
        assert session.claim(key, "a", 1000, NOW) == Claim("claimed")
        assert session.release(key, "a") if end == "release" else session.complete(key, "a", 1000, NOW)
        again = transactions.begin()
        assert again.claim(key, "b", 1000, NOW).state == expected
        again.release(key, "b")
    close()


def test_postgres_by_asynchronous_connections_of_ones_own() -> None:
    """Which must be awaited before they can be entered."""
    url, key = where("HOOKSEAL_POSTGRES"), new_id()
    store = ready(AsyncPostgresStore(lambda: psycopg.AsyncConnection.connect(url), name="connections"))
    assert [store.claim(key, token, 1000, NOW).state for token in "ab"] == ["claimed", "in_progress"]


@pytest.mark.parametrize("which", ["PostgreSQL", "PostgreSQL, awaited", "Django on PostgreSQL"])
def test_a_transaction_that_a_handler_broke_and_hid_is_rolled_back(which: str) -> None:
    """And that is said, where a mere commit would roll back without a word."""
    engine, effect = ENGINES[which], new_id()
    store = engine.make("broken")
    session = store.begin()
    session.claim(effect, "a", 1000, NOW)
    tx: Any = Blocking(session.tx if which != "Django on PostgreSQL" else session.tx.connection)
    with pytest.raises(psycopg.errors.SyntaxError):
        tx.execute("no SQL at all")
    with pytest.raises((psycopg.errors.InFailedSqlTransaction, django.db.InternalError)):
        session.complete(effect, "a", 1000, NOW)
    again = store.begin()
    assert again.claim(effect, "b", 1000, NOW) == Claim("claimed")
    again.release(effect, "b")


@pytest.mark.parametrize("which", ["PostgreSQL", "PostgreSQL, awaited", "Django on PostgreSQL"])
def test_what_cannot_be_committed_is_not_acknowledged(which: str) -> None:
    """The record says why, and the event is there to be handled again."""
    engine, effect = ENGINES[which], new_id()
    store = engine.make("uncommitted")
    with pool().connection() as own:
        own.execute("SELECT pg_advisory_xact_lock(1)")
        own.execute("CREATE TABLE IF NOT EXISTS singles (id text UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    fine = [False]

    def write(tx: Any, event_id: str) -> Any:
        if fine[0]:
            return engine.write(tx, event_id)
        return (tx.cursor() if which.startswith("Django") else tx).execute(
            "INSERT INTO singles VALUES (%s), (%s)", [event_id, event_id]
        )

    receiving = Receiving(store, write)
    assert receiving.deliver(effect).outcome == "store_failed"
    assert isinstance(receiving.records[0].error, psycopg.errors.UniqueViolation | django.db.IntegrityError)
    fine[0] = True
    assert [receiving.deliver(effect).outcome for _ in range(2)] == ["handled", "duplicate"]


@pytest.mark.parametrize("which", ["PostgreSQL", "PostgreSQL, awaited"])
def test_a_handler_that_never_ends_is_in_nobodys_way_when_its_lease_has_ended(which: str) -> None:
    """PostgreSQL hangs up, and what was done is rolled back."""
    engine, effect = ENGINES[which], new_id()
    store = engine.make("endless")
    endless, next_one = store.begin(), store.begin()
    assert endless.claim(effect, "a", 100, NOW) == Claim("claimed")
    wait(engine.write(endless.tx, effect))
    assert next_one.claim(effect, "b", 60_000, NOW) == Claim("claimed")
    with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
        endless.complete(effect, "a", 1000, NOW)
    assert next_one.complete(effect, "b", 1000, NOW) == "done"
    assert engine.count(effect) == 0


def test_postgres_refuses_a_handler_that_commits() -> None:
    """What it did is rolled back: the claim and the effect are the receiver's to commit."""
    engine, effect = ENGINES["PostgreSQL"], new_id()

    def write(tx: Any, event_id: str) -> None:
        engine.write(tx, event_id)
        tx.commit()

    assert Receiving(engine.make("commits"), write).deliver(effect).outcome == "failed"
    assert engine.count(effect) == 0


@pytest.mark.parametrize("store_of", [PostgresTransactions, SqliteTransactions])
def test_whoever_waits_too_long_for_another_is_to_come_again(store_of: Any) -> None:
    """And no connection is lost by it."""
    key, place = new_id(), pool().connection if store_of is PostgresTransactions else DATABASE
    store = ready(store_of(place, name="waiting", lock_timeout=timedelta(milliseconds=100)))
    first = store.begin()
    assert first.claim(key, "a", 1000, NOW) == Claim("claimed")
    for _ in range(3):
        assert store.begin().claim(key, "b", 1000, NOW) == Claim("in_progress", NOW + 1000)
    assert first.complete(key, "a", 1000, NOW) == "done"
    assert store.begin().claim(key, "b", 1000, NOW) == Claim("completed")
    eventually(lambda: pool().get_stats()["pool_available"] == pool().get_stats()["pool_size"])


def fresh_schema(url: str) -> str:
    """Give a way to PostgreSQL on which there is no table yet."""
    name = f"fresh_{time.time_ns()}"
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(f"CREATE SCHEMA {name}")
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"


@pytest.mark.parametrize("awaited", [False, True])
def test_whoever_makes_the_table_while_another_does_finds_it_made(*, awaited: bool) -> None:
    """Where PostgreSQL itself says that there is one already."""
    url = fresh_schema(where("HOOKSEAL_POSTGRES"))
    own: Any = AsyncPostgresStore(lambda: psycopg.AsyncConnection.connect(url), name="made")
    store = Blocking(own if awaited else PostgresStore(lambda: psycopg.connect(url), name="made"))
    waits = "SELECT pid FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
    with (
        psycopg.connect(url) as other,
        psycopg.connect(url, autocommit=True) as watching,
        ThreadPoolExecutor(1) as threads,
    ):
        for statement in schema():
            other.execute(statement)
        setting_up = threads.submit(store.setup)
        eventually(lambda: watching.execute(waits, [other.info.backend_pid]).fetchall())
        other.commit()
        setting_up.result()
    assert store.claim("key", "a", 1000, NOW) == Claim("claimed")


@pytest.mark.parametrize("place", [DATABASE, "HOOKSEAL_POSTGRES"], ids=["SQLite", "PostgreSQL"])
def test_of_8_processes_one_gets_a_key(place: Path | str, tmp_path: Path) -> None:
    """Each claims it twenty times; and they may all set the store up at once."""
    target = fresh_schema(where(place)) if isinstance(place, str) else str(tmp_path / "claims.db")
    command = [sys.executable, "-m", "stores.claimant", target, new_id()]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": HERE}
    processes: list[Any] = [subprocess.Popen(command, **pipes) for _ in range(8)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for n, process in enumerate(processes):
        process.stdin.write(f"{n}\n")
        process.stdin.flush()
    states = Counter(state for process in processes for state in json.loads(process.communicate()[0]))
    assert states == {"claimed": 1, "in_progress": 159}


@pytest.mark.parametrize(
    ("which", "transactional"),
    [("memory", False), ("SQLite", False), ("PostgreSQL", False), ("SQLite", True), ("PostgreSQL", True)],
)
def test_of_32_threads_of_flask_one_has_an_effect(which: str, *, transactional: bool) -> None:
    """The others hear that it was handled, or where there is a lease that it is being handled."""
    engine = ENGINES[which] if transactional else None
    store = engine.make("flask") if engine else STORES[which]("flask")
    app, handled = flask.Flask(__name__), []

    @app.post("/")
    @hookseal.flask.receiver(WEBHOOK, store=store if isinstance(store, MemoryStore) else store.own)
    def handle(event: AnyEvent, context: Context) -> None:
        handled.append(event.id)
        if engine:
            engine.write(context.tx, event.id or "")

    effect = new_id()
    body, headers = delivery(WEBHOOK, sample("loop", "protocol.started", {"id": effect}))
    texts = Counter(at_once(lambda _: app.test_client().post("/", data=body, headers=headers).text, range(32)))
    assert handled == [effect]
    assert texts.pop("handled") == 1
    assert texts.keys() <= ({"duplicate"} if transactional else {"duplicate", "in_progress"})
    if engine:
        assert engine.count(effect) == 1


def test_the_table_is_the_one_that_migrations_are_shown(tmp_path: Path) -> None:
    """Column by column."""
    with closing(sqlite3.connect(tmp_path / "claims.db")) as own:
        for statement in schema():
            own.execute(statement)
        columns = [name for _, name, *_ in own.execute("PRAGMA table_info(hookseal_claims)")]
    assert columns == ["key", "token", "state", "until"]
    assert re.match("CREATE TABLE IF NOT EXISTS hookseal_claims", schema()[0])

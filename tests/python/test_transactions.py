"""What every transactional store promises: what a handler writes takes effect with the claim, or not at all."""

from collections import Counter
from collections.abc import Awaitable
from inspect import isawaitable
from typing import Any

import pytest
from hookseal import Claim
from stores.driving import NOW, Receiving, at_once, new_id, wait
from stores.transactional import ENGINES, Engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give a database and a way to write to it."""
    return ENGINES[request.param]


@pytest.fixture
def store(engine: Engine) -> Any:
    """Give a store."""
    return engine.make("transactions")


def test_claim_and_effect_are_committed_together(engine: Engine, store: Any) -> None:
    """And so the event is known."""
    effect, session = new_id(), store.begin()
    assert session.claim(effect, "a", 1000, NOW) == Claim("claimed")
    wait(engine.write(session.tx, effect))
    assert engine.count(effect) == 0
    assert session.complete(effect, "a", 5000, NOW) == "done"
    assert engine.count(effect) == 1
    assert store.begin().claim(effect, "b", 1000, NOW + 4999) == Claim("completed")


def test_what_is_released_has_not_happened(engine: Engine, store: Any) -> None:
    """And can be claimed again."""
    effect, session = new_id(), store.begin()
    session.claim(effect, "a", 1000, NOW)
    wait(engine.write(session.tx, effect))
    assert session.release(effect, "a") == "done"
    assert engine.count(effect) == 0
    again = store.begin()
    assert again.claim(effect, "b", 1000, NOW) == Claim("claimed")
    again.release(effect, "b")


def test_after_the_retention_it_may_happen_again(engine: Engine, store: Any) -> None:
    """To the millisecond."""
    effect = new_id()
    for now in (NOW, NOW + 5000):
        session = store.begin()
        assert session.claim(effect, "a", 1000, now) == Claim("claimed")
        wait(engine.write(session.tx, effect))
        assert session.complete(effect, "a", 5000, now) == "done"
    assert engine.count(effect) == 2


def test_receivers_of_different_names_do_not_swallow_each_others_events(engine: Engine, store: Any) -> None:
    """On one and the same database."""
    effect = new_id()
    for one in (store, engine.make("another")):
        session = one.begin()
        assert session.claim(effect, "a", 1000, NOW) == Claim("claimed")
        wait(engine.write(session.tx, effect))
        assert session.complete(effect, "a", 5000, NOW) == "done"
    assert engine.count(effect) == 2


def test_of_32_deliveries_at_once_of_one_event_one_takes_effect(engine: Engine, store: Any) -> None:
    """One handler has run, and the others found what it did."""
    receiving, effect = Receiving(store, engine.write), new_id()
    outcomes = Counter(reply.outcome for reply in at_once(receiving.deliver, [effect] * 32))
    assert outcomes == {"handled": 1, "duplicate": 31}
    assert engine.count(effect) == 1
    assert receiving.handled == [effect]


@pytest.mark.parametrize("name", ["SQLite", "PostgreSQL"])
def test_claims_that_wait_do_not_keep_out_the_handler_that_they_wait_for(name: str) -> None:
    """Where calls are awaited, and the ones that block run in threads, of which there are but a few."""
    engine, effect = ENGINES[name], new_id()
    receiving = Receiving(engine.make("threads"), engine.write, awaits=True)
    outcomes = Counter(reply.outcome for reply in at_once(receiving.deliver, [effect] * 64))
    assert outcomes == {"handled": 1, "duplicate": 63}
    assert engine.count(effect) == 1


async def fails_after(given: Awaitable[object]) -> None:
    """Raise, when that has happened."""
    await given
    raise ValueError


def test_a_handler_that_raises_has_changed_nothing(engine: Engine, store: Any) -> None:
    """And gets the event again."""
    effect, failing = new_id(), True

    def write(tx: Any, event_id: str) -> Any:
        given = engine.write(tx, event_id)
        if not failing:
            return given
        if isawaitable(given):
            return fails_after(given)
        raise ValueError

    receiving = Receiving(store, write)
    assert receiving.deliver(effect).outcome == "failed"
    assert engine.count(effect) == 0
    failing = False
    assert receiving.deliver(effect).outcome == "handled"
    assert receiving.deliver(effect).outcome == "duplicate"
    assert engine.count(effect) == 1


def test_a_session_that_has_claimed_nothing_has_nothing_to_release(store: Any) -> None:
    """Whatever was in the way, nothing of it has happened."""
    assert store.begin().release(new_id(), "a") == "done"

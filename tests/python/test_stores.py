"""What every store promises, whatever it is made of."""

import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hookseal import Claim
from stores.driving import NOW, at_once, new_id
from stores.engines import STORES

KEYS = 10_000 if "HOOKSEAL_FULL" in os.environ else 100
"""In the suite, enough to see a race."""

Make = Callable[[str], Any]


@pytest.fixture(params=STORES)
def make(request: pytest.FixtureRequest) -> Make:
    """Give what makes a store of a name."""
    return STORES[request.param]


@pytest.fixture
def store(make: Make) -> Any:
    """Give a store."""
    return make("contract")


def test_a_claim_holds_the_key_until_its_lease_ends(store: Any) -> None:
    """To the millisecond."""
    key = new_id()
    assert store.claim(key, "a", 1000, NOW) == Claim("claimed")
    assert store.claim(key, "b", 1000, NOW + 999) == Claim("in_progress", NOW + 1000)
    assert store.claim(key, "b", 1000, NOW + 1000) == Claim("claimed")
    assert store.claim(key, "a", 1000, NOW + 1000) == Claim("in_progress", NOW + 2000)


def test_a_completed_key_is_remembered_until_its_retention_ends(store: Any) -> None:
    """To the millisecond."""
    key = new_id()
    store.claim(key, "a", 1000, NOW)
    assert store.complete(key, "a", 5000, NOW + 10) == "done"
    assert store.claim(key, "b", 1000, NOW + 5009) == Claim("completed")
    assert store.claim(key, "b", 1000, NOW + 5010) == Claim("claimed")


def test_a_released_key_can_be_claimed_at_once(store: Any) -> None:
    """By anybody."""
    key = new_id()
    store.claim(key, "a", 1000, NOW)
    assert store.release(key, "a") == "done"
    assert store.claim(key, "b", 1000, NOW) == Claim("claimed")


def test_a_lease_that_ran_out_is_lost_to_whoever_took_the_key(store: Any) -> None:
    """And who was late ends nothing of theirs."""
    key = new_id()
    store.claim(key, "late", 1000, NOW)
    assert store.claim(key, "next", 1000, NOW + 1500) == Claim("claimed")
    assert store.complete(key, "late", 5000, NOW + 1600) == "lost"
    assert store.release(key, "late") == "lost"
    assert store.claim(key, "third", 1000, NOW + 1700) == Claim("in_progress", NOW + 2500)
    assert store.complete(key, "next", 5000, NOW + 1800) == "done"


def test_a_lease_that_ran_out_but_that_nobody_took_over(store: Any) -> None:
    """Can still be completed."""
    key = new_id()
    store.claim(key, "a", 1000, NOW)
    assert store.complete(key, "a", 5000, NOW + 3000) == "done"
    assert store.claim(key, "b", 1000, NOW + 3001) == Claim("completed")


def test_what_is_completed_stays_so(store: Any) -> None:
    """Whoever ends it again."""
    key = new_id()
    store.claim(key, "a", 1000, NOW)
    store.complete(key, "a", 5000, NOW)
    assert store.complete(key, "a", 9000, NOW) == "lost"
    assert store.release(key, "a") == "lost"
    assert store.claim(key, "b", 1000, NOW + 4999) == Claim("completed")


def test_nobody_ends_what_was_never_claimed(store: Any) -> None:
    """Neither way."""
    assert store.complete(new_id(), "a", 1000, NOW) == "lost"
    assert store.release(new_id(), "a") == "lost"


def test_a_clock_that_jumps_back_gives_nobodys_key_away(store: Any) -> None:
    """Claimed or completed."""
    key = new_id()
    store.claim(key, "a", 1000, NOW)
    assert store.claim(key, "b", 1000, NOW - 3_600_000) == Claim("in_progress", NOW + 1000)
    store.complete(key, "a", 5000, NOW - 3_600_000)
    assert store.claim(key, "b", 1000, NOW - 3_600_001) == Claim("completed")


def test_a_clock_that_jumps_ahead_ends_a_lease(store: Any) -> None:
    """And no more."""
    key = new_id()
    store.claim(key, "a", 1000, NOW)
    assert store.claim(key, "b", 1000, NOW + 3_600_000) == Claim("claimed")
    assert store.complete(key, "a", 5000, NOW) == "lost"
    assert store.complete(key, "b", 5000, NOW + 3_600_000) == "done"


def test_keys_are_told_apart(store: Any) -> None:
    """However alike, and however long."""
    key = new_id()
    alike = [key, key.upper(), f"{key} ", f"{key}é", f"{key}e\u0301", f"{key}😀", key + "x" * 500]
    for one in alike:
        assert store.claim(one, "a", 1000, NOW) == Claim("claimed")
    for one in alike:
        assert store.claim(one, "b", 1000, NOW) == Claim("in_progress", NOW + 1000)


def test_receivers_of_different_names_do_not_swallow_each_others_events(make: Make) -> None:
    """On one and the same place."""
    reports, kits, key = make("reports"), make("kits"), new_id()
    assert reports.claim(key, "a", 1000, NOW) == Claim("claimed")
    assert kits.claim(key, "b", 1000, NOW) == Claim("claimed")
    assert kits.complete(key, "b", 5000, NOW) == "done"
    assert reports.claim(key, "c", 1000, NOW) == Claim("in_progress", NOW + 1000)


def test_of_64_claims_at_once_exactly_one_is_given(store: Any) -> None:
    """For each of many keys: 64 threads, each with every key."""
    keys = [new_id() for _ in range(KEYS)]

    def claim_all(token: str) -> list[tuple[str, str]]:
        return [(key, store.claim(key, token, 1000, NOW).state) for key in keys]

    states = Counter(state for every in at_once(claim_all, map(str, range(64))) for state in every)
    assert {states[key, "claimed"] for key in keys} == {1}
    assert {states[key, "in_progress"] for key in keys} == {63}


def test_of_64_claims_at_once_of_what_has_expired_exactly_one_is_given(store: Any) -> None:
    """As after a process that died."""
    key = new_id()
    store.claim(key, "dead", 1000, NOW)
    claims = at_once(lambda token: store.claim(key, token, 1000, NOW + 1000).state, map(str, range(64)))
    assert claims.count("claimed") == 1

"""The memory store does what the core's does, in threads too, and raises nothing undeclared."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hookseal import Claim, ConfigError, MemoryStore, WebhookError
from hypothesis import given
from hypothesis import strategies as st

TRACES = json.loads((Path(__file__).parent.parent / "traces" / "memory.json").read_text())["traces"]
FULL = "expected room for one more claim, found every key of the memory store claimed: raise its bound"
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.lists(st.integers())


def answer(store: MemoryStore, step: dict[str, Any]) -> object:
    """Take one step of a trace, and write the answer as traces do."""
    method = getattr(store, step["call"])
    given = [step[name] for name in ("key", "token", "ms", "now") if name in step]
    try:
        found = method(*given)
    except RuntimeError as error:
        return {FULL: "full"}[str(error)]
    if isinstance(found, Claim):
        return found.state if found.until is None else {found.state: found.until}
    return found


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: f"of {trace['bound']}")
def test_trace(trace: dict[str, Any]) -> None:
    """Each call is answered as the trace says."""
    store = MemoryStore(trace["bound"])
    for at, step in enumerate(trace["steps"]):
        assert answer(store, step) == step["expect"], at


def test_of_many_threads_one_gets_a_key() -> None:
    """Sixteen threads claim the same hundred keys, all at once."""
    store = MemoryStore()
    keys = [f"loop:id:evt_{n}" for n in range(100)]

    def claimed(thread: int) -> list[str]:
        return [key for key in keys if store.claim(key, f"token {thread}", 30_000, 0).state == "claimed"]

    with ThreadPoolExecutor(16) as threads:
        won = [key for keys in threads.map(claimed, range(16)) for key in keys]
    assert sorted(won) == sorted(keys)


@pytest.mark.parametrize("bound", [0, -1, 2**24 + 1, 2**70, 1.5, "1", float("nan"), object()])
def test_a_bound_that_it_cannot_have(bound: Any) -> None:
    """Is refused at construction."""
    with pytest.raises(ConfigError, match="a bound of 1 to 16777216 keys") as caught:
        MemoryStore(bound)
    assert caught.value.code == "invalid_option"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("\ud800", "token", 1, 0), "a key"),
        (("", "token", 1, 0), "a key"),
        ((None, "token", 1, 0), "a key"),
        ((b"key", "token", 1, 0), "a key"),
        (("key", "\udfff", 1, 0), "a token"),
        (("key", 7, 1, 0), "a token"),
        (("key", "token", -1, 0), "a time"),
        (("key", "token", 1.5, 0), "a time"),
        (("key", "token", 1, 2**64), "a time"),
        (("key", "token", 1, None), "a time"),
    ],
    ids=str,
)
def test_what_no_store_is_asked(given: Any, expected: str) -> None:
    """Is refused by name, and claims nothing."""
    store = MemoryStore(1)
    for call in (store.claim, store.complete):
        with pytest.raises(ConfigError, match=f"expected {expected}") as caught:
            call(*given)
        assert caught.value.code == "invalid_option"
    assert store.claim("another", "token", 1, 0) == Claim("claimed")


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
def test_nothing_undeclared_is_raised(key: Any, token: Any, ms: Any, now: Any) -> None:
    """For any input of any type."""
    store = MemoryStore()
    for call in (
        lambda: MemoryStore(ms),
        lambda: store.claim(key, token, ms, now),
        lambda: store.complete(key, token, ms, now),
        lambda: store.release(key, token),
        lambda: store.sweep(now),
    ):
        with suppress(WebhookError):
            call()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(0, 2**64 - 1))
def test_any_text_may_be_a_key(key: str, now: int) -> None:
    """However odd, and at any time."""
    store = MemoryStore()
    assert store.claim(key, "", 2**64 - 1, now).state == "claimed"
    assert store.release(key, "") == "done"
    assert store.release(key, "") == "lost"


def test_its_repr_shows_no_key() -> None:
    """But how many it holds."""
    store = MemoryStore()
    store.claim("canary", "canary", 1, 0)
    assert repr(store) == "MemoryStore(len=1, ..)"

"""Every docstring's example runs, and every public thing has one."""

import doctest
import inspect
from pathlib import Path

import hookseal
import hookseal.asgi
import hookseal.django
import hookseal.flask
import hookseal.redis
import hookseal.sql
import pytest
from hookseal import MemoryStore, Webhook, errors, events, options, receiver, record, reply, store, tools
from hookseal.sql import _statements, async_postgres, async_transactions, postgres, sqlite, transactions

MODULES = [errors, events, options, receiver, record, reply, store, tools]
STORE_MODULES = [_statements, async_postgres, async_transactions, postgres, sqlite, transactions]
STORES = [getattr(module, name) for module in (hookseal.redis, hookseal.sql) for name in module.__all__]
ADAPTERS = [hookseal.asgi, hookseal.django, hookseal.flask]


@pytest.mark.parametrize(
    "thing",
    [hookseal, Webhook, MemoryStore, *MODULES, *ADAPTERS, hookseal.redis, *STORE_MODULES],
    ids=lambda thing: thing.__name__,
)
def test_examples(thing: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the documentation shows is what happens; a file that it makes is gone with the test."""
    monkeypatch.chdir(tmp_path)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for found in doctest.DocTestFinder(exclude_empty=True).find(thing):
        assert runner.run(found).failed == 0, found.name


@pytest.mark.parametrize(
    "thing",
    [
        Webhook,
        Webhook.verify,
        Webhook.verify_signature,
        Webhook.sign,
        errors.WebhookError,
        MemoryStore,
        receiver.Receiver,
        receiver.AsyncReceiver,
        *(store for store in STORES if inspect.isclass(store)),
        *(adapter.receiver for adapter in ADAPTERS),
    ],
)
def test_what_a_user_calls_has_an_example(thing: object) -> None:
    """The ones that are looked up first."""
    assert ">>> " in (thing.__doc__ or "")


def test_everything_public_is_documented() -> None:
    """Each class and function, and each method and property of those that have them."""
    public = [getattr(hookseal, name) for name in hookseal.__all__ if name not in {"AnyEvent", "Outcome"}]
    public += [getattr(tools, name) for name in tools.__all__]
    public += [thing for thing in STORES if inspect.isclass(thing) or inspect.isfunction(thing)]
    public += [*MODULES, *ADAPTERS, *(adapter.receiver for adapter in ADAPTERS)]
    classes = [thing for thing in public if inspect.isclass(thing) and not issubclass(thing, tuple)]
    attributes = [getattr(thing, name) for thing in classes for name in vars(thing) if not name.startswith("_")]
    called = [attribute for attribute in attributes if callable(attribute) or isinstance(attribute, property)]
    assert [thing for thing in public + called if not thing.__doc__] == []

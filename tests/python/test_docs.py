"""Every docstring's example runs, and every public thing has one."""

import doctest

import hookseal
import pytest
from hookseal import Webhook, errors, events, tools


@pytest.mark.parametrize("thing", [hookseal, Webhook, errors, events, tools], ids=lambda thing: thing.__name__)
def test_examples(thing: object) -> None:
    """What the documentation shows is what happens."""
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for found in doctest.DocTestFinder(exclude_empty=True).find(thing):
        assert runner.run(found).failed == 0, found.name


@pytest.mark.parametrize(
    "thing", [Webhook, Webhook.verify, Webhook.verify_signature, Webhook.sign, errors.WebhookError]
)
def test_what_a_user_calls_has_an_example(thing: object) -> None:
    """The ones that are looked up first."""
    assert ">>> " in (thing.__doc__ or "")


def test_everything_public_is_documented() -> None:
    """Each class and function, and each method and property of those that have them."""
    public = [getattr(hookseal, name) for name in hookseal.__all__ if name != "AnyEvent"]
    public += [getattr(tools, name) for name in tools.__all__]
    attributes = [getattr(Webhook, name) for name in vars(Webhook) if not name.startswith("_")]
    assert [thing for thing in public + attributes if not thing.__doc__] == []

"""Every docstring's example runs, and every public thing has one."""

import doctest

import hookseal
import pytest
from hookseal import Event, Webhook, errors


@pytest.mark.parametrize("thing", [hookseal, Webhook, Event, errors], ids=lambda thing: thing.__name__)
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
    """Down to each attribute."""
    public = [getattr(hookseal, name) for name in hookseal.__all__]
    attributes = [
        getattr(thing, name) for thing in (Webhook, Event) for name in vars(thing) if not name.startswith("_")
    ]
    assert [thing for thing in public + attributes if not thing.__doc__] == []

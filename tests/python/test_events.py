"""The classes and types of `hookseal.events` are what the core's catalogue says."""

import types
import typing
from typing import Any, get_args, get_origin, is_typeddict

import pytest
from hookseal import AnyEvent, ConfigError, Event, EventError, UnknownEvent, Webhook, WebhookError, events
from hookseal.events import Provider
from hookseal.tools import Field, catalogue, delivery, delivery_policy, sample

PROVIDERS: tuple[Provider, ...] = get_args(Provider)
EXPECTED = {"string": str, "integer": int, "time in ms, an integer from 0 to 253402300799999": int}
DOCUMENTED = [(provider, event_type) for provider in PROVIDERS for event_type in catalogue(provider)]


def hint(field: Field) -> Any:
    """Give the type that a member must be annotated with."""
    inner = EXPECTED.get(field.expected)
    if inner is None:
        assert field.expected == "array of objects"
        inner = list[events.AssignedSet]
    return inner if field.required else inner | None


def agrees(record: Any, fields: list[Field]) -> None:
    """Compare a TypedDict with the core's table, down to the objects that it holds."""
    assert is_typeddict(record)
    assert typing.get_type_hints(record) == {field.name: hint(field) for field in fields}
    assert record.__required_keys__ == {field.name for field in fields if field.required}
    for field in fields:
        if field.fields:
            agrees(events.AssignedSet, field.fields)


@pytest.mark.parametrize(("provider", "event_type"), DOCUMENTED, ids=lambda value: getattr(value, "name", value))
def test_each_documented_type_has_its_class(provider: Provider, event_type: Any) -> None:
    """A sample comes out as its class, whose data is typed as the core checks it."""
    webhook = Webhook(provider, "secret")
    event = webhook.verify(*delivery(webhook, sample(provider, event_type.name)))
    assert type(event) is events.KNOWN[provider][event_type.name]
    assert (event.provider, event.type, event.known) == (provider, event_type.name, True)
    assert event.data is event.body.get("data")
    if event_type.fields is not None:
        agrees(typing.get_type_hints(type(event))["data"], event_type.fields)


def test_no_class_is_for_a_type_that_is_not_documented() -> None:
    """And the union of all names every class."""
    known = {kind for kinds in events.KNOWN.values() for kind in kinds.values()}
    assert {provider: [t.name for t in catalogue(provider)] for provider in PROVIDERS} == {
        provider: list(kinds) for provider, kinds in sorted(events.KNOWN.items(), reverse=True)
    }
    assert get_origin(AnyEvent) is types.UnionType
    assert set(get_args(AnyEvent)) == known | {UnknownEvent}


def test_an_unknown_type_still_reaches_the_handler() -> None:
    """With all of its body, and no data that anybody has checked."""
    webhook = Webhook("glycanage", "secret")
    event = webhook.verify(*delivery(webhook, '{"type":"kit-lost","timestamp":0,"data":{"kitCode":7}}'))
    assert type(event) is UnknownEvent
    assert (event.type, event.known, event.data, event.body["data"]) == ("kit-lost", False, None, {"kitCode": 7})


def test_an_integer_is_one_however_it_is_written() -> None:
    """What is typed as an int can be counted with."""
    webhook = Webhook("glycanage", "secret")
    body = '{"type":"order-status-changed","timestamp":1e3,"data":{"orderId":"x","currentStatus":"y","amount":25000.0}}'
    event = webhook.verify(*delivery(webhook, body))
    assert isinstance(event, events.OrderStatusChanged)
    assert type(event.data["amount"]) is int
    assert type(event.body["timestamp"]) is int


def test_events_compare_by_what_they_say() -> None:
    """So that a test may expect one."""
    webhook = Webhook("loop", "secret")
    one, other = (webhook.verify(*delivery(webhook, sample("loop", "protocol.started"))) for _ in range(2))
    assert one == other
    assert isinstance(one, Event)
    with pytest.raises(AttributeError):
        one.type = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"data": {"kitCode": 7}}, "invalid_event"),
        ({"timestamp": -1}, "invalid_event"),
        ({"data": {"x": 2**60}}, "invalid_option"),
        ([], "invalid_option"),
        (7, "invalid_option"),
        ({"data": object()}, "invalid_option"),
        ({"data": "\ud800"}, "invalid_option"),
        ({"data": float("nan")}, "invalid_option"),
    ],
    ids=str,
)
def test_overrides_that_no_provider_sends(overrides: Any, code: str) -> None:
    """A sample is valid or there is none."""
    with pytest.raises((ConfigError, EventError)) as caught:
        sample("glycanage", "kit-received", overrides)
    assert caught.value.code == code


def test_tools_refuse_what_they_do_not_know() -> None:
    """With declared errors."""
    for call, code in (
        (lambda: sample("glycanage", "kit-lost"), "invalid_option"),
        (lambda: sample("glycanage", None), "invalid_option"),  # type: ignore[arg-type]
        (lambda: sample("glycanage", "\ud800"), "invalid_option"),
        (lambda: sample("stripe", "x"), "unknown_provider"),  # type: ignore[arg-type]
        (lambda: catalogue("stripe"), "unknown_provider"),  # type: ignore[arg-type]
        (lambda: delivery_policy(None), "unknown_provider"),  # type: ignore[arg-type]
    ):
        with pytest.raises(WebhookError) as caught:
            call()
        assert caught.value.code == code

"""Every vector of tests/vectors."""

import json
from pathlib import Path
from typing import Any

import pytest
from hookseal import Event, EventError, Webhook, WebhookError

VECTORS = Path(__file__).parent.parent / "vectors"

Case = dict[str, Any]


def value(of: Any) -> Any:
    """Give what a value of the schema stands for."""
    if isinstance(of, str):
        return of
    if "hex" in of:
        return bytes.fromhex(of["hex"])
    if "utf16" in of:
        return "".join(chr(int(unit, 16)) for unit in of["utf16"])
    if "concat" in of:
        return "".join(map(value, of["concat"]))
    if "numbered" in of:
        return "".join(of["numbered"].replace("#", str(n)) for n in range(of["times"]))
    return of["parsed"] if "parsed" in of else value(of["repeat"]) * of["times"]


def secret(of: Any) -> Any:
    """Give a secret, or a pair of label and secret."""
    return (of["label"], value(of["secret"])) if "label" in of else value(of)


def event(found: Event) -> Case:
    """Write an event as the schema does."""
    occurred_at = found.occurred_at and round(found.occurred_at.timestamp() * 1000)
    names = ("type", "known", "id", "key", "secret", "body")
    return {"occurred_at": occurred_at, **{name: getattr(found, name) for name in names}}


def answer(case: Case) -> Case:
    """Ask hookseal, and write its answer as the schema's `expect` does."""
    try:
        webhook = Webhook(case["provider"], [secret(of) for of in case["secrets"]])
        if case["call"] == "new":
            return {"made": True}
        payload = value(case["payload"])
        if case["call"] == "sign":
            return {"signature": webhook.sign(payload)}
        headers = case["headers"] and [(name, value(of)) for name, of in case["headers"]]
        if case["call"] == "verify_signature":
            return {"secret": webhook.verify_signature(payload, headers)}
        return {"event": event(webhook.verify(payload, headers))}
    except WebhookError as error:
        found: Case = {"code": error.code, "status": error.status}
        if isinstance(error, EventError) and error.offset is not None:
            found["offset"] = error.offset
        if isinstance(error, EventError) and error.problems:
            found["problems"] = [problem._asdict() for problem in error.problems]
        return {"error": found}


def cases() -> list[Any]:
    """Collect every case that can be written in Python, under its own name."""
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(VECTORS.glob("*.json"))
        for case in json.loads(path.read_text())["cases"]
        if "python" in case.get("only", ["python"])
    ]


@pytest.mark.parametrize("case", cases())
def test_vector(case: Case) -> None:
    """Each case is answered as it says."""
    assert answer(case) == case["expect"]

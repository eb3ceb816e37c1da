"""What the data of each known type must be, field by field."""

import copy
import json
from pathlib import Path

from schema import body_key, error, event, problem, signed

SAMPLES = Path(__file__).parents[3] / "core" / "samples"

TEXT, INTEGER = "string", "integer"
MILLIS = "time in ms, an integer from 0 to 253402300799999"
SETS = "array of objects"

# From the table of providers/README.md: what is required first.
REQUIRED = {
    "order-status-changed": {"orderId": TEXT, "currentStatus": TEXT},
    "assignment-status-changed": {"assignmentId": TEXT, "currentStatus": TEXT},
    "kit-received": {"kitCode": TEXT},
    "report-ready": {"reportId": TEXT},
}
OPTIONAL = {
    "order-status-changed": {
        "orderType": TEXT,
        "previousStatus": TEXT,
        "practiceId": TEXT,
        "numberOfKits": INTEGER,
        "amount": INTEGER,
        "currency": TEXT,
    },
    "assignment-status-changed": {
        "previousStatus": TEXT,
        "practiceId": TEXT,
        "paymentType": TEXT,
        "amount": INTEGER,
        "currency": TEXT,
        "sets": SETS,
    },
    "kit-received": {
        "testId": TEXT,
        "patientId": TEXT,
        "practiceId": TEXT,
        "assignmentId": TEXT,
        "receivedAt": MILLIS,
        "status": TEXT,
    },
    "report-ready": {
        "testId": TEXT,
        "kitCode": TEXT,
        "patientId": TEXT,
        "practiceId": TEXT,
        "assignmentId": TEXT,
        "glycanAge": TEXT,
        "chronologicalAge": TEXT,
        "reportUrl": TEXT,
        "createdOn": MILLIS,
    },
}
IN_A_SET = ["patientId", "kitCode", "product"]

ONE_OF_EACH = {"boolean": True, "number": 1.5, "string": "x", "array": [], "object": {}}
RIGHT = {TEXT: {"string"}, INTEGER: set(), MILLIS: set(), SETS: {"array"}}


def sample(event_type):
    return json.loads((SAMPLES / "glycanage" / f"{event_type}.json").read_text())


def changed(body, *path, to):
    """A copy with one member changed."""
    body = copy.deepcopy(body)
    inner = body
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return body


def without(body, *path):
    """A copy with one member gone."""
    body = copy.deepcopy(body)
    inner = body
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return body


def accepted(name, body):
    text = json.dumps(body)
    expect = event(text, body_key("glycanage", text), None, body["timestamp"])
    return signed(name, "glycanage", text, expect)


def refused(name, body, *problems):
    return signed(name, "glycanage", json.dumps(body), error("invalid_event", problems=list(problems)))


def cases():
    for event_type in REQUIRED:
        yield from of_type(event_type, sample(event_type))
    yield from of_sets(sample("assignment-status-changed"))
    yield from of_many()


def of_type(event_type, body):
    for field, expected in {**REQUIRED[event_type], **OPTIONAL[event_type]}.items():
        for found, value in ONE_OF_EACH.items():
            if found not in RIGHT[expected]:
                wrong = changed(body, "data", field, to=value)
                yield refused(
                    f"{event_type}: {field} that is {found}", wrong, problem(f"data.{field}", expected, found)
                )
        absent, null = without(body, "data", field), changed(body, "data", field, to=None)
        if field in REQUIRED[event_type]:
            yield refused(f"{event_type}: no {field}", absent, problem(f"data.{field}", expected, "nothing"))
            yield refused(f"{event_type}: a null {field}", null, problem(f"data.{field}", expected, "null"))
        else:
            yield accepted(f"{event_type}: no {field}", absent)
            yield accepted(f"{event_type}: a null {field}", null)
        if expected == TEXT:
            yield accepted(f"{event_type}: a new word for {field}", changed(body, "data", field, to="a new word"))
            yield accepted(f"{event_type}: an empty {field}", changed(body, "data", field, to=""))
        if expected == INTEGER:
            for value in [0, -1, 25000.0, 2**53 - 1, -(2**53 - 1)]:
                yield accepted(f"{event_type}: {field} of {value}", changed(body, "data", field, to=value))
        if expected == MILLIS:
            for value in [0, 1693120000000.0, 253402300799999]:
                yield accepted(f"{event_type}: {field} of {value}", changed(body, "data", field, to=value))
            for value in [-1, 253402300800000]:
                wrong = changed(body, "data", field, to=value)
                yield refused(f"{event_type}: {field} of {value}", wrong, problem(f"data.{field}", expected, "number"))
    for found, value in {"null": None, **ONE_OF_EACH}.items():
        if found != "object":
            wrong = changed(body, "data", to=value)
            yield refused(f"{event_type}: data that is {found}", wrong, problem("data", "object", found))
    yield refused(f"{event_type}: no data", without(body, "data"), problem("data", "object", "nothing"))
    first = [problem(f"data.{field}", kind, "nothing") for field, kind in REQUIRED[event_type].items()]
    yield refused(f"{event_type}: empty data", changed(body, "data", to={}), *first)
    only = dict.fromkeys(REQUIRED[event_type], "x")
    yield accepted(f"{event_type}: only what is required", changed(body, "data", to=only))
    extra = changed(body, "data", "labNotes", to={"a": [1, None]})
    yield accepted(f"{event_type}: a field that is not documented", extra)


def of_sets(body):
    for field in IN_A_SET:
        path = f"data.sets[0].{field}"
        for found, value in ONE_OF_EACH.items():
            if found != "string":
                wrong = changed(body, "data", "sets", 0, field, to=value)
                yield refused(f"a set's {field} that is {found}", wrong, problem(path, "string", found))
        yield accepted(f"a set's null {field}", changed(body, "data", "sets", 0, field, to=None))
        yield accepted(f"a set without {field}", without(body, "data", "sets", 0, field))
    for found, value in {"null": None, **ONE_OF_EACH}.items():
        if found != "object":
            wrong = changed(body, "data", "sets", 0, to=value)
            yield refused(f"a set that is {found}", wrong, problem("data.sets[0]", "object", found))
    yield accepted("no sets", changed(body, "data", "sets", to=[]))
    yield accepted("a set with more in it", changed(body, "data", "sets", 0, "colour", to="red"))
    two = changed(body, "data", "sets", to=[{}, {"kitCode": 1}, {"kitCode": "x"}, {"patientId": []}])
    yield refused(
        "two wrong sets of four",
        two,
        problem("data.sets[1].kitCode", "string", "number"),
        problem("data.sets[3].patientId", "string", "array"),
    )


def of_many():
    """Every problem is told, in the documents' order, but never more than sixteen."""
    wrong = {
        "timestamp": "x",
        "data": {"createdOn": "x", "reportId": 1, "kitCode": []},
        "type": "report-ready",
        "id": "",
    }
    yield refused(
        "problems of the envelope and of the data",
        wrong,
        problem("timestamp", MILLIS, "string"),
        problem("data.reportId", "string", "number"),
        problem("data.kitCode", "string", "array"),
        problem("data.createdOn", MILLIS, "string"),
        problem("id", "non-empty string or integer", "string"),
    )
    for count in [15, 16, 17, 1000]:
        body = changed(sample("assignment-status-changed"), "data", "sets", to=[{"kitCode": 1}] * count)
        told = [problem(f"data.sets[{index}].kitCode", "string", "number") for index in range(min(count, 16))]
        yield refused(f"{count} problems", body, *told)

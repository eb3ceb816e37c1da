"""What a verified body says."""

import hashlib
import json
from pathlib import Path

from schema import body_key, error, event, problem, signed

SAMPLES = Path(__file__).parents[3] / "core" / "samples"


def cases():
    def accepted(name, provider, text, event_id=None, occurred_at=None, key=None):
        plain = f"{provider}:id:{event_id}" if event_id is not None else body_key(provider, text)
        return signed(name, provider, text, event(text, key or plain, event_id, occurred_at))

    def refused(name, provider, text, *problems):
        return signed(name, provider, text, error("invalid_event", problems=list(problems)))

    for sample in sorted((SAMPLES).glob("*/*.json")):
        provider, text = sample.parent.name, sample.read_text()
        body = json.loads(text)
        occurred_at = body.get("timestamp", 1779453296000 if "occurred_at" in body else None)
        yield accepted(f"the documented {sample.stem} of {provider}", provider, text, body.get("id"), occurred_at)

    loop = '{"type":"protocol.started",%s}'
    yield accepted("an unknown type passes", "loop", '{"type":"sleep.score.v9","x":[1]}')
    yield accepted(
        "an unknown type of glycanage passes", "glycanage", '{"type":"kit-lost","timestamp":5,"data":[]}', None, 5
    )
    yield accepted("members that are not documented pass", "loop", loop % '"data":null,"extra":{"a":[true,null,1.5]}')
    yield accepted("null counts as absent", "loop", loop % '"id":null,"user_id":null,"occurred_at":null,"data":null')
    yield accepted("whitespace around everything", "loop", ' \t\r\n{ "type" : "protocol.started" } \n')
    yield accepted("an escaped name", "loop", '{"\\u0074ype":"protocol.started"}')
    yield accepted("an escaped value", "loop", '{"type":"protocol\\u002estarted"}')

    any_value = {"null": "null", "boolean": "true", "number": "7", "array": '["x"]', "object": '{"x":1}'}
    yield refused("loop without a type", "loop", "{}", problem("type", "string", "nothing"))
    for name, value in any_value.items():
        yield refused(f"a type that is {name}", "loop", '{"type":%s}' % value, problem("type", "string", name))
        if name == "null":
            continue
        for member in ["user_id", "client_id"]:
            yield refused(
                f"a {member} that is {name}", "loop", loop % f'"{member}":{value}', problem(member, "string", name)
            )
        yield refused(
            f"an occurred_at that is {name}",
            "loop",
            loop % f'"occurred_at":{value}',
            problem("occurred_at", "RFC 3339 time from 1970 to 9999", name),
        )
        if name != "number":
            yield refused(
                f"an id that is {name}",
                "loop",
                loop % f'"id":{value}',
                problem("id", "non-empty string or integer", name),
            )
    yield refused(
        "everything wrong with loop, in the order of its documents",
        "loop",
        '{"data":1,"occurred_at":1,"client_id":1,"user_id":1,"id":1.5,"type":1}',
        problem("type", "string", "number"),
        problem("id", "non-empty string or integer", "number"),
        problem("user_id", "string", "number"),
        problem("client_id", "string", "number"),
        problem("occurred_at", "RFC 3339 time from 1970 to 9999", "number"),
    )
    millis = "time in ms, an integer from 0 to 253402300799999"
    yield refused(
        "an empty event of glycanage",
        "glycanage",
        "{}",
        problem("type", "string", "nothing"),
        problem("timestamp", millis, "nothing"),
        problem("data", "a value", "nothing"),
    )
    yield refused(
        "a null data of glycanage",
        "glycanage",
        '{"type":"kit-lost","timestamp":0,"data":null}',
        problem("data", "a value", "null"),
    )

    glycanage = '{"type":"kit-received","timestamp":%s,"data":{"kitCode":"K"}}'
    for written, value in {
        "0": 0,
        "253402300799999": 253402300799999,
        "1693123200000.0": 1693123200000,
        "1.6931232e12": 1693123200000,
        "16931232E+5": 1693123200000,
        "-0": 0,
        "-0.0": 0,
        "1000e-1": 100,
    }.items():
        yield accepted(f"a timestamp of {written}", "glycanage", glycanage % written, None, value)
    for written in ["-1", "253402300800000", "0.5", "1e300", "9007199254740991", "-1.0"]:
        yield refused(
            f"a timestamp of {written}", "glycanage", glycanage % written, problem("timestamp", millis, "number")
        )
    yield refused(
        "a timestamp as text", "glycanage", glycanage % '"1693123200000"', problem("timestamp", millis, "string")
    )
    yield refused(
        "a timestamp as RFC 3339",
        "glycanage",
        glycanage % '"2023-08-27T08:00:00Z"',
        problem("timestamp", millis, "string"),
    )

    for written, value in {
        "2026-05-22T12:34:56Z": 1779453296000,
        "2026-05-22T12:34:56.789Z": 1779453296789,
        "2026-05-22T12:34:56.7899999Z": 1779453296789,
        "2026-05-22T14:34:56+02:00": 1779453296000,
        "2026-05-22T07:04:56-05:30": 1779453296000,
        "2026-05-22t12:34:56z": 1779453296000,
        "1970-01-01T00:00:00Z": 0,
        "9999-12-31T23:59:59.999Z": 253402300799999,
        "2024-02-29T00:00:00Z": 1709164800000,
        # A leap second, which no clock in ms has a place for.
        "2016-12-31T23:59:60Z": 1483228799999,
    }.items():
        yield accepted(f"an occurred_at of {written}", "loop", loop % f'"occurred_at":"{written}"', None, value)
    for written in [
        "",
        "yesterday",
        "2026-05-22",
        "2026-05-22T12:34:56",
        "2026-05-22 12:34:56Z",
        "2026-05-22_12:34:56Z",
        "2026-05-22X12:34:56Z",
        "2026-05-22T12:34Z",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-05-22T24:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999-01:00",
        " 2026-05-22T12:34:56Z",
        "2026-05-22T12:34:56Z ",
        "Fri, 22 May 2026 12:34:56 GMT",
        "1779453296000",
    ]:
        yield refused(
            f"an occurred_at of {written!r}",
            "loop",
            loop % f'"occurred_at":"{written}"',
            problem("occurred_at", "RFC 3339 time from 1970 to 9999", "string"),
        )

    yield refused("an empty id", "loop", loop % '"id":""', problem("id", "non-empty string or integer", "string"))
    yield refused(
        "an id that is no integer", "loop", loop % '"id":1.5', problem("id", "non-empty string or integer", "number")
    )
    for written, text in {
        "7": "7",
        "0": "0",
        "-0": "0",
        "-12": "-12",
        "12.0": "12",
        "1e3": "1000",
        "9007199254740991": "9007199254740991",
    }.items():
        yield accepted(f"an id of {written}", "loop", loop % f'"id":{written}', text)
    for name, text in {
        "one character": "x",
        "128 characters": "i" * 128,
        "a space": "a b",
        "a colon": "loop:id:x",
        "a tilde": "~",
        "a null word": "null",
        "the name of another key": "body-sha256:00",
    }.items():
        yield accepted(f"an id of {name}", "loop", loop % f'"id":{json.dumps(text)}', text)
    for name, text in {
        "129 characters": "i" * 129,
        "a letter beyond ASCII": "é",
        "a newline": "a\nb",
        "a NUL": "a\0b",
        "a DEL": "a\x7fb",
        "128 letters beyond ASCII": "é" * 128,
        "10000 characters": "i" * 10000,
    }.items():
        key = f"loop:id-sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        yield accepted(
            f"an id of {name} is hashed into the key", "loop", loop % f'"id":{json.dumps(text)}', text, key=key
        )
    yield accepted(
        "an id of glycanage",
        "glycanage",
        '{"type":"kit-received","timestamp":1,"data":{"kitCode":"K"},"id":"evt_1"}',
        "evt_1",
        1,
    )
    yield accepted(
        "two kits of one millisecond have two keys",
        "glycanage",
        '{"type":"kit-received","timestamp":1,"data":{"kitCode":"KIT2"}}',
        None,
        1,
    )

"""The raw body, byte for byte."""

from schema import DYNAMIC, HEADER, MAX_PAYLOAD, case, check, error, octets, signature


def cases():
    bodies = {
        "nothing": "",
        "one byte": "x",
        "text beyond ASCII": "Größe: ½ é 漢字 😀",
        "the same character, composed": "\u00e9",
        "the same character, decomposed": "e\u0301",
        "a byte order mark": "\ufeff{}",
        "NULs": "\0\0\0",
        "carriage returns": "a\r\nb\rc\n",
        "whitespace before and after": "  {}  \n",
        "two dollar signs": "$$ $& $1",
        "bytes that are not UTF-8": {"hex": "80ff00c328"},
        "half a character": {"hex": "e282"},
        "an encoded surrogate": {"hex": "eda080"},
        "an overlong NUL": {"hex": "c080"},
        "UTF-16": octets('{"type":"x"}'.encode("utf-16")),
        "every byte": octets(bytes(range(256))),
        "a whole mebibyte": {"repeat": "x", "times": 1 << 20},
    }
    for name, body in bodies.items():
        for provider in HEADER:
            whole = signature(provider, body)
            yield check(f"{provider} verifies {name}", provider, whole, {"secret": "0"}, payload=body)
            yield case(f"{provider} signs {name}", "sign", provider, {"signature": whole}, payload=body)
    spaced, compact = '{"type": "protocol.started"}', '{"type":"protocol.started"}'
    yield check(
        "a re-serialised body is refused",
        "loop",
        signature("loop", spaced),
        error("signature_mismatch"),
        payload=compact,
    )
    yield check(
        "a number written otherwise is refused",
        "loop",
        signature("loop", '{"a":1.0}'),
        error("signature_mismatch"),
        payload='{"a":1}',
    )
    yield check(
        "an escape written otherwise is refused",
        "loop",
        signature("loop", '{"a":"\\u00e9"}'),
        error("signature_mismatch"),
        payload='{"a":"é"}',
    )
    yield check(
        "a body with a newline added is refused",
        "loop",
        signature("loop", "{}"),
        error("signature_mismatch"),
        payload="{}\n",
    )
    largest = {"repeat": "x", "times": MAX_PAYLOAD}
    over = {"repeat": "x", "times": MAX_PAYLOAD + 1}
    yield check("16 MiB is verified", "loop", signature("loop", largest), {"secret": "0"}, payload=largest)
    yield check(
        "16 MiB and a byte is refused", "loop", signature("loop", over), error("payload_too_large"), payload=over
    )
    yield case("16 MiB and a byte is not signed", "sign", "loop", error("payload_too_large"), payload=over)
    wide = {"repeat": "é", "times": MAX_PAYLOAD // 2 + 1}
    yield check(
        "text whose bytes are over the limit is refused", "loop", "00", error("payload_too_large"), payload=wide
    )
    others = {"null": None, "true": True, "a number": 7, "a list": [123, 125], "a parsed object": {"type": "x"}}
    for name, value in others.items():
        for call, more in {"verify": {"headers": []}, "verify_signature": {"headers": []}, "sign": {}}.items():
            yield case(
                f"{call}: {name} is not a raw body",
                call,
                "loop",
                error("payload_not_raw"),
                payload={"parsed": value},
                only=DYNAMIC,
                **more,
            )
    yield case(
        "ill-formed text is not a raw body",
        "sign",
        "loop",
        error("payload_not_raw"),
        payload={"utf16": ["007b", "dc00", "007d"]},
        only=DYNAMIC,
    )

"""Writes the vector files, signing with Python's own hmac. See README.md for the schema."""

import hashlib
import hmac
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent

HEADER = {"loop": "X-Loop-Signature", "glycanage": "X-GlycanAge-Signature"}
PREFIX = {"loop": "", "glycanage": "sha256="}
SECRET = "a secret of 32 characters or more"
STATUS = {
    "unknown_provider": None,
    "invalid_secret": None,
    "payload_not_raw": 500,
    "payload_too_large": 413,
    "missing_signature": 401,
    "repeated_signature": 401,
    "malformed_signature": 401,
    "signature_mismatch": 401,
    "malformed_json": 422,
    "invalid_event": 422,
}
DYNAMIC = ["javascript", "python"]
MAX_PAYLOAD = 16 * 1024 * 1024


def raw(value):
    """The bytes of a value of the schema."""
    if isinstance(value, str):
        return value.encode()
    if "hex" in value:
        return bytes.fromhex(value["hex"])
    return raw(value["repeat"]) * value["times"]


def octets(data):
    return {"hex": data.hex()}


def digest(secret, payload):
    return hmac.new(raw(secret), raw(payload), hashlib.sha256).hexdigest()


def signature(provider, payload, secret=SECRET):
    return PREFIX[provider] + digest(secret, payload)


def error(code, **more):
    return {"error": {"code": code, "status": STATUS[code], **more}}


def case(name, call, provider, expect, secrets=(SECRET,), **more):
    return {"name": name, "call": call, "provider": provider, "secrets": list(secrets), **more, "expect": expect}


def check(name, provider, value, expect, payload="payload", **more):
    """verify_signature, with one value of the provider's own header, or with none."""
    headers = [] if value is None else [[HEADER[provider], value]]
    return case(name, "verify_signature", provider, expect, payload=payload, headers=headers, **more)


def signed(name, provider, payload, expect, secret=SECRET, **more):
    """verify, of a payload that is properly signed."""
    headers = [[HEADER[provider], signature(provider, payload, secret)]]
    return case(name, "verify", provider, expect, secrets=[secret], payload=payload, headers=headers, **more)


def published():
    github = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    for provider in HEADER:
        whole = PREFIX[provider] + github
        about = {"secrets": ["It's a Secret to Everybody"], "payload": "Hello, World!"}
        yield check(f"{provider} accepts GitHub's published example", provider, whole, {"secret": "0"}, **about)
        yield case(f"{provider} signs GitHub's published example", "sign", provider, {"signature": whole}, **about)


def rfc4231():
    tests = [
        ("1", "0b" * 20, b"Hi There".hex(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        ("2", b"Jefe".hex(), b"what do ya want for nothing?".hex(),
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ("3", "aa" * 20, "dd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        ("4", bytes(range(1, 26)).hex(), "cd" * 50,
         "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        ("6", "aa" * 131, b"Test Using Larger Than Block-Size Key - Hash Key First".hex(),
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        ("7", "aa" * 131,
         b"This is a test using a larger than block-size key and a larger than block-size data. "
         b"The key needs to be hashed before being used by the HMAC algorithm.".hex(),
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]
    for number, key, data, mac in tests:
        about = {"secrets": [{"hex": key}], "payload": {"hex": data}}
        yield check(f"test case {number} is accepted", "loop", mac, {"secret": "0"}, **about)
        yield case(f"test case {number} is signed", "sign", "loop", {"signature": mac}, **about)
    truncated = {"secrets": [{"hex": "0c" * 20}], "payload": "Test With Truncation"}
    short = "a3b6167473100ee06e0c796c2955552b"
    yield check("test case 5, a truncated tag, is refused", "loop", short, error("malformed_signature"), **truncated)


def signatures():
    for provider in HEADER:
        good = signature(provider, "payload")
        digits = digest(SECRET, "payload")
        prefix = PREFIX[provider]
        accepted = {
            "lower-case digits": good,
            "upper-case digits": prefix + digits.upper(),
            "mixed-case digits": prefix + digits[:32].upper() + digits[32:],
        }
        for name, value in accepted.items():
            yield check(f"{provider} accepts {name}", provider, value, {"secret": "0"})

        malformed = {
            "63 digits": good[:-1],
            "62 digits, a whole byte short": good[:-2],
            "32 digits, a truncated tag": prefix + digits[:32],
            "65 digits": good + "0",
            "66 digits, a byte too many": good + "00",
            "128 digits, the signature twice": good + digits,
            "4096 digits": prefix + "0" * 4096,
            "no digits": prefix or " ",
            "a space before": " " + good,
            "a space after": good + " ",
            "a newline after": good + "\n",
            "a NUL after": good + "\0",
            "a semicolon after": good + ";",
            "a space inside": good[:-2] + " " + good[-1],
            "quotes around": f'"{good}"',
            "a digit that is not hex": good[:-1] + "g",
            "64 characters that are not hex": prefix + "z" * 64,
            "64 times é": prefix + "é" * 64,
            "64 full-width digits": prefix + "０" * 64,
            "0x before the digits": prefix + "0x" + digits[2:],
            "dashes between the digits": prefix + "-".join(digits[i : i + 8] for i in range(0, 64, 8)),
            "base64": prefix + "YmFzZTY0IG9mIHRoaXJ0eS10d28gYnl0ZXMsIGFib3V0ISE=",
            "a character beyond the BMP": prefix + "😀" * 16,
            "text that is not hex at all": "null",
            "an upper-case prefix": "SHA256=" + digits,
            "a mixed-case prefix": "Sha256=" + digits,
            "another hash's prefix": "sha1=" + digits,
            "two prefixes": "sha256=sha256=" + digits,
            "a colon for the prefix's equals sign": "sha256:" + digits,
            "a space after the prefix": "sha256= " + digits,
            "a version before, as Stripe's": "v1=" + digits,
        }
        for name, value in malformed.items():
            yield check(f"{provider} refuses {name}", provider, value, error("malformed_signature"))
        other = {"loop": "sha256=" + digits, "glycanage": digits}[provider]
        yield check(f"{provider} refuses the other sender's form", provider, other, error("malformed_signature"))

        mismatched = {
            "a changed first digit": prefix + format(int(digits[0], 16) ^ 1, "x") + digits[1:],
            "a changed last digit": good[:-1] + format(int(digits[-1], 16) ^ 1, "x"),
            "64 zeros": prefix + "0" * 64,
            "the signature of nothing": signature(provider, ""),
            "a signature under another secret": signature(provider, "payload", "another secret"),
            "the plain SHA-256 of the payload": prefix + hashlib.sha256(b"payload").hexdigest(),
        }
        for name, value in mismatched.items():
            yield check(f"{provider} refuses {name}", provider, value, error("signature_mismatch"))


def headers():
    for provider, name in HEADER.items():
        good = signature(provider, "payload")
        other = next(other for other in HEADER if other != provider)

        def verify(about, pairs, expect, **more):
            return case(f"{provider}: {about}", "verify_signature", provider, expect,
                        payload="payload", headers=pairs, **more)

        found, missing, repeated = {"secret": "0"}, error("missing_signature"), error("repeated_signature")
        yield verify("the name as the guide spells it", [[name, good]], found)
        yield verify("the name in lower case", [[name.lower(), good]], found)
        yield verify("the name in upper case", [[name.upper(), good]], found)
        yield verify("the name in no particular case", [[name.swapcase(), good]], found)
        yield verify("among other headers", [["Host", "example.com"], [name, good], ["Accept", "*/*"]], found)
        yield verify("no headers", [], missing)
        yield verify("headers that are none", None, missing, only=DYNAMIC)
        yield verify("other headers only", [["Host", "example.com"]], missing)
        yield verify("an empty signature", [[name, ""]], missing)
        yield verify("a name that only begins like it", [[name + "-Old", good]], missing)
        yield verify("the name with underscores", [[name.replace("-", "_"), good]], missing)
        yield verify("the other sender's header", [[HEADER[other], signature(other, "payload")]], missing)
        yield verify("both senders' headers", [[HEADER[other], "00"], [name, good]], found)
        yield verify("the right signature, twice", [[name, good], [name, good]], repeated)
        yield verify("the right signature, then a wrong one", [[name, good], [name, "00"]], repeated)
        yield verify("a wrong signature, then the right one", [[name, "00"], [name, good]], repeated)
        yield verify("twice, in two cases of the name", [[name.lower(), good], [name.upper(), good]], repeated)
        yield verify("an empty one, then the right one", [[name, ""], [name, good]], repeated)
        yield verify("twice, both empty", [[name, ""], [name, ""]], repeated)
        yield verify("joined by a comma, as hosts do", [[name, f"{good}, {good}"]], repeated)
        yield verify("joined by a comma without a space", [[name, f"{good},{good}"]], repeated)
        yield verify("a comma after it", [[name, good + ","]], repeated)
        yield verify("a comma alone", [[name, ","]], repeated)
        yield verify("a value that is a number", [[name, {"parsed": 7}]], error("malformed_signature"), only=DYNAMIC)
        yield verify("a value that is an object", [[name, {"parsed": {}}]], error("malformed_signature"), only=DYNAMIC)
        yield verify("a value that is none", [[name, {"parsed": None}]], missing, only=DYNAMIC)
        yield verify("ill-formed text", [[name, {"utf16": ["d800"]}]], error("malformed_signature"), only=DYNAMIC)
        unsigned = [["X-Loop-Event-Id", "evt_forged"], ["X-Loop-Event-Type", "forged"], ["X-Loop-Delivery-Attempt", "9"]]
        body = {"loop": '{"type":"protocol.started"}',
                "glycanage": '{"type":"kit-received","timestamp":1,"data":{"kitCode":"K"}}'}[provider]
        key = f"{provider}:body-sha256:{hashlib.sha256(body.encode()).hexdigest()}"
        yield case(f"{provider}: unsigned headers change neither verdict nor key", "verify", provider,
                   event(body, key, None, {"glycanage": 1}.get(provider)), payload=body, headers=[*unsigned, [name, signature(provider, body)]])


def secrets():
    def make(name, expect, *given, provider="loop", **more):
        return case(name, "new", provider, expect, secrets=given, **more)

    refused, made = error("invalid_secret"), {"made": True}
    yield make("no secret at all", refused)
    yield make("an empty text", refused, "")
    yield make("no bytes", refused, {"hex": ""})
    blanks = {"space": " ", "newline": "\n", "tab": "\t", "carriage return": "\r", "vertical tab": "\v",
              "form feed": "\f", "next line": "\x85", "no-break space": "\xa0", "em space": "\u2003",
              "line separator": "\u2028", "ideographic space": "\u3000", "byte order mark": "\ufeff"}
    for name, blank in blanks.items():
        yield make(f"a text of one {name}", refused, blank)
        yield make(f"a {name} before a text", refused, blank + "secret")
        yield make(f"a {name} after a text", refused, "secret" + blank)
        yield make(f"a {name} inside a text", made, "se" + blank + "cret")
        yield make(f"bytes of one {name}", made, octets(blank.encode()))
        yield make(f"a {name} after bytes", made, octets(b"secret" + blank.encode()))
    yield make("a carriage return and a newline after a text", refused, "secret\r\n")
    yield make("whitespace of several kinds", refused, " \t\r\n\u2003")
    yield make("a zero-width space around a text, which is not whitespace", made, "\u200bsecret\u200b")
    yield make("one NUL byte", refused, {"hex": "00"})
    yield make("64 NUL bytes, the key that an empty one is", refused, {"repeat": {"hex": "00"}, "times": 64})
    yield make("65 NUL bytes", refused, {"repeat": {"hex": "00"}, "times": 65})
    yield make("a NUL as text", refused, "\0")
    yield make("a NUL inside a text", made, "se\0cret")
    yield make("one character", made, "s")
    yield make("31 characters, one short of GlycanAge's own rule, as its guide's example", made,
               "test-secret-key-for-development", provider="glycanage")
    yield make("bytes that are not UTF-8", made, {"hex": "ff00fe"})
    yield make("text beyond ASCII", made, "пароль😀")
    yield make("a megabyte", made, {"repeat": "s", "times": 1 << 20})
    yield make("a good one, then an empty one", refused, "secret", "")
    yield make("a labelled empty one", refused, {"label": "old", "secret": ""})
    yield make("a lone surrogate", refused, {"utf16": ["0073", "d800"]}, only=DYNAMIC)
    for name, value in {"null": None, "a number": 7, "true": True, "an empty object": {}}.items():
        yield make(f"{name} in a list", refused, {"parsed": value}, only=DYNAMIC)
    for provider in ["", "Loop", "LOOP", "loop ", "glycanAge", "stripe", "lоop"]:
        yield make(f"a provider that is {provider!r}", error("unknown_provider"), "secret", provider=provider)

    def rotated(name, by, expect, *given):
        return check(name, "loop", signature("loop", "payload", by), expect, secrets=given)

    labelled = [{"label": "new", "secret": "the new secret"}, {"label": "old", "secret": "the old secret"}]
    yield rotated("the first of two matches", "the new secret", {"secret": "0"}, "the new secret", "the old secret")
    yield rotated("the second of two matches", "the old secret", {"secret": "1"}, "the new secret", "the old secret")
    yield rotated("neither of two matches", "a third secret", error("signature_mismatch"), "the new secret", "the old secret")
    yield rotated("the label of the first", "the new secret", {"secret": "new"}, *labelled)
    yield rotated("the label of the second", "the old secret", {"secret": "old"}, *labelled)
    yield rotated("a label for one of two", "the old secret", {"secret": "1"}, labelled[0], "the old secret")
    yield rotated("the same secret twice: the first is told", "twice", {"secret": "0"}, "twice", "twice")
    yield rotated("the last of ten", "s9", {"secret": "9"}, *[f"s{n}" for n in range(10)])
    yield rotated("the same bytes as text and as bytes", "secret", {"secret": "0"}, octets(b"secret"))
    yield case("the first secret signs", "sign", "loop", {"signature": signature("loop", "payload", "the new secret")},
               secrets=labelled, payload="payload")
    for size in [1, 63, 64, 65, 200]:
        secret = {"repeat": "k", "times": size}
        yield rotated(f"a secret of {size} bytes", secret, {"secret": "0"}, secret)
    yield rotated("a secret of 64 bytes is not the same with a NUL after it", {"repeat": "k", "times": 64},
                  error("signature_mismatch"), octets(b"k" * 64 + b"\0"))


def payloads():
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
    yield check("a re-serialised body is refused", "loop", signature("loop", spaced), error("signature_mismatch"),
                payload=compact)
    yield check("a number written otherwise is refused", "loop", signature("loop", '{"a":1.0}'),
                error("signature_mismatch"), payload='{"a":1}')
    yield check("an escape written otherwise is refused", "loop", signature("loop", '{"a":"\\u00e9"}'),
                error("signature_mismatch"), payload='{"a":"é"}')
    yield check("a body with a newline added is refused", "loop", signature("loop", "{}"),
                error("signature_mismatch"), payload="{}\n")
    largest = {"repeat": "x", "times": MAX_PAYLOAD}
    over = {"repeat": "x", "times": MAX_PAYLOAD + 1}
    yield check("16 MiB is verified", "loop", signature("loop", largest), {"secret": "0"}, payload=largest)
    yield check("16 MiB and a byte is refused", "loop", signature("loop", over), error("payload_too_large"), payload=over)
    yield case("16 MiB and a byte is not signed", "sign", "loop", error("payload_too_large"), payload=over)
    wide = {"repeat": "é", "times": MAX_PAYLOAD // 2 + 1}
    yield check("text whose bytes are over the limit is refused", "loop", "00", error("payload_too_large"), payload=wide)
    others = {"null": None, "true": True, "a number": 7, "a list": [123, 125], "a parsed object": {"type": "x"}}
    for name, value in others.items():
        for call, more in {"verify": {"headers": []}, "verify_signature": {"headers": []}, "sign": {}}.items():
            yield case(f"{call}: {name} is not a raw body", call, "loop", error("payload_not_raw"),
                       payload={"parsed": value}, only=DYNAMIC, **more)
    yield case("ill-formed text is not a raw body", "sign", "loop", error("payload_not_raw"),
               payload={"utf16": ["007b", "dc00", "007d"]}, only=DYNAMIC)


def precedence():
    """Each case has the fault that it names, and every fault of lower rank that can be had together with it."""
    header = HEADER["loop"]
    over = {"repeat": "{", "times": MAX_PAYLOAD + 1}

    def verify(name, payload, pairs, code, **more):
        expect = error(code, **{key: more.pop(key) for key in ["offset", "problems"] if key in more})
        return case(name, "verify", "loop", expect, payload=payload, headers=pairs, **more)

    yield verify("1 payload_not_raw", {"parsed": None}, [], "payload_not_raw", only=DYNAMIC)
    yield verify("2 payload_too_large", over, [], "payload_too_large")
    yield verify("3 missing_signature", "{", [], "missing_signature")
    yield verify("4 repeated_signature", "{", [[header, "00"], [header, "zz"]], "repeated_signature")
    yield verify("5 malformed_signature", "{", [[header, "00"]], "malformed_signature")
    yield verify("6 signature_mismatch", "{", [[header, "0" * 64]], "signature_mismatch")
    yield verify("7 malformed_json", '{"type":7,', [[header, signature("loop", '{"type":7,')]], "malformed_json", offset=10)
    yield verify("8 invalid_event", '{"type":7}', [[header, signature("loop", '{"type":7}')]], "invalid_event",
                 problems=[problem("type", "string", "number")])


def problem(path, expected, found):
    return {"path": path, "expected": expected, "found": found}


KNOWN = ["biomarker.result.created", "protocol.started", "clinical.biomarker.parsed.v1", "order-status-changed",
         "assignment-status-changed", "kit-received", "report-ready"]


def event(text, key, event_id=None, occurred_at=None, secret="0"):
    body = json.loads(text)
    return {"event": {"type": body["type"], "known": body["type"] in KNOWN, "id": event_id, "occurred_at": occurred_at,
                      "key": key, "secret": secret, "body": body}}


def body_key(provider, text):
    return f"{provider}:body-sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def events():
    def accepted(name, provider, text, event_id=None, occurred_at=None, key=None):
        plain = f"{provider}:id:{event_id}" if event_id is not None else body_key(provider, text)
        return signed(name, provider, text, event(text, key or plain, event_id, occurred_at))

    def refused(name, provider, text, *problems):
        return signed(name, provider, text, error("invalid_event", problems=list(problems)))

    for sample in sorted((HERE / "../samples").glob("*/*.json")):
        provider, text = sample.parent.name, sample.read_text()
        body = json.loads(text)
        occurred_at = body.get("timestamp", 1779453296000 if "occurred_at" in body else None)
        yield accepted(f"the documented {sample.stem} of {provider}", provider, text, body.get("id"), occurred_at)

    loop = '{"type":"protocol.started",%s}'
    yield accepted("an unknown type passes", "loop", '{"type":"sleep.score.v9","x":[1]}')
    yield accepted("an unknown type of glycanage passes", "glycanage", '{"type":"kit-lost","timestamp":5,"data":[]}', None, 5)
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
            yield refused(f"a {member} that is {name}", "loop", loop % f'"{member}":{value}', problem(member, "string", name))
        yield refused(f"an occurred_at that is {name}", "loop", loop % f'"occurred_at":{value}',
                      problem("occurred_at", "RFC 3339 time from 1970 to 9999", name))
        if name != "number":
            yield refused(f"an id that is {name}", "loop", loop % f'"id":{value}',
                          problem("id", "non-empty string or integer", name))
    yield refused("everything wrong with loop, in the order of its documents", "loop",
                  '{"data":1,"occurred_at":1,"client_id":1,"user_id":1,"id":1.5,"type":1}',
                  problem("type", "string", "number"), problem("id", "non-empty string or integer", "number"),
                  problem("user_id", "string", "number"), problem("client_id", "string", "number"),
                  problem("occurred_at", "RFC 3339 time from 1970 to 9999", "number"))
    millis = "time in ms, an integer from 0 to 253402300799999"
    yield refused("an empty event of glycanage", "glycanage", "{}", problem("type", "string", "nothing"),
                  problem("timestamp", millis, "nothing"), problem("data", "a value", "nothing"))
    yield refused("a null data of glycanage", "glycanage", '{"type":"kit-received","timestamp":0,"data":null}',
                  problem("data", "a value", "null"))

    glycanage = '{"type":"kit-received","timestamp":%s,"data":{"kitCode":"K"}}'
    for written, value in {"0": 0, "253402300799999": 253402300799999, "1693123200000.0": 1693123200000,
                           "1.6931232e12": 1693123200000, "16931232E+5": 1693123200000, "-0": 0, "-0.0": 0,
                           "1000e-1": 100}.items():
        yield accepted(f"a timestamp of {written}", "glycanage", glycanage % written, None, value)
    for written in ["-1", "253402300800000", "0.5", "1e300", "9007199254740991", "-1.0"]:
        yield refused(f"a timestamp of {written}", "glycanage", glycanage % written, problem("timestamp", millis, "number"))
    yield refused("a timestamp as text", "glycanage", glycanage % '"1693123200000"', problem("timestamp", millis, "string"))
    yield refused("a timestamp as RFC 3339", "glycanage", glycanage % '"2023-08-27T08:00:00Z"',
                  problem("timestamp", millis, "string"))

    for written, value in {"2026-05-22T12:34:56Z": 1779453296000, "2026-05-22T12:34:56.789Z": 1779453296789,
                           "2026-05-22T12:34:56.7899999Z": 1779453296789, "2026-05-22T14:34:56+02:00": 1779453296000,
                           "2026-05-22T07:04:56-05:30": 1779453296000, "2026-05-22t12:34:56z": 1779453296000,
                           "1970-01-01T00:00:00Z": 0, "9999-12-31T23:59:59.999Z": 253402300799999,
                           "2024-02-29T00:00:00Z": 1709164800000}.items():
        yield accepted(f"an occurred_at of {written}", "loop", loop % f'"occurred_at":"{written}"', None, value)
    for written in ["", "yesterday", "2026-05-22", "2026-05-22T12:34:56", "2026-05-22T12:34Z", "2026-13-01T00:00:00Z",
                    "2026-02-29T00:00:00Z", "2026-05-22T24:00:00Z", "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z",
                    "10000-01-01T00:00:00Z", "9999-12-31T23:59:59.999-01:00", " 2026-05-22T12:34:56Z",
                    "2026-05-22T12:34:56Z ", "Fri, 22 May 2026 12:34:56 GMT", "1779453296000"]:
        yield refused(f"an occurred_at of {written!r}", "loop", loop % f'"occurred_at":"{written}"',
                      problem("occurred_at", "RFC 3339 time from 1970 to 9999", "string"))

    yield refused("an empty id", "loop", loop % '"id":""', problem("id", "non-empty string or integer", "string"))
    yield refused("an id that is no integer", "loop", loop % '"id":1.5', problem("id", "non-empty string or integer", "number"))
    for written, text in {"7": "7", "0": "0", "-0": "0", "-12": "-12", "12.0": "12", "1e3": "1000",
                          "9007199254740991": "9007199254740991"}.items():
        yield accepted(f"an id of {written}", "loop", loop % f'"id":{written}', text)
    for name, text in {"one character": "x", "128 characters": "i" * 128, "a space": "a b", "a colon": "loop:id:x",
                       "a tilde": "~", "a null word": "null", "the name of another key": "body-sha256:00"}.items():
        yield accepted(f"an id of {name}", "loop", loop % f'"id":{json.dumps(text)}', text)
    for name, text in {"129 characters": "i" * 129, "a letter beyond ASCII": "é", "a newline": "a\nb", "a NUL": "a\0b",
                       "a DEL": "a\x7fb", "128 letters beyond ASCII": "é" * 128, "10000 characters": "i" * 10000}.items():
        key = f"loop:id-sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        yield accepted(f"an id of {name} is hashed into the key", "loop", loop % f'"id":{json.dumps(text)}', text, key=key)
    yield accepted("an id of glycanage", "glycanage", '{"type":"kit-received","timestamp":1,"data":{},"id":"evt_1"}', "evt_1", 1)
    yield accepted("two kits of one millisecond have two keys", "glycanage",
                   '{"type":"kit-received","timestamp":1,"data":{"kitCode":"KIT2"}}', None, 1)


def strict_json():
    def refused(name, payload, offset):
        return signed(name, "loop", payload, error("malformed_json", offset=offset))

    def accepted(name, text):
        return signed(name, "loop", text, event(text, body_key("loop", text)))

    def member(value):
        return '{"type":"t","v":%s}' % value

    at = len('{"type":"t","v":')
    yield refused("nothing", "", 0)
    yield refused("whitespace alone", " \n", 2)
    for name, text in {"an array": "[]", "a string": '"x"', "a number": "7", "null": "null", "true": "true"}.items():
        yield refused(f"{name} at the root", text, 0)
    yield refused("a byte order mark", '\ufeff{"type":"t"}', 0)
    yield refused("UTF-16 with a mark", octets('{"type":"t"}'.encode("utf-16")), 0)
    yield refused("UTF-16 without a mark", octets('{"type":"t"}'.encode("utf-16-le")), 1)
    yield refused("UTF-32", octets('{"type":"t"}'.encode("utf-32-le")), 1)
    for name, data in {"a stray continuation byte": b"\x80", "half a character": b"\xe2\x82", "an encoded surrogate": b"\xed\xa0\x80",
                       "an overlong slash": b"\xc0\xaf", "a code point beyond Unicode": b"\xf4\x90\x80\x80", "a 0xFF": b"\xff"}.items():
        yield refused(f"UTF-8 with {name}", octets(b'{"type":"t","v":"' + data + b'"}'), at + 1)
    yield refused("two values", '{"type":"t"}{"type":"t"}', 12)
    yield refused("a character after the value", '{"type":"t"} x', 13)
    yield refused("a NUL after the value", '{"type":"t"}\0', 12)
    yield refused("a duplicate name", '{"type":"t","type":"t"}', 12)
    yield refused("a duplicate name, once escaped", '{"type":"t","\\u0074ype":"t"}', 12)
    yield refused("a duplicate name, three members apart", '{"type":"t","a":1,"b":2,"a":3}', 24)
    yield refused("a duplicate name in an object in an array", member('[{"a":1,"a":2}]'), at + 8)
    yield refused("a duplicate name that is empty", member('{"":1,"":2}'), at + 6)
    yield accepted("names that differ in case", member('{"a":1,"A":2}'))
    yield accepted("names that differ in composition", member('{"\u00e9":1,"e\u0301":2}'))
    yield accepted("the same name in two objects", member('[{"a":1},{"a":2}]'))
    yield refused("a comma before the end of an object", '{"type":"t",}', 12)
    yield refused("a comma before the end of an array", member("[1,]"), at + 3)
    yield refused("a missing comma", '{"type":"t" "v":1}', 12)
    yield refused("a missing colon", '{"type" "t"}', 8)
    yield refused("a missing value", '{"type":}', 8)
    yield refused("a name without quotes", '{type:"t"}', 1)
    yield refused("single quotes", "{'type':'t'}", 1)
    yield refused("a comment", '{/**/"type":"t"}', 1)
    yield refused("an object without an end", '{"type":"t"', 11)
    yield refused("an array without an end", '{"type":[', 9)
    yield refused("a string without an end", '{"type":"t', 10)
    yield refused("a number as a name", '{1:"t"}', 1)
    yield refused("a form feed for whitespace", '{\f"type":"t"}', 1)
    yield refused("a no-break space for whitespace", '{\xa0"type":"t"}', 1)
    for name, text in {"NaN": "NaN", "Infinity": "Infinity", "undefined": "undefined", "True": "True", "half a word": "tru",
                       "a plus sign": "+1", "a bare point": ".5", "hex": "x10"}.items():
        yield refused(f"{name} for a value", member(text), at)
    yield refused("-Infinity", member("-Infinity"), at + 1)
    yield refused("a word with more after it", member("nullx"), at + 4)
    yield refused("a leading zero", member("01"), at + 1)
    yield refused("a minus alone", member("-"), at + 1)
    yield refused("a point without digits", member("1."), at + 2)
    yield refused("an exponent without digits", member("1e"), at + 2)
    yield refused("a signed exponent without digits", member("1e+"), at + 3)
    yield refused("hex digits", member("0x1F"), at + 1)
    for text in ["9007199254740992", "-9007199254740992", "18446744073709551616", "1" + "0" * 400]:
        yield refused(f"the integer {text[:20]} of {len(text)} characters", member(text), at)
    for text in ["1e400", "-1e400", "1.8e308", "17976931348623159e292", "1e99999999999999999999"]:
        yield refused(f"the number {text}", member(text), at)
    for text in ["0", "-0", "-0.0", "1.5", "1E5", "1e-400", "0e999", "9007199254740991", "-9007199254740991", "9007199254740993.0",
                 "1.7976931348623157e308", "5e-324", "0.1", "123456789012345678901234567890e-10"]:
        yield accepted(f"the number {text}", member(text))
    for name, text, offset in [("a raw newline", '"a\nb"', 2), ("a raw NUL", '"a\0b"', 2), ("a raw tab", '"\t"', 1),
                               ("an escape that JSON has not", '"\\x41"', 2), ("an escaped newline", '"\\\n"', 2),
                               ("an escape without an end", '"\\', 2), ("a short unicode escape", '"\\u12"', 5),
                               ("a unicode escape that is not hex", '"\\u12g4"', 5), ("a signed unicode escape", '"\\u+123"', 3),
                               ("a lone high surrogate", '"\\ud800"', 1), ("a lone low surrogate", '"\\udc00"', 1),
                               ("a high surrogate before a letter", '"\\ud800a"', 1), ("two high surrogates", '"\\ud800\\ud800"', 1),
                               ("a high surrogate before a newline", '"\\ud800\\n"', 1),
                               ("surrogates in the wrong order", '"\\udc00\\ud800"', 1), ("a lone surrogate after text", '"ab\\udfff"', 3)]:
        yield refused(f"a string with {name}", member(text), at + offset)
    yield refused("a name with a lone surrogate", '{"\\ud800":1}', 2)
    for name, text in {"every escape": '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041"', "an escaped NUL": '"\\u0000"', "a surrogate pair": '"\\ud83d\\ude00"',
                       "upper-case hex digits": '"\\u00E9"', "a DEL": '"\x7f"', "line separators": '"\u2028\u2029"',
                       "a noncharacter": '"\uffff"', "the last code point": '"\U0010ffff"', "an inner byte order mark": '"\ufeff"'}.items():
        yield accepted(f"a string with {name}", member(text))
    for name, text in {"__proto__": '{"__proto__":{"polluted":true}}', "constructor": '{"constructor":{"prototype":{}}}',
                       "serde_json's private number": '{"$serde_json::private::Number":"1e999"}',
                       "serde_json's private raw value": '{"$serde_json::private::RawValue":"]["}', "an empty name": '{"":1}',
                       "toJSON": '{"toJSON":1}', "hasOwnProperty": '{"hasOwnProperty":1}'}.items():
        yield accepted(f"a member named {name} is plain data", member(text))
    deep = 64 - 1
    yield accepted("64 levels of arrays", member("[" * deep + "]" * deep))
    yield accepted("64 levels of objects", member('{"a":' * deep + "1" + "}" * deep))
    yield refused("65 levels of arrays", member("[" * (deep + 1) + "]" * (deep + 1)), at + deep)
    yield refused("65 levels of objects", member('{"a":' * (deep + 1) + "1" + "}" * (deep + 1)), at + 5 * deep)
    yield refused("100000 levels without an end", member("[" * 100_000), at + deep)


def wycheproof(source):
    for group in json.loads(Path(source).read_text())["testGroups"]:
        for test in group["tests"]:
            whole = group["tagSize"] == 256
            empty = test["key"] == ""
            name = f"{test['tcId']}: {test['comment'] or 'no comment'}, key {group['keySize']}, tag {group['tagSize']}"
            if empty:
                expect = error("invalid_secret")
            elif not whole:
                expect = error("malformed_signature")
            else:
                expect = {"secret": "0"} if test["result"] == "valid" else error("signature_mismatch")
            yield check(name, "loop", test["tag"], expect, payload={"hex": test["msg"]}, secrets=[{"hex": test["key"]}])


FILES = {
    "published": ("Examples that others have published", published),
    "rfc4231": ("RFC 4231's test cases for HMAC-SHA-256", rfc4231),
    "signatures": ("The signature's grammar and its comparison", signatures),
    "headers": ("Where the signature is looked for", headers),
    "secrets": ("What may be a secret, and which of several matches", secrets),
    "payloads": ("The raw body, byte for byte", payloads),
    "precedence": ("Which code wins where several would apply", precedence),
    "events": ("What a verified body says", events),
    "strict_json": ("What is I-JSON and what is not, with the offset at which it stops", strict_json),
}


def written(about, cases):
    cases = list(cases)
    names = [case["name"] for case in cases]
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]
    lines = ",\n".join("    " + json.dumps(case, ensure_ascii=True) for case in cases)
    return f'{{\n  "about": {json.dumps(about)},\n  "cases": [\n{lines}\n  ]\n}}\n'


def main():
    """With --check: fail where a file is not what would be written. With a path: take Wycheproof's cases from there."""
    stale = []
    files = {name: written(about, cases()) for name, (about, cases) in FILES.items()}
    if sys.argv[1:] and sys.argv[1] != "--check":
        files["wycheproof"] = written("Project Wycheproof's hmac_sha256_test.json, all 174 cases", wycheproof(sys.argv[1]))
    for name, text in files.items():
        path = HERE / f"{name}.json"
        if sys.argv[1:] == ["--check"]:
            if path.read_text() != text:
                stale.append(path.name)
        else:
            path.write_text(text)
    if stale:
        sys.exit(f"not what make.py writes, so run it: {', '.join(stale)}")


if __name__ == "__main__":
    main()

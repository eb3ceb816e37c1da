"""What may be a secret, and which of several matches."""

from schema import DYNAMIC, case, check, error, octets, signature


def cases():
    def make(name, expect, *given, provider="loop", **more):
        return case(name, "new", provider, expect, secrets=given, **more)

    refused, made = error("invalid_secret"), {"made": True}
    yield make("no secret at all", refused)
    yield make("an empty text", refused, "")
    yield make("no bytes", refused, {"hex": ""})
    blanks = {
        "space": " ",
        "newline": "\n",
        "tab": "\t",
        "carriage return": "\r",
        "vertical tab": "\v",
        "form feed": "\f",
        "next line": "\x85",
        "no-break space": "\xa0",
        "em space": "\u2003",
        "line separator": "\u2028",
        "ideographic space": "\u3000",
        "byte order mark": "\ufeff",
    }
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
    yield make(
        "31 characters, one short of GlycanAge's own rule, as its guide's example",
        made,
        "test-secret-key-for-development",
        provider="glycanage",
    )
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
    yield rotated(
        "neither of two matches", "a third secret", error("signature_mismatch"), "the new secret", "the old secret"
    )
    yield rotated("the label of the first", "the new secret", {"secret": "new"}, *labelled)
    yield rotated("the label of the second", "the old secret", {"secret": "old"}, *labelled)
    yield rotated("a label for one of two", "the old secret", {"secret": "1"}, labelled[0], "the old secret")
    yield rotated("the same secret twice: the first is told", "twice", {"secret": "0"}, "twice", "twice")
    twice = [{"label": "a", "secret": "x"}, {"label": "a", "secret": "y"}]
    yield make("one label for two secrets, so that nobody could tell which matched", refused, *twice)
    yield make("a label that is another secret's index", refused, "x", {"label": "0", "secret": "y"})
    yield make("a label that is the secret's own index", made, "x", {"label": "1", "secret": "y"})
    yield rotated("the last of ten", "s9", {"secret": "9"}, *[f"s{n}" for n in range(10)])
    yield rotated("the same bytes as text and as bytes", "secret", {"secret": "0"}, octets(b"secret"))
    yield case(
        "the first secret signs",
        "sign",
        "loop",
        {"signature": signature("loop", "payload", "the new secret")},
        secrets=labelled,
        payload="payload",
    )
    for size in [1, 63, 64, 65, 200]:
        secret = {"repeat": "k", "times": size}
        yield rotated(f"a secret of {size} bytes", secret, {"secret": "0"}, secret)
    yield rotated(
        "a secret of 64 bytes is not the same with a NUL after it",
        {"repeat": "k", "times": 64},
        error("signature_mismatch"),
        octets(b"k" * 64 + b"\0"),
    )

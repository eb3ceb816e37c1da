"""What is I-JSON and what is not, with the offset at which it stops."""

from schema import body_key, error, event, octets, problem, signed


def cases():
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
    for name, data in {
        "a stray continuation byte": b"\x80",
        "half a character": b"\xe2\x82",
        "an encoded surrogate": b"\xed\xa0\x80",
        "an overlong slash": b"\xc0\xaf",
        "a code point beyond Unicode": b"\xf4\x90\x80\x80",
        "a 0xFF": b"\xff",
    }.items():
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
    for text in ["true", "false", "null", "[]", "{}", '""', "[true,false,null]", ' [ 1 , { "a" : [ ] } ] ']:
        yield accepted(f"the value {text}", member(text))
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
    for name, text in {
        "fals": "fals",
        "nul": "nul",
        "TRUE": "TRUE",
        "NaN": "NaN",
        "Infinity": "Infinity",
        "undefined": "undefined",
        "True": "True",
        "half a word": "tru",
        "a plus sign": "+1",
        "a bare point": ".5",
        "hex": "x10",
    }.items():
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
    for text in [
        "0",
        "-0",
        "-0.0",
        "1.5",
        "1E5",
        "1e-400",
        "0e999",
        "9007199254740991",
        "-9007199254740991",
        "9007199254740993.0",
        "1.7976931348623157e308",
        "5e-324",
        "0.1",
        "123456789012345678901234567890e-10",
    ]:
        yield accepted(f"the number {text}", member(text))
    for name, text, offset in [
        ("a raw newline", '"a\nb"', 2),
        ("a raw NUL", '"a\0b"', 2),
        ("a raw tab", '"\t"', 1),
        ("an escape that JSON has not", '"\\x41"', 2),
        ("an escaped newline", '"\\\n"', 2),
        ("an escape without an end", '"\\', 2),
        ("a short unicode escape", '"\\u12"', 5),
        ("a unicode escape that is not hex", '"\\u12g4"', 5),
        ("a signed unicode escape", '"\\u+123"', 3),
        ("a lone high surrogate", '"\\ud800"', 1),
        ("a lone low surrogate", '"\\udc00"', 1),
        ("a high surrogate before a letter", '"\\ud800a"', 1),
        ("two high surrogates", '"\\ud800\\ud800"', 1),
        ("a high surrogate before a newline", '"\\ud800\\n"', 1),
        ("surrogates in the wrong order", '"\\udc00\\ud800"', 1),
        ("a lone surrogate after text", '"ab\\udfff"', 3),
    ]:
        yield refused(f"a string with {name}", member(text), at + offset)
    yield refused("a name with a lone surrogate", '{"\\ud800":1}', 2)
    for name, text in {
        "every escape": '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041"',
        "an escaped NUL": '"\\u0000"',
        "a surrogate pair": '"\\ud83d\\ude00"',
        "upper-case hex digits": '"\\u00E9"',
        "a DEL": '"\x7f"',
        "line separators": '"\u2028\u2029"',
        "a noncharacter": '"\uffff"',
        "the last code point": '"\U0010ffff"',
        "an inner byte order mark": '"\ufeff"',
    }.items():
        yield accepted(f"a string with {name}", member(text))
    for name, text in {
        "__proto__": '{"__proto__":{"polluted":true}}',
        "constructor": '{"constructor":{"prototype":{}}}',
        "serde_json's private number": '{"$serde_json::private::Number":"1e999"}',
        "serde_json's private raw value": '{"$serde_json::private::RawValue":"]["}',
        "an empty name": '{"":1}',
        "toJSON": '{"toJSON":1}',
        "hasOwnProperty": '{"hasOwnProperty":1}',
    }.items():
        yield accepted(f"a member named {name} is plain data", member(text))
    deep = 64 - 1
    yield accepted("64 levels of arrays", member("[" * deep + "]" * deep))
    yield accepted("64 levels of objects", member('{"a":' * deep + "1" + "}" * deep))
    yield refused("65 levels of arrays", member("[" * (deep + 1) + "]" * (deep + 1)), at + deep)
    yield refused("65 levels of objects", member('{"a":' * (deep + 1) + "1" + "}" * (deep + 1)), at + 5 * deep)
    yield refused("100000 levels without an end", member("[" * 100_000), at + deep)
    start, many = '{"type":7,', 100_000
    wide = {"concat": [start, {"numbered": '"k#":0,', "times": many}, '"end":0}']}
    yield signed(
        "100000 names pass, and the type's problem is told",
        "loop",
        wide,
        error("invalid_event", problems=[problem("type", "string", "number")]),
    )
    again = {"concat": [start, {"numbered": '"k#":0,', "times": many}, '"k7":0}']}
    offset = len(start) + sum(len(f'"k{n}":0,') for n in range(many))
    yield refused("100000 names, and one of them again", again, offset)
    mebibyte = 1 << 20
    yield refused("an integer of a mebibyte", {"concat": ['{"v":', {"repeat": "1", "times": mebibyte}, "}"]}, 5)
    huge = {"concat": ['{"v":', {"repeat": "1", "times": mebibyte}, "e-1048570}"]}
    yield signed(
        "a decimal of a mebibyte passes, and the missing type is told",
        "loop",
        huge,
        error("invalid_event", problems=[problem("type", "string", "nothing")]),
    )
    yield refused(
        "a decimal of a mebibyte that is infinite", {"concat": ['{"v":', {"repeat": "1", "times": mebibyte}, ".0}"]}, 5
    )
    yield refused(
        "a string of a mebibyte without an end",
        {"concat": ['{"v":"', {"repeat": "x", "times": mebibyte}]},
        6 + mebibyte,
    )
    escapes = {"concat": ['{"v":"', {"repeat": "\\u00e9", "times": 100_000}, '\\ud800"}']}
    yield refused("a lone surrogate after 100000 escapes", escapes, 6 + 600_000)

"""Which code wins where several would apply."""

from schema import DYNAMIC, HEADER, MAX_PAYLOAD, case, error, problem, signature


def cases():
    """Each case has the fault that it names, and every fault of lower rank that can be had together with it."""
    header = HEADER["loop"]
    over = {"repeat": "{", "times": MAX_PAYLOAD + 1}

    def verify(name, payload, pairs, code, **more):
        expect = error(code, **{key: more.pop(key) for key in ["offset", "problems"] if key in more})
        return case(name, "verify", "loop", expect, payload=payload, headers=pairs, **more)

    ill_formed = {"concat": [{"repeat": "{", "times": MAX_PAYLOAD}, {"utf16": ["d800"]}]}
    yield verify("1 payload_not_raw, too large as well", ill_formed, [], "payload_not_raw", only=DYNAMIC)
    yield verify("1 payload_not_raw", {"parsed": None}, [], "payload_not_raw", only=DYNAMIC)
    yield verify("2 payload_too_large", over, [], "payload_too_large")
    yield verify("3 missing_signature", "{", [], "missing_signature")
    yield verify("4 repeated_signature", "{", [[header, "00"], [header, "zz"]], "repeated_signature")
    yield verify("5 malformed_signature", "{", [[header, "00"]], "malformed_signature")
    yield verify("6 signature_mismatch", "{", [[header, "0" * 64]], "signature_mismatch")
    yield verify(
        "7 malformed_json", '{"type":7,', [[header, signature("loop", '{"type":7,')]], "malformed_json", offset=10
    )
    yield verify(
        "8 invalid_event",
        '{"type":7}',
        [[header, signature("loop", '{"type":7}')]],
        "invalid_event",
        problems=[problem("type", "string", "number")],
    )

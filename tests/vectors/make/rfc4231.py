"""RFC 4231's test cases for HMAC-SHA-256."""

from schema import case, check, error


def cases():
    tests = [
        ("1", "0b" * 20, b"Hi There".hex(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            "2",
            b"Jefe".hex(),
            b"what do ya want for nothing?".hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        ("3", "aa" * 20, "dd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        ("4", bytes(range(1, 26)).hex(), "cd" * 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        (
            "6",
            "aa" * 131,
            b"Test Using Larger Than Block-Size Key - Hash Key First".hex(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            "7",
            "aa" * 131,
            b"This is a test using a larger than block-size key and a larger than block-size data. "
            b"The key needs to be hashed before being used by the HMAC algorithm.".hex(),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ]
    for number, key, data, mac in tests:
        about = {"secrets": [{"hex": key}], "payload": {"hex": data}}
        yield check(f"test case {number} is accepted", "loop", mac, {"secret": "0"}, **about)
        yield case(f"test case {number} is signed", "sign", "loop", {"signature": mac}, **about)
    truncated = {"secrets": [{"hex": "0c" * 20}], "payload": "Test With Truncation"}
    short = "a3b6167473100ee06e0c796c2955552b"
    yield check("test case 5, a truncated tag, is refused", "loop", short, error("malformed_signature"), **truncated)

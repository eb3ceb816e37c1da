"""The signature's grammar and its comparison."""

import hashlib

from schema import HEADER, PREFIX, SECRET, check, digest, error, signature


def cases():
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

"""Where the signature is looked for."""

import hashlib

from schema import DYNAMIC, HEADER, case, error, event, signature


def cases():
    for provider, name in HEADER.items():
        good = signature(provider, "payload")
        other = next(other for other in HEADER if other != provider)

        def verify(about, pairs, expect, **more):
            return case(
                f"{provider}: {about}", "verify_signature", provider, expect, payload="payload", headers=pairs, **more
            )

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
        unsigned = [
            ["X-Loop-Event-Id", "evt_forged"],
            ["X-Loop-Event-Type", "forged"],
            ["X-Loop-Delivery-Attempt", "9"],
        ]
        body = {
            "loop": '{"type":"protocol.started"}',
            "glycanage": '{"type":"kit-received","timestamp":1,"data":{"kitCode":"K"}}',
        }[provider]
        key = f"{provider}:body-sha256:{hashlib.sha256(body.encode()).hexdigest()}"
        yield case(
            f"{provider}: unsigned headers change neither verdict nor key",
            "verify",
            provider,
            event(body, key, None, {"glycanage": 1}.get(provider)),
            payload=body,
            headers=[*unsigned, [name, signature(provider, body)]],
        )

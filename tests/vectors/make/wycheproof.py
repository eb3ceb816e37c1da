"""Project Wycheproof's cases, from the file that it publishes."""

import json

from schema import check, error


def cases(source):
    for group in json.loads(source.read_text())["testGroups"]:
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

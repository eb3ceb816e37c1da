"""Examples that others have published."""

from schema import HEADER, PREFIX, case, check


def cases():
    github = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    for provider in HEADER:
        whole = PREFIX[provider] + github
        about = {"secrets": ["It's a Secret to Everybody"], "payload": "Hello, World!"}
        yield check(f"{provider} accepts GitHub's published example", provider, whole, {"secret": "0"}, **about)
        yield case(f"{provider} signs GitHub's published example", "sign", provider, {"signature": whole}, **about)

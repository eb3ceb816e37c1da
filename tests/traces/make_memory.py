"""Writes `memory.json`: what a memory store answers, call by call, for every language to replay.

The answers are a model's: lists that are searched from the front, not the store's. With `--check`: fails where the file is
not what would be written.
"""

import json
import random
import sys
from pathlib import Path

FILE = Path(__file__).parent / "memory.json"

ABOUT = (
    "calls to one memory store a trace, in order, with what it must answer; `ms` is the lease or the retention, "
    "and an error for want of room is `full`"
)

# A claim sweeps so many expired keys away at the most, and a sweep so many.
SWEPT_PER_CLAIM = 2
SWEPT_PER_SWEEP = 500


class Model:
    """The oldest first, in both lists."""

    def __init__(self, bound):
        self.bound = bound
        self.claims = []
        self.completed = []

    def claim(self, key, token, ms, now):
        self._sweep(now, SWEPT_PER_CLAIM)
        if any(entry["key"] == key and entry["until"] > now for entry in self.completed):
            return "completed"
        for entry in self.claims:
            if entry["key"] == key and entry["until"] > now:
                return {"in_progress": entry["until"]}
        self.claims = [entry for entry in self.claims if entry["key"] != key]
        self.completed = [entry for entry in self.completed if entry["key"] != key]
        if len(self.claims) == self.bound:
            return "full"
        if len(self.claims) + len(self.completed) == self.bound:
            self.completed.pop(0)
        self.claims.append({"key": key, "token": token, "until": now + ms})
        return "claimed"

    def complete(self, key, token, ms, now):
        ending = self.release(key, token)
        if ending == "done":
            self.completed.append({"key": key, "until": now + ms})
        return ending

    def release(self, key, token):
        others = [entry for entry in self.claims if (entry["key"], entry["token"]) != (key, token)]
        ending = "lost" if len(others) == len(self.claims) else "done"
        self.claims = others
        return ending

    def sweep(self, now):
        return self._sweep(now, SWEPT_PER_SWEEP)

    def _sweep(self, now, most):
        swept = 0
        for entries in (self.completed, self.claims):
            while swept < most and entries and entries[0]["until"] <= now:
                entries.pop(0)
                swept += 1
        return swept


class Chance:
    """Only `random` gives the same numbers in every version of Python."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def happens(self, share):
        return self._random() < share

    def below(self, count):
        return int(self._random() * count)

    def of(self, choices):
        return choices[self.below(len(choices))]


def trace(bound, count):
    """Few keys and tokens, so that they meet; times that go on, and now and then back, in tens, so that they are often equal."""
    model, chance = Model(bound), Chance(bound)
    now, steps = 1_700_000_000_000, []
    for _ in range(count):
        now += -10 * chance.below(30) if chance.happens(0.03) else 10 * chance.below(4)
        call = chance.of(["claim", "claim", "claim", "complete", "complete", "release", "sweep"])
        arguments = {"now": now}
        if call != "sweep":
            # Mostly a claim that is held, else nothing would ever be done.
            held = chance.of(model.claims) if call != "claim" and model.claims and chance.happens(0.7) else {}
            key = held.get("key") or f"loop:id:evt_{chance.below(2 * bound)}"
            arguments |= {"key": key, "token": held.get("token") or f"token {chance.below(3)}"}
        if call == "claim":
            arguments["ms"] = chance.of([10, 20, 100, 400])
        if call == "complete":
            arguments["ms"] = chance.of([10, 50, 300, 1000])
        if call == "release":
            del arguments["now"]
        steps.append({"call": call, **arguments, "expect": getattr(model, call)(**arguments)})
    return bound, steps


def crowd(bound):
    """More keys expire than one sweep clears away."""
    model = Model(bound)
    claims = [("claim", {"now": n, "key": f"loop:id:{n}", "token": "token", "ms": 1000}) for n in range(bound)]
    completes = [("complete", {**arguments, "now": 999}) for _, arguments in claims[: bound // 2]]
    calls = [*claims, *completes, *[("sweep", {"now": 5000})] * 3]
    return bound, [
        {"call": call, **arguments, "expect": getattr(model, call)(**arguments)} for call, arguments in calls
    ]


def written(traces):
    """The file's text: a step a line."""
    texts = []
    for bound, steps in traces:
        lines = ",\n".join("      " + json.dumps(step) for step in steps)
        texts.append(f'    {{\n      "bound": {bound},\n      "steps": [\n{lines}\n      ]\n    }}')
    return f'{{\n  "about": {json.dumps(ABOUT)},\n  "traces": [\n' + ",\n".join(texts) + "\n  ]\n}\n"


def main(argument=None):
    text = written([*(trace(bound, 350) for bound in (1, 2, 3, 5, 8, 20)), crowd(600)])
    if argument != "--check":
        FILE.write_text(text)
    elif FILE.read_text() != text:
        sys.exit("memory.json is not what make_memory.py writes, so run it")


main(*sys.argv[1:])

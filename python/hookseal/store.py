"""The contract of stores: what a receiver asks, and what a store must answer.

Times are whole ms, ``now`` since 1970. A ``token`` is one delivery's own, so that a late one cannot end the claim of
another. A store that cannot do what it is asked raises. What it answers that is none of these words is a failure too.

``MemoryStore`` is one, for a single process. Asynchronous receivers take an ``AsyncStore`` too. They run the methods of
any other, but for a ``MemoryStore``, in threads: for each delivery one after the other, but not in one and the same.
"""

from typing import Literal, NamedTuple, Protocol


class Claim(NamedTuple):
    """What a store says to a claim."""

    state: Literal["claimed", "in_progress", "completed"]
    """The key is the caller's, somebody else's claim holds it, or it was completed."""
    until: int | None = None
    """When the claim that is in the way ends, in ms since 1970."""


class Store(Protocol):
    """Remembers which keys are claimed and which are completed."""

    def claim(self, key: str, token: str, lease: int, now: int, /) -> Claim:
        """Claim a key until ``now + lease``, unless somebody else's claim holds it or it was completed."""
        ...

    def complete(self, key: str, token: str, retention: int, now: int, /) -> Literal["done", "lost", "completed"]:
        """Remember a claimed key as completed until ``now + retention``.

        ``lost``: the lease ran out, and the key is another's. A transactional store has then rolled back what the
        handler did, as it has when it raises, or says ``completed``: by another, first.
        """
        ...

    def release(self, key: str, token: str, /) -> Literal["done", "lost"]:
        """Give a claimed key back, so that the next claim gets it."""
        ...


class AsyncStore(Protocol):
    """The same, for code that awaits."""

    async def claim(self, key: str, token: str, lease: int, now: int, /) -> Claim:
        """Claim a key, as ``Store`` does."""
        ...

    async def complete(self, key: str, token: str, retention: int, now: int, /) -> Literal["done", "lost", "completed"]:
        """Remember a claimed key as completed, as ``Store`` does."""
        ...

    async def release(self, key: str, token: str, /) -> Literal["done", "lost"]:
        """Give a claimed key back, as ``Store`` does."""
        ...


class Session(Store, Protocol):
    """A store for one delivery, in a transaction that its ``complete`` commits and its ``release`` rolls back."""

    @property
    def tx(self) -> object:
        """What the handler must write with, so that its effect and the claim are committed together."""
        ...


class AsyncSession(AsyncStore, Protocol):
    """The same, for code that awaits."""

    @property
    def tx(self) -> object:
        """What the handler must write with, so that its effect and the claim are committed together."""
        ...


class Transactional(Protocol):
    """A store in which claim and effect commit together."""

    def begin(self) -> Session:
        """Begin a delivery's transaction. The session itself ends what is not claimed in it."""
        ...


class AsyncTransactional(Protocol):
    """The same, for code that awaits."""

    async def begin(self) -> AsyncSession:
        """Begin a delivery's transaction, as ``Transactional`` does."""
        ...

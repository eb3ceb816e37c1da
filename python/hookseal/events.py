"""The events of each type, as the providers document them.

The core checks what is said here, and a test compares the two. ``match event: case ReportReady():`` (or ``isinstance``)
narrows ``event.data`` exactly:

>>> from hookseal import ReportReady, Webhook
>>> from hookseal.tools import delivery, sample
>>> webhook = Webhook("glycanage", "a secret of 32 characters or more")
>>> match webhook.verify(*delivery(webhook, sample("glycanage", "report-ready"))):
...     case ReportReady() as event:
...         print(event.data["reportId"])
...     case event:
...         print(event.known)
report_78901
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, NotRequired, TypeAlias, TypedDict

Provider: TypeAlias = Literal["loop", "glycanage"]
"""Who sends the webhooks: the Loop Platform or GlycanAge."""


@dataclass(frozen=True, repr=False, slots=True)
class Event:
    """What an authentic payload says. Its repr shows no health data."""

    provider: Provider
    """Who sent it."""
    type: str
    """The event's type, as sent."""
    known: bool
    """Whether the type is in the provider's catalogue. Types that are not pass all the same: providers add new ones."""
    id: str | None
    """The id inside the signed body, if it has one; an integer id is its decimal text."""
    occurred_at: datetime | None
    """When the event occurred, in UTC, if the signed body says so."""
    data: Any
    """What it says, named as the provider's documents name it."""
    body: dict[str, Any]
    """The whole body."""
    key: str
    """The idempotency key, from signed bytes only: made of the id, or where there is none of the whole body."""
    secret: str
    """The label of the secret that matched, or its index as text, so that an old one can be retired on evidence."""

    def __repr__(self) -> str:
        """Show nothing of the payload."""
        return f"{type(self).__name__}(provider={self.provider!r}, known={self.known!r}, ..)"


class UnknownEvent(Event):
    """An event of a type that is not in the provider's catalogue. Read its ``body``."""

    __slots__ = ()
    data: None


class OrderStatusChangedData(TypedDict):
    """The ``data`` of ``order-status-changed``."""

    orderId: str
    orderType: NotRequired[str | None]
    """``bulk-order`` or ``kit-order``, so far."""
    previousStatus: NotRequired[str | None]
    currentStatus: str
    practiceId: NotRequired[str | None]
    numberOfKits: NotRequired[int | None]
    amount: NotRequired[int | None]
    """In cents."""
    currency: NotRequired[str | None]


class OrderStatusChanged(Event):
    """GlycanAge: the status of a kit order or bulk order changed."""

    __slots__ = ()
    TYPE: ClassVar = "order-status-changed"
    data: OrderStatusChangedData


class AssignedSet(TypedDict):
    """One of the ``sets`` of ``assignment-status-changed``."""

    patientId: NotRequired[str | None]
    kitCode: NotRequired[str | None]
    product: NotRequired[str | None]


class AssignmentStatusChangedData(TypedDict):
    """The ``data`` of ``assignment-status-changed``."""

    assignmentId: str
    previousStatus: NotRequired[str | None]
    """None where it has just been created."""
    currentStatus: str
    practiceId: NotRequired[str | None]
    paymentType: NotRequired[str | None]
    """``bank-transfer`` or ``token``, so far."""
    amount: NotRequired[int | None]
    """In cents; None where it was paid with tokens."""
    currency: NotRequired[str | None]
    sets: NotRequired[list[AssignedSet] | None]


class AssignmentStatusChanged(Event):
    """GlycanAge: an assignment was created, or its status changed."""

    __slots__ = ()
    TYPE: ClassVar = "assignment-status-changed"
    data: AssignmentStatusChangedData


class KitReceivedData(TypedDict):
    """The ``data`` of ``kit-received``."""

    kitCode: str
    testId: NotRequired[str | None]
    patientId: NotRequired[str | None]
    practiceId: NotRequired[str | None]
    assignmentId: NotRequired[str | None]
    receivedAt: NotRequired[int | None]
    """In ms since 1970."""
    status: NotRequired[str | None]


class KitReceived(Event):
    """GlycanAge: a kit arrived at the laboratory."""

    __slots__ = ()
    TYPE: ClassVar = "kit-received"
    data: KitReceivedData


class ReportReadyData(TypedDict):
    """The ``data`` of ``report-ready``."""

    reportId: str
    testId: NotRequired[str | None]
    kitCode: NotRequired[str | None]
    patientId: NotRequired[str | None]
    practiceId: NotRequired[str | None]
    assignmentId: NotRequired[str | None]
    glycanAge: NotRequired[str | None]
    """In years, as text."""
    chronologicalAge: NotRequired[str | None]
    """In years, as text."""
    reportUrl: NotRequired[str | None]
    createdOn: NotRequired[int | None]
    """In ms since 1970."""


class ReportReady(Event):
    """GlycanAge: an analysis is complete and its report can be fetched."""

    __slots__ = ()
    TYPE: ClassVar = "report-ready"
    data: ReportReadyData


class BiomarkerResultCreated(Event):
    """Loop: a biomarker result arrived. Loop does not document its data."""

    __slots__ = ()
    TYPE: ClassVar = "biomarker.result.created"


class ProtocolStarted(Event):
    """Loop: a protocol was started. Loop does not document its data."""

    __slots__ = ()
    TYPE: ClassVar = "protocol.started"


class ClinicalBiomarkerParsedV1(Event):
    """Loop: a clinical biomarker was parsed. Loop does not document its data."""

    __slots__ = ()
    TYPE: ClassVar = "clinical.biomarker.parsed.v1"


KNOWN: dict[Provider, dict[str, type[Event]]] = {
    "glycanage": {
        event.TYPE: event for event in (OrderStatusChanged, AssignmentStatusChanged, KitReceived, ReportReady)
    },
    "loop": {event.TYPE: event for event in (BiomarkerResultCreated, ProtocolStarted, ClinicalBiomarkerParsedV1)},
}
"""The class of each type that is in a provider's catalogue."""

AnyEvent: TypeAlias = (
    OrderStatusChanged
    | AssignmentStatusChanged
    | KitReceived
    | ReportReady
    | BiomarkerResultCreated
    | ProtocolStarted
    | ClinicalBiomarkerParsedV1
    | UnknownEvent
)
"""Every event that there is, for those who want a type checker to say what they forgot."""

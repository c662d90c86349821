"""Follows states on Kafka's compacted topics: what is now, one record for each key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from confluent_kafka import Message
from pydantic import BaseModel

from .following import Follower
from .records import header

State = TypeVar("State", bound=BaseModel)


@dataclass(frozen=True)
class Standing(Generic[State]):
    """What is now under a key."""

    key: str
    # None: whom it was about is forgotten, and so is what you keep of it.
    state: State | None
    # Grows with every change of the key, with gaps. Keep it beside the state, and pass over what comes with a smaller one.
    sequence: int
    time: str


class StateFollower(Follower):
    """Gives each handler what is now, from the beginning, and then what changes. A record may come again after a crash."""

    def __init__(self, brokers: str, group: str) -> None:
        super().__init__(brokers, group)
        self._handlers: dict[str, tuple[type[BaseModel], Callable[[Any], None]]] = {}

    def on(self, model: type[State], handler: Callable[[Standing[State]], None]) -> None:
        """Takes version 1 of the states that this model is of."""
        self._handlers[model.__name__] = (model, handler)

    def _take(self, message: Message) -> None:
        headers = dict(message.headers() or [])
        if header(headers, "ce_type") not in self._handlers:
            return
        schema = header(headers, "ce_dataschema")
        if not schema.endswith(":1"):
            raise ValueError(f"{schema} is not known here: make the models anew.")
        model, handler = self._handlers[header(headers, "ce_type")]
        value = message.value()
        state = None if value is None else model.model_validate_json(value)
        key, time = header(headers, "ce_partitionkey"), header(headers, "ce_time")
        handler(Standing(key, state, int(header(headers, "ce_sequence")), time))

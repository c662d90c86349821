"""Follows topics on Kafka."""

from collections.abc import Callable
from typing import Any, TypeVar

from confluent_kafka import Message
from pg8000.dbapi import Cursor
from pydantic import BaseModel

from .following import Follower
from .inbox import PostgresInbox
from .records import header

Model = TypeVar("Model", bound=BaseModel)


class Subscriber(Follower):
    """Proves that it missed nothing and doubled nothing; where an event is missing it stops and says which."""

    def __init__(self, brokers: str, group: str, inbox: PostgresInbox) -> None:
        super().__init__(brokers, group)
        self._group, self._inbox = group, inbox
        self._handlers: dict[str, tuple[type[BaseModel], Callable[[Any, Cursor], None]]] = {}

    def on(self, model: type[Model], handler: Callable[[Model, Cursor], None]) -> None:
        """Takes version 1 of the events that this model is of."""
        self._handlers[model.__name__] = (model, handler)

    def _take(self, message: Message) -> None:
        headers = dict(message.headers() or [])
        version = header(headers, "ce_dataschema").rsplit(":", 1)[1]
        # Of an event in several versions the first is taken here, and counted once.
        if "ce_versions" in headers and version != "1":
            return
        model, handler = self._handlers.get(header(headers, "ce_type"), (None, None)) if version == "1" else (None, None)

        def work(sql: Cursor) -> None:
            if model is not None and handler is not None:
                handler(model.model_validate_json(message.value()), sql)

        sequence = int(header(headers, "ce_sequence"))
        self._inbox.take(self._group, message.topic(), header(headers, "ce_subject"), sequence, work)

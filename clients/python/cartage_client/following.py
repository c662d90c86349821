"""Takes the records of topics, one after the other."""

from abc import ABC, abstractmethod

from confluent_kafka import Consumer, KafkaException, Message


class Follower(ABC):
    """From the beginning; an offset is committed only behind what was taken."""

    def __init__(self, brokers: str, group: str) -> None:
        self._consumer = Consumer(
            {"bootstrap.servers": brokers, "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False}
        )
        self._stopped = False

    def follow(self, *topics: str) -> None:
        """Until it is stopped."""
        self._consumer.subscribe(list(topics))
        try:
            while not self._stopped:
                message = self._consumer.poll(1.0)
                if message is None:
                    continue
                if message.error():
                    raise KafkaException(message.error())
                self._take(message)
                self._consumer.commit(message)
        finally:
            self._consumer.close()

    def stop(self) -> None:
        """After the record in hand."""
        self._stopped = True

    @abstractmethod
    def _take(self, message: Message) -> None: ...

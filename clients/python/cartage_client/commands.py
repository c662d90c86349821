"""Sends commands and questions to Cartage over HTTP."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.message import Message
from typing import Any, Generic, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen
from uuid import UUID

from pydantic import BaseModel

Data = TypeVar("Data")

TRY_LATER = (429, 503)
ATTEMPTS = 6
LONGEST_PAUSE_SECONDS = 60.0


@dataclass(frozen=True)
class FieldFault:
    """What is wrong with one field: its path, such as `lines[2].quantity`, or the name of a parameter."""

    field: str
    code: str
    message: str


class Refused(Exception):
    """Cartage said no: `code` is what programs look at, `errors` names each field that is wrong."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status, self.code, self.detail = status, str(problem["code"]), str(problem["detail"])
        self.correlation_id: str | None = problem.get("correlationId")
        self.errors = [FieldFault(each["field"], each["code"], each["message"]) for each in problem.get("errors", [])]
        super().__init__(f"{self.detail} ({self.code})")


class NoAnswer(Exception):
    """Nothing that Cartage would say came back: whether it was done is not known. Sent again under the same key it is done once."""


@dataclass(frozen=True)
class Answer(Generic[Data]):
    data: Data
    status: int
    # The version that the answer shows: `if_match` of what is only to be done as long as nothing else has happened, `as_of` of the thing as it stood then.
    etag: str | None
    # Where the log stands after it: `min_position` of a question that must see it.
    position: str | None
    # The same request had been done before, and nothing changed.
    repeated: bool

    @property
    def version(self) -> str:
        if self.etag is None:
            raise ValueError("This answer shows no version.")
        return self.etag.strip('"')


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    content_type: str | None = None
    idempotency_key: str | None = None
    if_match: str | None = None

    @property
    def may_be_repeated(self) -> bool:
        return self.method == "GET" or self.idempotency_key is not None


def text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    return str(value)


def part(value: str | UUID | int) -> str:
    """As it stands in a path."""
    return quote(text(value), safe="")


def query_of(call: Call) -> str:
    given = [(name, value) for name, value in call.query.items() if value is not None]
    pairs = [(name, text(each)) for name, value in given for each in (value if isinstance(value, list | tuple) else [value])]
    return f"?{urlencode(pairs)}" if pairs else ""


def body_of(call: Call) -> tuple[bytes | None, str | None]:
    """With what it is. What was left out of a model is left out here, too."""
    if call.body is None:
        return None, None
    if isinstance(call.body, BaseModel):
        return call.body.model_dump_json(by_alias=True, exclude_unset=True).encode(), "application/json"
    if isinstance(call.body, bytes):
        return call.body, call.content_type
    return json.dumps(call.body).encode(), "application/json"


def seconds_in(headers: Message, attempt: int) -> float:
    """What `Retry-After` says, and otherwise longer each time."""
    said = headers.get("retry-after", "")
    return min(float(said) if said.isdigit() else 0.5 * 2**attempt, LONGEST_PAUSE_SECONDS)


class Transport:
    """Tries again what Cartage could not take in the moment, after as long as it says, and what got lost on the way where that does nothing twice."""

    def __init__(self, url: str, token: str | Callable[[], str] | None = None, timeout: float = 30.0) -> None:
        self._url, self._token, self._timeout = url.rstrip("/"), token, timeout

    def send(self, call: Call, model: type[Data]) -> Answer[Data]:
        for attempt in range(ATTEMPTS):
            is_last = attempt == ATTEMPTS - 1
            try:
                return self._send(call, model)
            except HTTPError as error:
                if error.code not in TRY_LATER or is_last:
                    raise self._refused(error) from None
                time.sleep(seconds_in(error.headers, attempt))
            except (URLError, ConnectionError, TimeoutError) as error:
                if not call.may_be_repeated or is_last:
                    raise NoAnswer(f"{call.method} {self._url}{call.path}: {error}") from error
                time.sleep(0.5 * 2**attempt)
        raise AssertionError("The last attempt answers or raises.")

    def _send(self, call: Call, model: type[Data]) -> Answer[Data]:
        data, content_type = body_of(call)
        request = Request(f"{self._url}{call.path}{query_of(call)}", data, self._headers(call, content_type), method=call.method)
        with urlopen(request, timeout=self._timeout) as response:
            received, headers = response.read(), response.headers
            shown: Any = model.model_validate_json(received) if issubclass(model, BaseModel) else received
            repeated = headers.get("cartage-repeated") == "true"
            return Answer(shown, response.status, headers.get("etag"), headers.get("cartage-position"), repeated)

    def _headers(self, call: Call, content_type: str | None) -> dict[str, str]:
        token = self._token() if callable(self._token) else self._token
        given = {
            "authorization": None if token is None else f"Bearer {token}",
            "content-type": content_type,
            "idempotency-key": call.idempotency_key,
            "if-match": call.if_match,
        }
        return {name: value for name, value in given.items() if value is not None}

    def _refused(self, error: HTTPError) -> Exception:
        try:
            return Refused(error.code, json.loads(error.read()))
        except (ValueError, KeyError):
            return NoAnswer(f"{self._url} answers {error.code}, and not as Cartage does. Is the url right?")

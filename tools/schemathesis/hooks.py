"""What Schemathesis is told of Cartage beside its OpenAPI document: ids of things that exist, and how a refusal has to look."""

import json
import os
import re
from zlib import crc32

import schemathesis

# Values of things that exist, by the name under which paths, queries and bodies ask for them; and by path, those that are known only together.
with open(os.environ["CARTAGE_KNOWN"], encoding="utf-8") as file:
    FOUND = json.load(file)
KNOWN, TOGETHER = FOUND["values"], FOUND["together"]


def drawn(name, value):
    """In two of three cases one that exists; which one hangs on what was made up, so that a seed gives the same requests again."""
    known = KNOWN.get(name)
    number = crc32(repr(value).encode("utf-8", "replace"))
    return known[number // 3 % len(known)] if known and number % 3 else value


def with_known(value, name=None):
    if isinstance(value, str):
        return drawn(name, value)
    if isinstance(value, list):
        return [with_known(item, name) for item in value]
    if isinstance(value, dict):
        return {key: with_known(part, key) for key, part in value.items()}
    return value


def with_together(context, values, belongs):
    """As with one value, and more often, for several have to come together: in five of six cases those of something that exists."""
    path = context.operation.path
    # What is removed is another one than what is asked for afterwards.
    sets = TOGETHER.get(f"{context.operation.method.upper()} {path}") or TOGETHER.get(path)
    number = crc32(repr(values).encode("utf-8", "replace"))
    if not sets or not number % 6:
        return values
    chosen = sets[number // 6 % len(sets)]
    return {**(values or {}), **{name: value for name, value in chosen.items() if belongs(name)}}


@schemathesis.hook
def before_call(context, case, kwargs):
    """A position that no log has reached is waited for, seconds each time, and then refused: that is shown elsewhere, and would be most of the time here."""
    asked = (case.query or {}).get("minPosition")
    if isinstance(asked, str) and re.fullmatch(r"[\w.+-]{1,200}", asked):
        case.query["minPosition"] = "0000000000000001"


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    return with_together(context, with_known(path_parameters), lambda name: "{" + name + "}" in context.operation.path)


@schemathesis.hook
def map_query(context, query):
    return with_together(context, with_known(query), lambda name: "{" + name + "}" not in context.operation.path)


@schemathesis.hook
def map_body(context, body):
    return with_known(body)


@schemathesis.check
def refusals_are_problems(context, response, case):
    """Whatever is refused, by whichever layer, is refused with problem details that have a stable code."""
    if response.status_code < 400 or case.method == "HEAD" or case.operation.path == "/health/ready":
        return
    media = response.headers.get("content-type", [""])[0]
    assert media.startswith("application/problem+json"), f"A refusal ({response.status_code}) came as {media or 'nothing'}."
    problem = json.loads(response.content)
    assert problem.get("status") == response.status_code, f"The problem says {problem.get('status')}, the answer {response.status_code}."
    for member in ("type", "title", "code"):
        assert isinstance(problem.get(member), str) and problem[member], f"The problem lacks its {member}."

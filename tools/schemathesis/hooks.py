"""What Schemathesis is told of Cartage beside its OpenAPI document: ids of things that exist, and how a refusal has to look."""

import json
import os
import re
from collections import Counter
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


def sets_for(operation):
    # What is removed is another one than what is asked for afterwards.
    return TOGETHER.get(f"{operation.method.upper()} {operation.path}") or TOGETHER.get(operation.path)


def with_together(context, values, belongs):
    """As with one value, and more often, for several have to come together: in five of six cases those of something that exists."""
    sets = sets_for(context.operation)
    number = crc32(repr(values).encode("utf-8", "replace"))
    if not sets or not number % 6:
        return values
    chosen = sets[number // 6 % len(sets)]
    return {**(values or {}), **{name: value for name, value in chosen.items() if belongs(name)}}


ASKED = Counter()


def with_what_exists(case):
    operation = case.operation
    in_path = [{name: value for name, value in one.items() if "{" + name + "}" in operation.path} for one in sets_for(operation) or []]
    is_known = any(one.items() <= case.path_parameters.items() for one in in_path)
    removes = case.method == "DELETE" and f"DELETE {operation.path}" in TOGETHER
    is_kept = removes and any(one.items() <= case.path_parameters.items() for one in TOGETHER.get(operation.path) or [])
    if not in_path or is_known or not (is_kept or case.method == "GET"):
        return
    turn = ASKED[operation.label]
    ASKED[operation.label] += 1
    if is_kept or turn % 2 == 0:
        case.path_parameters = {**case.path_parameters, **in_path[turn // 2 % len(in_path)]}


@schemathesis.hook
def before_call(context, case, kwargs):
    """
    A position that no log has reached is waited for, seconds each time, and then refused: that is shown elsewhere, and would be most of the time here.
    Where every rule of a schema is covered, ids come from answers that Schemathesis has seen, or are all the same: what is kept is not removed, and every other
    question about nothing is asked about something that exists.
    """
    with_what_exists(case)
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

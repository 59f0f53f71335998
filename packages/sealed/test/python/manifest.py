"""The manifest, and its canonical form."""

import json
import re
from datetime import date
from decimal import Decimal

from basics import H, Refused, is_count, require, unhex
from blocks import MAX_LENGTH, block_count, block_length

HASH = re.compile(r"0x[0-9a-f]{64}")
BYTES = re.compile(r"0x([0-9a-f]{2})*")
TEXT = re.compile(r".*\S.*", re.DOTALL)
TOKEN = r"[A-Za-z0-9_!#$&^.+-]"
MEDIA_TYPE = re.compile(rf'{TOKEN}{{1,127}}/{TOKEN}{{1,127}}(; ?{TOKEN}+=({TOKEN}+|"[^"\\]*"))*')
# No more of the WHATWG standard than this: a scheme, no white space, a host for the web.
URL = re.compile(r"(?!https?:/*$)[A-Za-z][A-Za-z0-9+.-]*:\S*")
HOUR_MINUTE = r"([01]\d|2[0-3]):[0-5]\d"
TIME = rf"T{HOUR_MINUTE}:[0-5]\d(\.\d+)?(Z|[+-]{HOUR_MINUTE})"
ISSUED = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}})({TIME})?", re.ASCII)


def members(value, required, optional=None):
    """Whether an object has each required member, and no member beside these, each of the form its check demands."""
    checks = {**required, **(optional or {})}
    return (
        type(value) is dict
        and value.keys() >= required.keys()
        and value.keys() <= checks.keys()
        and all(checks[name](member) for name, member in value.items())
    )


def matching(pattern):
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def list_of(check, least=0):
    return lambda value: type(value) is list and len(value) >= least and all(map(check, value))


def is_issued(value):
    found = ISSUED.fullmatch(value) if type(value) is str else None
    try:
        # The calendar repeats itself every 400 years; Python's begins with year 1.
        return found is not None and bool(date(2000 + int(found[1]) % 400, int(found[2]), int(found[3])))
    except ValueError:
        return False


def is_dataset(value):
    texts = ["title", "description", "publisher"]
    required = {name: matching(TEXT) for name in texts} | {"issued": is_issued, "license": matching(URL)}
    return members(value, required, {"keyword": list_of(matching(TEXT)), "theme": list_of(matching(URL))})


def is_schema(value):
    return members(value, {"conformsTo": matching(URL)}, {"document": lambda _: True})


def is_sample(value):
    return members(value, {"index": is_count, "blind": matching(HASH), "plaintext": matching(BYTES)})


def samples_fit(length, samples):
    indexes = [sample["index"] for sample in samples]
    return indexes == sorted(set(indexes)) and all(
        sample["index"] < block_count(length)
        and len(unhex(sample["plaintext"])) == block_length(sample["index"], length)
        for sample in samples
    )


def check_manifest(value):
    required = {
        "version": lambda version: type(version) is int and version == 1,
        "length": lambda length: is_count(length) and length <= MAX_LENGTH,
        "root": matching(HASH),
        "keyCommitment": matching(HASH),
        "mediaType": matching(MEDIA_TYPE),
        "dataset": is_dataset,
    }
    optional = {"schema": is_schema, "samples": list_of(is_sample, 1)}
    require(members(value, required, optional), "manifest_invalid")
    require(samples_fit(value["length"], value.get("samples", [])), "manifest_invalid")


def canonical_number(value):
    """ECMAScript's Number::toString of a double: Python finds the same digits and sets them otherwise."""
    number = float(value)
    require(abs(number) != float("inf"), "manifest_invalid")
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    _, digits, exponent = Decimal(repr(abs(number))).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + exponent
    if len(text) <= point <= 21:
        return sign + text + "0" * (point - len(text))
    if 0 < point <= 21:
        return sign + text[:point] + "." + text[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + text
    fraction = "." + text[1:] if len(text) > 1 else ""
    return f"{sign}{text[0]}{fraction}e{point - 1:+d}"


def canonical(value):
    """RFC 8785."""
    if type(value) is dict:
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if type(value) is list:
        return "[" + ",".join(map(canonical, value)) + "]"
    if type(value) in (int, float):
        return canonical_number(value)
    return json.dumps(value, ensure_ascii=False)


def manifest_bytes(manifest):
    try:
        return canonical(manifest).encode()
    except (UnicodeEncodeError, OverflowError):
        raise Refused("manifest_invalid") from None


def not_json(name):
    raise ValueError(name)


def parse_manifest(file, expected):
    require(expected is None or H(file) == expected, "manifest_hash")
    try:
        manifest = json.loads(file.decode(), parse_constant=not_json)
    except ValueError:
        raise Refused("manifest_invalid") from None
    check_manifest(manifest)
    require(manifest_bytes(manifest) == file, "manifest_not_canonical")
    return manifest

"""Requests made up from the addresses, the forms and the parameters of the site."""

import random
import re
import traceback
from collections.abc import Callable, Iterator
from urllib.parse import quote

from django import forms
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLResolver, get_resolver

from benchmarks.fuzz.running import Answer
from reports.models import Assessment, Finding, Section, SourceDocument

VALUES = (
    "", "0", "1", "-1", "4", "5", "1e9", "٢٠٢٥", "2025", "9" * 400, "null", "true", "a" * 1_990,
    "\x00", "%00", "’", "=1+1", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd",
    "staff", "co-production", '"peer review"', '"', "(((((", "a OR", "-", "*", "a* b* c* d*",
    "staff -training", "(a b) OR (c d)", "\u202e", "\U0001f600", "ﬀ", "İ", "learning", "haringey",
    "relevance", "newest", "on", "2025-13-45", "0000-00", "\r\nX: y", "{{7*7}}", "%s%s%n",
    "-" * 1_900, "(" * 1_900, "a OR " * 390, '"a b" ' * 320, "*" * 1_900, "0" * 1_900, "é" * 900,
    "9999-12-31", "0001-01-01", "99999999999999999999", "0.5", "NaN", "inf", "[]", "{}", '{"a":1}',
)  # fmt: skip
NAMES = (
    "q", "score", "theme", "statement", "heading", "topic", "evidence", "authority", "region",
    "kind", "year", "sort", "page", "name", "rating", "findings", "reason", "next", "exact",
    "group", "tone", "columns", "preamble", "format", "a", "b", "o", "e", "p", "all", "_popup",
    "limit", "offset", "cursor", "since", "until", "version", "like", "made_at__year",
)  # fmt: skip
HEADERS = {
    "HTTP_HX_REQUEST": ("true", "\udcff"),
    "HTTP_HX_CURRENT_URL": ("nonsense", "http://[", "/findings/?q=a"),
    "HTTP_IF_MODIFIED_SINCE": ("yesterday", "Thu, 01 Jan 0000 00:00:00 GMT"),
    "HTTP_IF_NONE_MATCH": ('"', "*", 'W/"a"'),
    "HTTP_ACCEPT": ("application/json", "*/*;q=x", ","),
    "HTTP_ACCEPT_ENCODING": ("gzip", "br;q=9e9"),
    "HTTP_ACCEPT_LANGUAGE": ("cy", "x" * 3_000),
    "HTTP_RANGE": ("bytes=0-1", "bytes=-", "bytes=9-1"),
    "HTTP_COOKIE": ("sessionid=x", "csrftoken=\x00", "messages=x", "=;=;", "a" * 3_000),
    "HTTP_REFERER": ("http://[", "/desk/"),
    "HTTP_X_FORWARDED_FOR": ("x", "::1, 1"),
    "HTTP_X_REQUEST_ID": ("\x00", "a" * 100),
    "CONTENT_LENGTH": ("-1", "x", "٣"),
    "CONTENT_TYPE": ("multipart/form-data", "application/json; charset=none", "text/\x00"),
}


def asker() -> Callable[[random.Random], Answer]:
    """Asks as a visitor or, three times in ten, as an editor who may do everything."""
    editor = User.objects.create_user("fuzz", is_staff=True)
    editor.groups.set(Group.objects.all())
    signed_in = Client(raise_request_exception=False)
    signed_in.force_login(editor)
    anybody = Client(raise_request_exception=False)
    patterns, known = _weighted_patterns(), _known_values()
    fields = _fields()

    def ask(chance: random.Random) -> Answer:
        client = signed_in if chance.random() < 0.3 else anybody
        path = _path(chance, chance.choice(patterns), known)
        headers = _headers(chance) if chance.random() < 0.2 else {}
        if chance.random() < 0.2:
            names = chance.choices((*fields, *NAMES), k=chance.randrange(12))
            data = {name: chance.choice((*known, *VALUES)) for name in names}
            response = client.post(path, data, **headers)
        else:
            response = client.get(path, **headers)
        if response.streaming:
            response.getvalue()
        if client is signed_in and "_auth_user_id" not in client.session:
            client.force_login(editor)
        sent = f"{response.request['REQUEST_METHOD']} {path[:300]} {headers}"
        if response.status_code == 500:
            sent = f"{sent}\n{''.join(traceback.format_exception(response.exc_info[1])[-4:])}"
        return Answer(str(response.status_code), response.status_code == 500, sent)

    return ask


def _weighted_patterns() -> list[str]:
    """The admin has most of the addresses, and most of its code is Django's: one in two counts."""
    found = sorted(set(_patterns(get_resolver(), "/")))
    return [*found, *(pattern for pattern in found if not pattern.startswith("/admin/"))]


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[str]:
    """Every address of the site, the API's and the admin's too, with {} where a value goes."""
    for key in resolver.reverse_dict:
        for possibilities, *_ in resolver.reverse_dict.getlist(key):
            for template, _ in possibilities:
                yield prefix + re.sub(r"%\(\w+\)s", "{}", template)
    for below, namespace in resolver.namespace_dict.values():
        yield from _patterns(namespace, prefix + below)


def _known_values() -> list[str]:
    ids = [
        *Finding.objects.values_list("public_id", flat=True)[:30],
        *Section.objects.values_list("public_id", flat=True),
        *Assessment.objects.values_list("public_id", flat=True),
        *SourceDocument.objects.values_list("sha256", flat=True),
    ]
    return [*ids, "haringey", "barnet", "csv", "json", "xlsx", "ris", "1", "2"]


def _fields() -> list[str]:
    """The names of the fields of every form."""

    def below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
        yield kind
        for each in kind.__subclasses__():
            yield from below(each)

    return sorted(
        {name for kind in below(forms.BaseForm) for name in getattr(kind, "base_fields", ())}
    )


def _path(chance: random.Random, pattern: str, known: list[str]) -> str:
    def value(_: object) -> str:
        if chance.random() < 0.7:
            return chance.choice(known)
        return quote(chance.choice(VALUES)[:500], safe="")

    path = re.sub(r"\{\}", value, pattern)
    pairs = [
        f"{chance.choice(NAMES)}={quote(_value(chance), safe='')}"
        for _ in range(chance.choice((0, 1, 1, 2, 3, 8, 40)))
    ]
    return f"{path}?{'&'.join(pairs)}" if pairs else path


def _value(chance: random.Random) -> str:
    if chance.random() < 0.7:
        return chance.choice(VALUES)
    return "".join(chance.choices([*VALUES, " ", "OR", "-"], k=chance.randrange(1, 6)))[:1_990]


def _headers(chance: random.Random) -> dict[str, str]:
    names = chance.sample(sorted(HEADERS), k=chance.randrange(1, 4))
    return {name: chance.choice(HEADERS[name]) for name in names}

"""Random requests and random documents: no answer of 500, and none over two seconds of processor.

    make fuzz                      100,000 of each
    make fuzz REQUESTS=2000 DOCUMENTS=2000 SEED=7

Requests are made up from the site's own addresses, with values that are too long, of the wrong
kind, of other scripts, or hostile. Documents are real ones with pieces repeated, swapped, cut and
replaced by what parsers stumble over. What fails is printed with the seed and the number that make
it again.
"""

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

MOST_SECONDS = 2.0  # of processor time, for one request or document
SHOWN = 20  # failures that are printed
ROOT = Path(__file__).resolve().parent.parent

VALUES = (
    "", "0", "1", "-1", "4", "5", "1e9", "٢٠٢٥", "2025", "9" * 400, "null", "true", "a" * 1_990,
    "\x00", "%00", "’", "=1+1", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd",
    "staff", "co-production", '"peer review"', '"', "(((((", "a OR", "-", "*", "a* b* c* d*",
    "staff -training", "(a b) OR (c d)", "\u202e", "\U0001f600", "ﬀ", "İ", "learning", "haringey",
    "relevance", "newest", "on", "2025-13-45", "0000-00", "\r\nX: y", "{{7*7}}", "%s%s%n",
)  # fmt: skip
NAMES = (
    "q", "score", "theme", "statement", "heading", "topic", "evidence", "authority", "region",
    "kind", "year", "sort", "page", "name", "rating", "findings", "reason", "next", "exact",
    "group", "tone", "columns", "preamble", "format", "a", "b",
)  # fmt: skip
PIECES = (
    " " * 200, "\t" * 200, "\n" * 50, "score" + " " * 150 + "x", "Score: 3", "December 0000",
    "December ٢٠٢٥", "Published: 31 February 2025", "\x00", "\ufffd", "\u202e", "(" * 300,
    "1,000,000% ", "- " * 200, "x" * 3_000, "1 in " * 100, "London Borough of Barnet",
    "Key findings for this quality statement", "Learning, improvement and innovation",
    "<div " + "a=b " * 300 + ">", "<!--" * 200, "&#0;" * 50, "| " * 300, "# " * 100, "** " * 200,
)  # fmt: skip


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        _set_up(Path(folder))
        print(f"Seed {options.seed}.", flush=True)
        faults = [
            *_run("requests", options.requests, options.seed, _asker()),
            *_run("documents", options.documents, options.seed, _reader()),
        ]
    for fault in faults[:SHOWN]:
        print(fault)
    print(f"{len(faults)} faults." if faults else "No fault.")
    return int(bool(faults))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    return parser.parse_args()


def _set_up(folder: Path) -> None:
    """A site of its own with the seeds in it, on the database that DATABASE_URL names, if any."""
    os.environ |= {
        "VAR_DIR": str(folder),
        "SEARCH_URL": "",
        "DOCUMENTS_DIR": "",
        "LOG_LEVEL": "CRITICAL",
        "ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
    }
    import django  # noqa: PLC0415 - the settings read the variables above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("ingest", str(ROOT / "seeds"), verbosity=0)


def _run(
    what: str, number: int, seed: int, do: Callable[[random.Random], tuple[str, str]]
) -> Iterator[str]:
    """The faults. Each step has a generator of its own, so that it can be made again alone."""
    outcomes: Counter[str] = Counter()
    slowest, began = 0.0, time.monotonic()
    for step in range(number):
        start = time.process_time()
        outcome, shown = do(random.Random(f"{seed} {what} {step}"))
        seconds = time.process_time() - start
        slowest = max(slowest, seconds)
        outcomes[outcome] += 1
        if outcome in {"fault", "500"}:
            yield f"{what} {step}: {shown}"
        elif seconds > MOST_SECONDS:
            yield f"{what} {step}: {seconds:.1f} s of processor: {shown}"
    took = time.monotonic() - began
    kinds = ", ".join(f"{name}: {count}" for name, count in sorted(outcomes.items()))
    print(f"{number} {what} in {took:.0f} s, slowest {slowest:.2f} s. {kinds}", flush=True)


def _asker() -> Callable[[random.Random], tuple[str, str]]:
    from django.contrib.auth.models import Group, User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    editor = User.objects.create_user("fuzz", is_staff=True)
    editor.groups.set(Group.objects.all())
    signed_in = Client(raise_request_exception=False)
    signed_in.force_login(editor)
    anybody = Client(raise_request_exception=False)
    patterns, known = _patterns(), _known_values()

    def ask(chance: random.Random) -> tuple[str, str]:
        client = signed_in if chance.random() < 0.3 else anybody
        path = _path(chance, chance.choice(patterns), known)
        if chance.random() < 0.15:
            data = {chance.choice(NAMES): chance.choice(VALUES) for _ in range(5)}
            response = client.post(path, data | {"message": chance.choice(VALUES)})
        else:
            response = client.get(path)
        if response.streaming:
            response.getvalue()
        if client is signed_in and "_auth_user_id" not in client.session:
            client.force_login(editor)
        return str(response.status_code), f"{response.request['REQUEST_METHOD']} {path[:300]}"

    return ask


def _patterns() -> list[str]:
    """Every address of the site, with {} where a value goes. Those of the admin are Django's."""
    from django.urls import get_resolver  # noqa: PLC0415

    found = []
    for route, *_ in get_resolver().reverse_dict.getlist(None) or []:
        found.append(route)
    for key in get_resolver().reverse_dict:
        if isinstance(key, str):
            for possibilities, *_ in get_resolver().reverse_dict.getlist(key):
                found += [
                    "/" + re.sub(r"%\(\w+\)s", "{}", template) for template, _ in possibilities
                ]
    return sorted(set(found))


def _known_values() -> list[str]:
    from reports.models import Assessment, Finding, Section, SourceDocument  # noqa: PLC0415

    ids = [
        *Finding.objects.values_list("public_id", flat=True)[:30],
        *Section.objects.values_list("public_id", flat=True),
        *Assessment.objects.values_list("public_id", flat=True),
        *SourceDocument.objects.values_list("sha256", flat=True),
    ]
    return [*ids, "haringey", "barnet", "csv", "json", "xlsx", "1", "2"]


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
    return "".join(chance.choices([*VALUES[:40], " ", "OR", "-"], k=chance.randrange(1, 6)))[:1_990]


def _reader() -> Callable[[random.Random], tuple[str, str]]:
    from reports.ingest import parse_document  # noqa: PLC0415
    from reports.ingest.outcomes import Outcome  # noqa: PLC0415

    samples = _samples()

    def read(chance: random.Random) -> tuple[str, str]:
        suffix, data = chance.choice(samples)
        data = _damaged(chance, suffix, data)
        outcome = parse_document(Path(f"fuzz{suffix}"), data)
        if not isinstance(outcome, Outcome):
            return "read", f"{suffix} of {len(data)} bytes"
        codes = [problem.code for problem in outcome.problems]
        kind = "fault" if "program-fault" in codes else "refused"
        return kind, f"{suffix} of {len(data)} bytes: {codes}"

    return read


def _samples() -> list[tuple[str, bytes]]:
    """Mostly texts: a PDF and a Word file are read in a process of their own, which takes long."""
    texts = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    html = [
        b"<html><body><main>" + text.replace(b"\n\n", b"</p><p>") + b"</main></body></html>"
        for text in texts
    ]
    return [
        *((".txt", text) for text in texts),
        *((".md", text) for text in texts[:2]),
        *((".html", page) for page in html[:2]),
    ]


def _damaged(chance: random.Random, suffix: str, data: bytes) -> bytes:
    for _ in range(chance.randrange(1, 5)):
        start = chance.randrange(len(data) or 1)
        end = min(len(data), start + chance.choice((0, 1, 10, 200, 2_000)))
        piece = chance.choice(
            (
                chance.choice(PIECES).encode(),
                chance.choice(PIECES).encode() * 5,
                data[start:end] * chance.choice((2, 5, 20)),
                chance.randbytes(20),
                b"",
            )
        )
        data = data[:start] + piece + data[end:]
    return data[:200_000]


if __name__ == "__main__":
    sys.exit(main())

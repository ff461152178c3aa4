"""Random requests and random documents: no answer of 500, and none over two seconds of processor.

    make fuzz                                       100,000 of each
    make fuzz REQUESTS=2000 DOCUMENTS=2000 SEED=7

Requests are made up from the site's own addresses, with values that are too long, of the wrong
kind, of other scripts, or hostile. Documents are reports in every format with pieces repeated,
swapped, cut and replaced by what parsers stumble over. A case is made from the seed and its number
alone: what fails is printed with both, and `--only requests:4711` makes it again.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.fuzz.running import Kind, run


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        set_up(Path(folder))
        # Their modules need Django's settings, which need the variables set above.
        from benchmarks.fuzz.documents import reader  # noqa: PLC0415
        from benchmarks.fuzz.requests import asker  # noqa: PLC0415

        print(f"Seed {options.seed}.", flush=True)
        kinds: dict[str, tuple[int, Callable[[], Kind]]] = {
            "requests": (options.requests, asker),
            "documents": (options.documents, reader),
        }
        if options.only:
            name, _, step = options.only.partition(":")
            faults = list(
                run(name, range(int(step), int(step) + 1), options.seed, kinds[name][1]())
            )
        else:
            faults = [
                fault
                for name, (number, make) in kinds.items()
                if number
                for fault in run(name, range(number), options.seed, make())
            ]
    print(f"{len(faults)} faults." if faults else "No fault.")
    return int(bool(faults))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--only", metavar="KIND:NUMBER", help="one case, such as requests:4711")
    return parser.parse_args()


def set_up(folder: Path) -> None:
    """A separate site with the seeds in it, on the database that DATABASE_URL names, if any."""
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


if __name__ == "__main__":
    sys.exit(main())

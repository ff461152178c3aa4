"""The short forms of `make faults` and `make fuzz`."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

FAULTS = ["benchmarks.faults", "--short"]
FUZZ = ["benchmarks.fuzz", "--requests=600", "--documents=200", "--seed=20261121"]


@pytest.mark.parametrize("command", [FAULTS, FUZZ], ids=["faults", "fuzz"])
def test_nothing_is_lost_and_nobody_sees_a_fault(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REQUIRED = {"SECRET_KEY": "s" * 50, "ALLOWED_HOSTS": "a.example", "POSTGRES_PASSWORD": "p1"}


@pytest.fixture(scope="session")
def compose() -> list[str]:
    for command in (["docker-compose"], ["docker", "compose"]):
        if (
            shutil.which(command[0])
            and not subprocess.run(
                [*command, "version"], capture_output=True, check=False
            ).returncode
        ):
            return command
    pytest.skip("NOT TESTED: docker-compose is not found (Debian: apt-get install docker-compose)")


Config = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def config(compose: list[str], tmp_path: Path) -> Config:
    """Runs `config` with only the given settings, on a copy that no `.env` lies beside."""
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)

    def config(**variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*compose, "config"],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return config


def test_compose_accepts_the_file_with_the_required_settings(config: Config) -> None:
    done = config(**REQUIRED)

    assert done.returncode == 0, done.stderr
    assert "postgresql://cqc:p1@database:5432/cqc" in done.stdout


@pytest.mark.parametrize("missing", REQUIRED)
def test_compose_names_a_missing_setting(config: Config, missing: str) -> None:
    done = config(**{name: value for name, value in REQUIRED.items() if name != missing})

    assert done.returncode != 0
    assert missing in done.stderr

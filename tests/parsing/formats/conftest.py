import pytest

from tests.fixtures.make_reports import files
from tests.fixtures.whole_report import sources


@pytest.fixture(scope="session")
def whole_reports() -> dict[str, bytes]:
    """Name and bytes of every file of the invented reports."""
    return {name: content for source in sources() for name, content in files(source)}

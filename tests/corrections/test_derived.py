"""If a finding changes, the rows of its figures change with it."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from reports.corrections import change, join, revert, split
from reports.corrections.exchange import export_corrections, import_corrections
from reports.models import Correction, Figure, Finding
from tests.ingest.conftest import DATA, PEOPLE, STAFF

pytestmark = pytest.mark.django_db


def quoted() -> list[tuple[str, str]]:
    """The first word of each finding, with each of its figures."""
    return [(row.finding.text.split()[0], row.text) for row in Figure.objects.order_by("pk")]


@pytest.fixture
def found(read) -> Finding:
    read(STAFF, PEOPLE, DATA)
    return Finding.objects.get(text=DATA)


def test_ingest_makes_them(found):
    assert quoted() == [("Local", "40 people")]


def test_a_new_version_makes_them_again(found, read):
    read(STAFF, PEOPLE, DATA.replace("40", "60"))

    assert quoted() == [("Local", "60 people")]


def test_a_finding_that_leaves_the_report_loses_them(found, read):
    read(STAFF, PEOPLE)

    assert quoted() == []


def test_a_correction_makes_them_again(found, why):
    change(found, {"text": "Staff said 12 teams met.", "figures": ["12 teams"]}, why())

    assert quoted() == [("Staff", "12 teams")]


def test_a_paragraph_that_is_not_a_finding_has_no_number_until_it_is_one_again(found, why):
    change(found, {"status": "not-a-finding"}, why())
    assert quoted() == []

    revert(Correction.objects.get().batch, why())
    assert quoted() == [("Local", "40 people")]


def test_a_figure_that_is_not_in_the_text_has_no_row(found, why):
    change(found, {"figures": ["40 people", "7 dogs"]}, why())

    assert quoted() == [("Local", "40 people")]


def test_split_and_join_share_them_out(found, why):
    change(found, {"text": "In all 40 people waited. Of them 3 people left."}, why())
    change(found, {"figures": ["40 people", "3 people"]}, why())
    found.refresh_from_db()

    second = split(found, found.text.index("Of them"), why())
    assert sorted(quoted()) == [("In", "40 people"), ("Of", "3 people")]

    found.refresh_from_db()
    join(found, second, why())
    assert quoted() == [("In", "40 people"), ("In", "3 people")]


def test_an_import_makes_them(found, why):
    change(found, {"figures": ["40 people were waiting"]}, why())
    kept = StringIO()
    export_corrections(kept)
    change(found, {"figures": ["40 people"]}, why())
    # Under another id the correction is new here.
    again = kept.getvalue().replace(str(Correction.objects.earliest("pk").uuid), str(uuid4()))

    import_corrections(StringIO(again))

    assert quoted() == [("Local", "40 people were waiting")]


def test_reparse_makes_them_for_rows_that_have_none(found):
    Figure.objects.all().delete()

    call_command("reparse", verbosity=0)

    assert quoted() == [("Local", "40 people")]

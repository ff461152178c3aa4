"""A table of population and deprivation is loaded whole, or refused with every reason."""

import pytest
from django.core.management import CommandError, call_command

from reports.ingest.context import load_context
from reports.ingest.operator_tables import TableError
from reports.models import Authority

pytestmark = pytest.mark.django_db

HEADING = "gss_code,population,deprivation,source"


@pytest.fixture
def table(tmp_path):
    def write(*rows):
        path = tmp_path / "context.csv"
        path.write_text("\n".join([HEADING, *rows]), encoding="utf-8")
        return path

    return write


def test_sets_what_the_table_says(table):
    path = table("E09000003,390000,16.1,ONS mid-2023", "E09000007,,,")

    assert load_context(path) == 2

    barnet = Authority.objects.get(slug="barnet")
    assert (barnet.population, barnet.deprivation, barnet.context_source) == (
        390000,
        16.1,
        "ONS mid-2023",
    )


def test_an_empty_cell_clears_what_is_known(table):
    load_context(table("E09000003,390000,16.1,ONS"))
    load_context(table("E09000003,,,"))

    assert Authority.objects.get(slug="barnet").population is None


def test_survives_the_gazetteer_that_every_migrate_loads(table):
    load_context(table("E09000003,390000,16.1,ONS"))

    Authority.objects.load_gazetteer()

    assert Authority.objects.get(slug="barnet").population == 390000


def test_names_every_line_that_is_wrong_and_loads_nothing(table):
    path = table(
        "E09000003,390000,16.1,ONS",
        "E99999999,1,1,ONS",
        "E09000007,39 000,1,ONS",
        "E09000007,0,1,ONS",
        "E09000007,5,high,ONS",
        "E09000007,5,nan,ONS",
        "E09000007,5",
    )

    with pytest.raises(TableError) as error:
        load_context(path)

    assert [line.split(": ", 1)[1].split(":")[0] for line in str(error.value).splitlines()] == [
        "“E99999999” is not the ONS code of an authority.",
        "population is “39 000”",
        "population is “0”",
        "deprivation is “high”",
        "deprivation is “nan”",
        "has more or fewer cells than the heading.",
    ]
    assert Authority.objects.get(slug="barnet").population is None


def test_takes_every_population_below_ten_million_and_a_source_of_200_characters(table):
    assert load_context(table(f"E09000003,1,-3.5,{'s' * 200}", "E09000007,9999999,0,ONS")) == 2

    barnet = Authority.objects.get(slug="barnet")
    assert (barnet.population, barnet.deprivation) == (1, -3.5)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "E09000003,10000000,1,ONS",
            "population is “10000000”: write a whole number of people, without commas.",
        ),
        ("E09000003,٣,1,ONS", "population is “٣”: write a whole number of people, without commas."),
        ("E09000003,5,inf,ONS", "deprivation is “inf”: write a number such as 21.4."),
        (
            f"E09000003,5,1,{'s' * 201}",
            "source is longer than 200 characters: write who published the figures.",
        ),
    ],
)
def test_says_what_to_write(table, row, message):
    path = table(row)

    with pytest.raises(TableError) as error:
        load_context(path)

    assert str(error.value) == f"{path}:2: {message}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"gss_code\nE09000003\n", "columns are missing: population, deprivation, source"),
        (b"\xff\xfe\x00", "not a CSV file in UTF-8"),
    ],
)
def test_a_file_without_this_table_is_refused(tmp_path, content, words):
    path = tmp_path / "context.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=words):
        call_command("load_context", path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_context", tmp_path / "none.csv")


def test_the_command_says_how_many(table, capsys):
    call_command("load_context", table("E09000003,390000,16.1,ONS"))

    assert "Context of 1 authorities is loaded." in capsys.readouterr().out

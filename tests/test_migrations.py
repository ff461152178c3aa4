"""What the data migrations do to rows that earlier versions stored."""

import importlib

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

repaired = importlib.import_module("reports.migrations.0005_repair_dates").repaired


@pytest.mark.parametrize(
    ("stored", "after"),
    [
        ("2025-02-28", "2025-02-28"),
        ("2025", "2025"),
        ("0000-12", ""),
        ("٢٠٢٥-12", "2025-12"),
        ("2025-02-30", ""),
    ],
)
def test_stored_dates_are_repaired(stored, after):
    assert repaired(stored) == after


@pytest.fixture
def migrated_to(transactional_db):
    """Migrates the app to a migration and returns its models as they were then."""

    def migrate(name):
        executor = MigrationExecutor(connection)
        executor.migrate([("reports", name)])
        return executor.loader.project_state([("reports", name)]).apps

    yield migrate
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_assessments_that_stand_twice_become_one(migrated_to):
    apps = migrated_to("0010_document_id_scope")
    york = apps.get_model("reports", "Authority").objects.get(slug="york")
    assessments = apps.get_model("reports", "Assessment").objects
    sections = apps.get_model("reports", "Section").objects
    document = apps.get_model("reports", "SourceDocument").objects.create(
        sha256="a", text_sha256="b", path="report.txt", size=1
    )
    for name, its_document in (("scores", None), ("text", document)):
        assessment = assessments.create(public_id=name, authority=york, published="2025-12")
        sections.create(
            public_id=name,
            assessment=assessment,
            document=its_document,
            position=0,
            statement="learning",
            parsed_statement="learning",
        )

    apps = migrated_to("0011_one_published_assessment")

    found = apps.get_model("reports", "Section").objects.values_list(
        "public_id", "assessment__public_id"
    )
    assert list(found) == [("text", "scores")]
    assert apps.get_model("reports", "Assessment").objects.count() == 1

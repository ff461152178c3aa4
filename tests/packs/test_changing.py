import pytest

from reports import packs
from reports.models import Finding, Pack
from reports.packs import Arrangement, changing
from tests.search.making import make_finding, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack() -> Pack:
    return packs.create("Peer review")


def test_keys_cannot_be_guessed_and_differ(pack: Pack) -> None:
    assert len({pack.key, pack.share_key, packs.create("Other").key}) == 3
    assert len(pack.key) == len(pack.share_key) == 22


def test_findings_are_put_in_once_and_in_order(pack: Pack) -> None:
    first, second, third = (make_finding(text).public_id for text in ("One.", "Two.", "Three."))

    assert packs.add(pack, [second, first, second]) == 2
    assert packs.add(pack, [third, first]) == 1

    assert [entry.said["text"] for entry in packs.entries(pack)] == ["Two.", "One.", "Three."]


def test_unknown_and_unpublished_findings_are_left_out(pack: Pack) -> None:
    gone = make_finding("Gone.")
    Finding.objects.filter(pk=gone.pk).update(status=Finding.Status.GONE)

    assert packs.add(pack, [gone.public_id, "unknown"]) == 0


def test_a_full_pack_takes_no_more(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "MOST_ITEMS", 1)

    with pytest.raises(packs.PackFullError):
        packs.add(pack, [make_finding("One.").public_id, make_finding("Two.").public_id])

    assert packs.entries(pack) == []


def test_arranges_names_notes_and_takes_out(pack: Pack) -> None:
    packs.add(pack, [make_finding(text).public_id for text in ("One.", "Two.", "Three.")])
    pack.refresh_from_db()
    one, two, three = pack.items.all()

    packs.arrange(
        pack,
        pack.version,
        "Renamed",
        [
            Arrangement(one.pk, 9, "last"),
            Arrangement(two.pk, 2, "", remove=True),
            Arrangement(three.pk, 3, "first"),
        ],
    )

    pack.refresh_from_db()
    assert pack.name == "Renamed"
    assert [(entry.said["text"], entry.item.note) for entry in packs.entries(pack)] == [
        ("Three.", "first"),
        ("One.", "last"),
    ]


def test_what_was_changed_elsewhere_is_not_overwritten(pack: Pack) -> None:
    seen = pack.version
    packs.arrange(pack, seen, "First", [])

    with pytest.raises(packs.StalePackError):
        packs.arrange(pack, seen, "Second", [])

    pack.refresh_from_db()
    assert pack.name == "First"


def test_a_finding_that_did_not_change_is_not_marked(pack: Pack) -> None:
    packs.add(pack, [make_finding("Staff learned.").public_id])

    [entry] = packs.entries(pack)
    assert (entry.gone, entry.changes) == ("", ())


def test_a_changed_finding_shows_what_it_said(pack: Pack) -> None:
    section = make_section(score=2)
    finding = make_finding("Staff learned.", section=section)
    packs.add(pack, [finding.public_id])
    Finding.objects.filter(pk=finding.pk).update(text="Staff learned nothing.")
    section.score = 3
    section.save()

    [entry] = packs.entries(pack)

    assert [(change.label, change.before, change.now) for change in entry.changes] == [
        ("Text", "Staff learned.", "Staff learned nothing."),
        (
            "Score",
            "score 2 (Evidence shows some shortfalls)",
            "score 3 (Evidence shows a good standard)",
        ),
    ]


def test_a_finding_that_is_gone_keeps_what_it_said(pack: Pack) -> None:
    gone, deleted = make_finding("Gone."), make_finding("Deleted.")
    packs.add(pack, [gone.public_id, deleted.public_id])
    Finding.objects.filter(pk=gone.pk).update(status=Finding.Status.GONE)
    deleted.delete()

    assert [(entry.said["text"], entry.gone) for entry in packs.entries(pack)] == [
        ("Gone.", "No longer in the report."),
        ("Deleted.", "This finding is no longer held here."),
    ]

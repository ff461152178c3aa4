"""Whose evidence a finding is based on, by who is said to have spoken."""

import pytest

from reports.inference import explain


def categories(text: str) -> tuple[str, ...]:
    return tuple(one.slug for one in explain(text) if one.field == "evidence")


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("People told us they waited.", ("people",)),
        ("Unpaid carers reported delays.", ("people",)),
        ("Some people said it was slow.", ("people",)),
        ("Those who received reablement spoke highly of it.", ("people",)),
        ("A family of a man with dementia described the wait.", ("people",)),
        ("Staff told us they were trained.", ("staff-and-leaders",)),
        ("Frontline staff consistently reported support.", ("staff-and-leaders",)),
        ("Senior leaders also told us of plans.", ("staff-and-leaders",)),
        ("Leaders recognised this.", ("staff-and-leaders",)),
        ("The local authority told us it was new.", ("staff-and-leaders",)),
        ("At the time of our visit, managers felt ready.", ("staff-and-leaders",)),
        ("Workers from minority backgrounds told us of bias.", ("staff-and-leaders",)),
        ("Partners told us they were heard.", ("partners",)),
        ("Partner organisations told us it worked.", ("partners",)),
        ("Hospital staff told us it was slow.", ("partners",)),
        ("Managers at the hospital told us it was slow.", ("partners",)),
        ("Voluntary groups told us it was slow.", ("partners",)),
        ("It was slow, according to several charities.", ("partners",)),
        ("Staff and partners told us it was slow.", ("staff-and-leaders", "partners")),
        ("National data showed a rise.", ("processes",)),
        ("Data provided by the local authority showed a rise.", ("processes",)),
        ("The panel met each week.", ("processes",)),
        ("Staff told us they were proud. They said it was new.", ("staff-and-leaders",)),
        ("Concerns were reported to the board.", ("processes",)),
        (
            "People told us one thing, staff told us another. National data showed a third.",
            ("people", "staff-and-leaders", "processes"),
        ),
        ("", ()),
    ],
)
def test_who_is_said_to_have_spoken(text, evidence):
    assert categories(text) == evidence


def test_the_reason_is_the_speaker_with_the_verb():
    (found,) = explain("At the time, front line staff also told us it was new.")
    assert found.phrases == ("front line staff also told us",)


def test_the_reason_for_processes_is_how_the_sentence_opens():
    (found,) = explain("The panel met each Tuesday afternoon in the old town hall of the borough.")
    assert found.phrases == ("The panel met each Tuesday afternoon in the",)

"""Tone: strength, shortfall or both."""

import pytest

from reports.inference import explain, infer


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("The approach was effective and well embedded.", "strength"),
        ("The approach was not well embedded.", "shortfall"),
        ("There were gaps in care and long delays.", "shortfall"),
        ("People were seen without delay.", "strength"),
        ("There was no waiting list.", "strength"),
        ("Staff were proud of their work. However, there were gaps in records.", "mixed"),
        ("Staff were proud of their work, but the purple cupboard was locked.", "mixed"),
        ("Safeguarding concerns were logged in the register.", ""),
        ("The register was blue.", ""),
        ("", ""),
    ],
)
def test_tone(text, tone):
    assert infer(text).tone == tone


def test_the_reason_holds_the_negation():
    (tone,) = (one for one in explain("It was not well embedded.") if one.field == "tone")
    assert tone.phrases == ("not well embedded",)

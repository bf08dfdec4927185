"""Folding: what counts as the same words, for each of the three purposes."""

from __future__ import annotations

import pytest

from extractor.folding import id_form, plain, squeeze


def test_squeeze_folds_every_kind_of_white_space_and_nothing_else() -> None:
    assert squeeze("  Well\u00a0run,\n\twell‑led ") == "Well run, well‑led"
    assert squeeze(None) == ""


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("The Force’s  Plan", "the force's plan"),
        ("stop‑and‑search", "stop-and-search"),
        ("co\u00adoperate", "cooperate"),
        ("PEEL 2023–25", "peel 2023–25"),
    ],
)
def test_plain_makes_quotes_straight_and_hyphens_simple_but_keeps_dashes(printed: str, compared: str) -> None:
    assert plain(printed) == compared


@pytest.mark.parametrize(
    ("printed", "form"), [("Réview – 101 & 999!", "re view 101 999"), ("STRAßE", "strasse"), ("…", "")]
)
def test_ids_are_made_of_letters_and_figures_alone(printed: str, form: str) -> None:
    assert id_form(printed) == form

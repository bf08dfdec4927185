"""A grade is taken where it is formally displayed or stated of this force this year, and nowhere else."""

from __future__ import annotations

import pytest
from printed import extracted, grades, loud

from extractor.report.gradings.evidence import Cycles

PROSE = "The force works with its partners every day and keeps records of what it does with them.\n\n"
SURE = "# Investigating crime and reducing re-offending\n\nGood\n\n" + PROSE  # so that every case is a report
SURE_OF = {
    "2015": "# How effective is the force at investigating crime and managing offenders?\n\nGood\n\n" + PROSE,
    "2016": SURE,
    "2017": SURE,
    "2018-19": SURE.replace(" and reducing re-offending", ""),
    "2021-22": SURE.replace(" and reducing re-offending", ""),
}
ASKED = {
    "2015": "How effective is the force at preventing crime and anti-social behaviour, and keeping people safe?",
    "2016": "How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?",
    "2017": "Preventing crime and tackling anti-social behaviour",
    "2018-19": "Preventing crime and tackling anti-social behaviour",
    "2021-22": "Preventing crime and anti-social behaviour",
}
REQUIRES = "requires improvement"


def asked(words: str, cycle: str) -> tuple[str | None, str] | None:
    """Grade and basis of the question whose section begins with these words; None when it has no row."""
    found = extracted(f"{SURE_OF[cycle]}# {ASKED[cycle]}\n\n{words}\n\n{PROSE}", cycle)
    rows = [row for row in grades(found) if row[0] == ASKED[cycle]]
    assert len(rows) < 2
    if not rows:
        assert "question_without_grade" in loud(found)
        return None
    return rows[0][1:]


STATED = [
    ("2015", "The extent to which Cleveland Police is effective at keeping people safe is good.", "good"),
    ("2015", "The extent to which Cleveland Police is effective at reducing crime requires improvement.", REQUIRES),
    ("2015", "The extent to which Cleveland Police is effective at keeping people safe is inadequate.", "inadequate"),
    ("2015", "HMIC judges Cleveland Police to be good.", "good"),
    ("2015", "HMIC judges Cleveland Police to require improvement.", REQUIRES),
    ("2015", "HMIC judges that Cleveland Police is good overall at tackling crime.", "good"),
    ("2015", "For these reasons the force is graded as good.", "good"),
    ("2015", "The force cannot be judged any higher than inadequate.", "inadequate"),
    ("2016", "Cleveland Police has been assessed as good in respect of how it keeps people safe.", "good"),
    ("2016", "Cleveland Police has been assessed as requires improvement in respect of crime.", REQUIRES),
    ("2016", "Cleveland Police is good in respect of its effectiveness at preventing crime.", "good"),
    ("2016", "Cleveland Police requires improvement in respect of its effectiveness at this.", REQUIRES),
    ("2016", "Cleveland Police is inadequate in respect of its effectiveness.", "inadequate"),
    ("2016", "HMIC has assessed that Cleveland Police requires improvement in respect of it.", REQUIRES),
    ("2017", "Cleveland Police is judged to be good in how it prevents crime.", "good"),
    ("2017", "Cleveland Police is judged to require improvement in how it prevents crime.", REQUIRES),
    ("2017", "Cleveland Police is judged as requiring improvement in how it treats people.", REQUIRES),
    ("2017", "Cleveland Police has been assessed as requiring improvement at this.", REQUIRES),
    ("2017", "Cleveland Police is judged to be requiring improvement in some aspects of this.", REQUIRES),
    ("2018-19", "The extent to which the force operates sustainably requires improvement.", REQUIRES),
    ("2018-19", "The extent to which the force treats its workforce legitimately is good.", "good"),
    ("2018-19", "We have graded Cleveland Police as inadequate in this area.", "inadequate"),
    ("2018-19", "Overall, Cleveland Police remains outstanding in its effectiveness at this.", "outstanding"),
    ("2018-19", "The force needs to improve how efficiently it operates.", REQUIRES),
    ("2021-22", "Cleveland Police is outstanding at preventing crime.", "outstanding"),
    ("2021-22", "Cleveland Police is adequate at prevention and deterrence.", "adequate"),
    ("2021-22", "Cleveland Police requires improvement at preventing crime.", REQUIRES),
    ("2016", "Cleveland Police is good at this. It is a deterioration on last year, when it was outstanding.", "good"),
    ("2016", "It is an improvement on last year, when we judged it inadequate. The force is good at it.", "good"),
]  # fmt: skip


@pytest.mark.parametrize(("cycle", "sentence", "grade"), STATED, ids=[sentence for _, sentence, _ in STATED])
def test_sentence_that_states_the_grade(cycle: str, sentence: str, grade: str) -> None:
    assert asked(sentence, cycle) == (grade, "inspected")


@pytest.mark.parametrize(("cycle", "sentence", "grade"), STATED[:3], ids=["good", "requires", "inadequate"])
def test_grade_from_a_sentence_is_flagged(cycle: str, sentence: str, grade: str) -> None:
    found = extracted(f"{SURE_OF[cycle]}# {ASKED[cycle]}\n\n{sentence}\n\n{PROSE}", cycle)
    assert [row.flags for row in found.gradings if row.question == ASKED[cycle]] == [("grade_from_sentence",)]
    assert grade == next(row.grade for row in found.gradings if row.flags)


DECOYS = [
    ("2015", "In last year’s value for money inspection, Cleveland Police was judged to be good."),
    ("2017", "Our overall judgment is not consistent with last year, when the force was assessed to be good."),
    ("2017", "It is more positive than last year when we judged the force to require improvement."),
    ("2017", "In 2016, HMICFRS assessed Cleveland Police as good."),
    ("2018-19", "In 2016, we judged Cleveland Police as good at preventing crime."),
    ("2018-19", "This is a decline from the judgment of ‘good’ that the force received from our last inspection."),
    ("2018-19", "The force has dropped two grades since our last inspection."),
    ("2017", "The force’s inadequate approach to protecting some vulnerable victims is worrying."),
    ("2017", "The force is poor at arresting outstanding suspects."),
    ("2016", "HMIC judged the force to be inadequate in its crime-recording."),
    ("2017", "The force is well led and has made good progress; there are areas in need of improvement."),
    ("2017", "The force tackles internal corruption adequately."),
    ("2021-22", "The other forces are good at this."),
    ("2017", "The force is not good at preventing crime."),
    ("2017", "Grades run from outstanding, good and requires improvement to inadequate."),
]


@pytest.mark.parametrize(("cycle", "sentence"), DECOYS, ids=[sentence for _, sentence in DECOYS])
def test_sentence_that_is_no_grade_of_this_year(cycle: str, sentence: str) -> None:
    assert asked(sentence, cycle) is None


@pytest.mark.parametrize(
    "words",
    ["Inadequate", "Grade: Inadequate", "INADEQUATE", "Inadequate.", "Rating Inadequate", "Judgment\n\nInadequate"],
)
def test_bare_label(words: str) -> None:
    assert asked(words, "2017") == ("inadequate", "inspected")


@pytest.mark.parametrize("words", ["Requires improvement", "Requires Improvement", "REQUIRES IMPROVEMENT"])
def test_label_of_two_words(words: str) -> None:
    assert asked(words, "2017") == (REQUIRES, "inspected")


def test_label_with_a_footnote_mark() -> None:
    assert asked("Good^1^", "2017") == ("good", "inspected")


@pytest.mark.parametrize("words", ["Not graded", "Ungraded", "Not being graded", "To be graded", "Not yet graded"])
def test_label_that_says_there_is_none(words: str) -> None:
    assert asked(words, "2017") == (None, "not_graded")


@pytest.mark.parametrize(
    ("cycle", "sentence"),
    [
        ("2015", "This question has not been inspected or graded in 2015."),
        ("2021-22", "We don’t make a graded judgment in this overall area."),
        ("2021-22", "We do not make graded judgments in these areas."),
    ],
)
def test_sentence_that_says_there_is_none(cycle: str, sentence: str) -> None:
    assert asked(sentence, cycle) == (None, "not_graded")


@pytest.mark.parametrize(
    ("cycle", "sentence", "origin"),
    [
        ("2017", "This question was not inspected in 2017. The grade from last year’s inspection still stands.", None),
        ("2018-19", "Our judgment from the 2016 effectiveness inspection has been carried over.", "2016"),
        ("2018-19", "We have carried last year’s grade forward.", None),
        ("2017", "Judgments from 20162 remain. Our judgment from the 2016 inspection has been carried over.", "2016"),
    ],
)
def test_grade_carried_over(cycle: str, sentence: str, origin: str | None) -> None:
    found = extracted(f"{SURE_OF[cycle]}# {ASKED[cycle]}\n\nGood\n\n{sentence}\n\n{PROSE}", cycle)
    row = next(row for row in found.gradings if row.question == ASKED[cycle])
    assert (row.grade, row.basis, row.origin_cycle) == ("good", "carried_over", origin)


def test_label_wins_over_a_sentence_that_says_otherwise_and_says_so() -> None:
    found = extracted(
        f"{SURE}# {ASKED['2017']}\n\nInadequate\n\nCleveland Police is judged to be good in this.\n\n{PROSE}"
    )
    assert grades(found)[1][1] == "inadequate"
    assert "grade_disagrees" in loud(found)


def test_adjectives_below_a_label_are_no_disagreement() -> None:
    found = extracted(
        f"{SURE}# {ASKED['2017']}\n\nInadequate\n\nThe force’s planning for such demand is adequate.\n\n{PROSE}"
    )
    assert grades(found)[1][1:] == ("inadequate", "inspected") and not loud(found)


@pytest.mark.parametrize(
    "legend",
    [
        "# How we judge\n\nOutstanding\n\nGood\n\nRequires improvement\n\nInadequate\n\n",
        "## Our grades\n\nOutstanding | Good | Requires improvement | Inadequate\n\n",
        "# Annex A – HMIC judgments\n\nThe force is inadequate because it is lower than is expected.\n\nInadequate\n\n",
        "The categories are outstanding; good; requires improvement; and inadequate.\n\n",
    ],
    ids=["column", "row", "annex", "prose"],
)
def test_key_to_the_grades_is_no_grade(legend: str) -> None:
    assert grades(extracted(SURE + legend + PROSE)) == [
        ("Investigating crime and reducing re-offending", "good", "inspected")
    ]


def test_table_of_questions_in_the_overview() -> None:
    found = extracted(
        "# Overview – How effective is the force at keeping people safe and reducing crime?\n\n"
        "## Overall judgment\n\nGood\n\nCleveland Police is good. In 2015 it was judged to require improvement.\n\n"
        f"{ASKED['2016']} | Requires improvement\n"
        f"How effective is the force at investigating crime and reducing re-offending? | Outstanding\n\n{PROSE}"
        f"# {ASKED['2016']}\n\n{PROSE}"
        f"# How effective is the force at investigating crime and reducing re-offending?\n\n{PROSE}",
        "2016",
    )  # fmt: skip
    assert grades(found) == [
        ("How effective is the force at keeping people safe and reducing crime?", "good", "inspected"),
        (ASKED["2016"], REQUIRES, "inspected"),
        ("How effective is the force at investigating crime and reducing re-offending?", "outstanding", "inspected"),
    ]
    assert [row.level for row in found.gradings] == ["pillar", "question", "question"]
    assert not loud(found)


def test_table_whose_rows_stand_close() -> None:
    found = extracted(
        "# Effectiveness overview\n\nGood\n\nCleveland Police is judged to be good at this.\n\n"
        "Preventing crime and tackling anti-social behaviour || Good\n"
        "Investigating crime and reducing re-offending || Requires improvement (2016)\n"
        f"Tackling serious and organised crime || Ungraded\n\n{PROSE}"
        f"# Preventing crime and tackling anti-social behaviour\n\nGood\n\n{PROSE}"
    )
    assert grades(found)[1:] == [
        ("Preventing crime and tackling anti-social behaviour", "good", "inspected"),
        ("Investigating crime and reducing re-offending", REQUIRES, "carried_over"),
        ("Tackling serious and organised crime", None, "not_graded"),
    ]


def test_table_with_a_column_for_each_grade() -> None:
    found = extracted(
        "# Overall summary\n\n## Our judgments\n\nWe make graded judgments in two of these two as follows:\n\n"
        "Outstanding | Good | Adequate | Requires improvement | Inadequate\n"
        "Preventing crime |  | Investigating crime |  | \n\n"
        f"# {ASKED['2021-22']}\n\n{PROSE}# Investigating crime\n\nAdequate\n\n{PROSE}",
        "2021-22",
    )
    assert grades(found) == [
        (ASKED["2021-22"], "outstanding", "inspected"),
        ("Investigating crime", "adequate", "inspected"),
    ]
    assert not loud(found)


def test_column_against_label_is_said() -> None:
    found = extracted(
        "# Overall summary\n\n## Our judgments\n\n"
        "Outstanding | Good | Adequate | Requires improvement | Inadequate\n"
        " |  | Investigating crime |  | \n\n"
        f"# Investigating crime\n\nGood\n\n{PROSE}",
        "2021-22",
    )
    assert grades(found) == [("Investigating crime", "good", "inspected")]
    assert found.gradings[0].flags == ("grades_disagree",) and "grade_disagrees" in loud(found)


def test_grade_below_summary_of_findings_belongs_to_the_question() -> None:
    found = extracted(
        f"# {ASKED['2016']}\n\n{PROSE}## How well does the force work with people?\n\n{PROSE}"
        f"## Summary of findings\n\nRequires improvement\n\n{PROSE}",
        "2016",
    )
    assert grades(found) == [(ASKED["2016"], REQUIRES, "inspected")]


def test_several_questions_in_one_sentence() -> None:
    questions = [
        "How well does the force understand demand?",
        "How well does the force use its resources?",
        "How well is the force planning for the future?",
    ]
    found = extracted(
        "# Overview – How efficient is the force at keeping people safe and reducing crime?\n\nRequires improvement\n"
        "\nThe force’s understanding of demand is judged to be good; it is assessed to require improvement for its use "
        "of resources to manage demand; and its planning for the future is judged to be outstanding.\n\n"
        + "".join(f"# {question}\n\n{PROSE}" for question in questions),
        "2017-efficiency",
    )
    assert grades(found)[1:] == [
        (questions[0], "good", "inspected"),
        (questions[1], REQUIRES, "inspected"),
        (questions[2], "outstanding", "inspected"),
    ]


def test_unknown_area_is_taken_as_printed_and_flagged() -> None:
    found = extracted(f"{SURE_OF['2021-22']}# Keeping the peace at sea\n\nAdequate\n\n{PROSE}", "2021-22")
    assert grades(found)[1] == ("Keeping the peace at sea", "adequate", "inspected")
    assert found.gradings[1].question_id is None and "unrecognised_area" in loud(found)


@pytest.mark.parametrize("number", ["two", "seven", "eight", "fourteen", "3", "11"])
def test_counting_sentence_is_compared(number: str) -> None:
    words = f"# Our judgments\n\nWe make graded judgments in {number} of these as follows.\n\n"
    assert "count_disagrees" in loud(extracted(words + SURE_OF["2021-22"], "2021-22"))


@pytest.mark.parametrize("number", ["one", "1"])
def test_counting_sentence_that_agrees_is_no_fault(number: str) -> None:
    words = f"# Our judgments\n\nWe make graded judgments in {number} of these as follows.\n\n"
    assert not loud(extracted(words + SURE_OF["2021-22"], "2021-22"))


def test_page_of_a_grade_is_the_first_it_is_printed_on() -> None:
    found = extracted(f"{SURE}\\f\n# {ASKED['2017']}\n\nInadequate\n\n{PROSE}")
    assert [row.page for row in found.gradings] == [3, 4]
    assert all(row.boxes and row.boxes[0].page == row.page for row in found.gradings)


def test_grade_that_the_cycle_does_not_know_is_said() -> None:
    found = extracted(f"{SURE}# {ASKED['2017']}\n\nAdequate\n\n{PROSE}")
    assert loud(found)


def test_lead_of_an_area_for_improvement_states_no_grade() -> None:
    box = "> ### Area for improvement\n>\n> **The force needs to improve how it records crime**\n>\n> Some is late.\n"
    assert asked(box, "2021-22") is None


def test_no_longer_requires_improvement_is_no_grade() -> None:
    assert asked("Cleveland Police no longer requires improvement at preventing crime.", "2021-22") is None


def test_two_sentences_that_disagree_are_said() -> None:
    words = "The force is good at working with partners. Overall, the force requires improvement."
    assert loud(extracted(f"{SURE}# {ASKED['2017']}\n\n{words}\n\n{PROSE}"))


@pytest.mark.parametrize("words", ["The grade and findings from last year’s inspection still stand.", ""])
def test_carried_over_where_no_label_is_printed(words: str) -> None:
    sentence = f"This question was not inspected in 2017. {words or 'The force’s 2016 grade of good still stands.'}"
    found = asked(sentence, "2017")
    assert found is not None and found[1] == "carried_over"


# whose years ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["2021", "2022", "2021/22", "2021–22"])
def test_years_of_the_cycle_itself_are_no_other_inspection(year: str) -> None:
    assert asked(f"Adequate ({year})", "2021-22") == ("adequate", "inspected")
    assert asked(f"In {year}, Cleveland Police is outstanding at preventing crime.", "2021-22") == (
        "outstanding",
        "inspected",
    )


@pytest.mark.parametrize("year", ["2019", "2020", "2023", "2018/19", "2020/21", "2022/23"])
def test_other_years_are_another_inspection(year: str) -> None:
    found = extracted(f"{SURE_OF['2021-22']}# {ASKED['2021-22']}\n\nAdequate ({year})\n\n{PROSE}", "2021-22")
    assert [(row.basis, row.origin_cycle) for row in found.gradings[1:]] == [("carried_over", year)]


@pytest.mark.parametrize(
    ("printed", "cycle"),
    [
        ("2023–25", "2023-25"),
        ("2023–2025", "2023-25"),
        ("2021–22", "2021/22"),
        ("2018/2019", "2018/19"),
        ("2016", "2016"),
    ],
)
def test_other_cycle_is_written_as_in_the_tables(printed: str, cycle: str) -> None:
    cycles = Cycles("2025-27", ("2016", "2018/19", "2021/22", "2023-25", "2025-27"))
    assert cycles.other_in(f"carried over from our {printed} inspection") == cycle
    assert cycles.alone_in(f"({printed})") == cycle and cycles.alone_in(f"in {printed}") is None


@pytest.mark.parametrize("words", ["2025", "2026", "2027", "2025–27", "2025/26", "no year at all", "20000 people"])
def test_words_that_name_no_other_cycle(words: str) -> None:
    assert Cycles("2025-27", ("2023-25", "2025-27")).other_in(words) is None


@pytest.mark.parametrize(
    ("note", "origin"),
    [("(2016 judgment)", "2016"), ("(last inspected: 2016)", "2016"), ("(2016)", "2016"), ("(carried over)", None)],
)
@pytest.mark.parametrize("gap", [" | ", " "], ids=["cells", "one line"])
def test_question_whose_brackets_name_another_inspection(note: str, origin: str | None, gap: str) -> None:
    name = "Tackling serious and organised crime"
    found = extracted(f"# Effectiveness overview\n\nGood\n\n{PROSE}{name} {note}{gap}Inadequate\n\n{PROSE}{SURE}")
    row = next(row for row in found.gradings if row.question == name)
    assert (row.grade, row.basis, row.origin_cycle) == ("inadequate", "carried_over", origin)


def test_a_cell_that_is_carried_over_says_nothing_of_the_pillar_above_it() -> None:
    names = ("Tackling serious and organised crime", "Preventing crime and tackling anti-social behaviour")
    rows = "\n\n".join(f"{name} (carried over) | Inadequate" for name in names)
    found = extracted(f"# Effectiveness overview\n\nGood\n\n{rows}\n\n{PROSE}{SURE}")
    bases = {row.question: (row.grade, row.basis) for row in found.gradings}
    assert bases["Effectiveness overview"] == ("good", "inspected")
    assert all(bases[name] == ("inadequate", "carried_over") for name in names)


def test_question_whose_brackets_name_this_inspection() -> None:
    name = "Tackling serious and organised crime"
    found = extracted(f"# Effectiveness overview\n\nGood\n\n{PROSE}{name} (2017) | Inadequate\n\n{PROSE}{SURE}")
    assert [row.basis for row in found.gradings if row.grade == "inadequate"] == ["inspected"]

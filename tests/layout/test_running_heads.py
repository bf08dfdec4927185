"""Running heads, feet and page numbers are furniture; headings and figures of the text are not."""

from __future__ import annotations

from set_by_hand import SIZE, line

from extractor.layout.running_heads import running_heads
from extractor.layout.wording import Wording
from extractor.models import Line

WORDS = "abcdefghij"


def page(number: int, *more: Line) -> list[Line]:
    """A page with twenty lines of text from 100 to 340, and what else stands on it."""
    text = [
        line(f"Text {WORDS[number]} {WORDS[n]}", top=100 + 12 * n, page=number, number=100 * number + n)
        for n in range(10)
    ]
    return [*text, *more]


def furniture(*pages: list[Line]) -> list[str]:
    numbered = dict(enumerate(pages, 1))
    roles = running_heads(numbered, dict.fromkeys(numbered, 1000.0), SIZE, Wording())
    return [one.text for some in pages for one in some if one.number in roles]


def foot(words: str, number: int, top: float = 950, **how: float) -> Line:
    return line(words, top=top, page=number, number=100 * number + 99, **how)  # type: ignore[arg-type]


def test_chapter_feet_in_body_type() -> None:
    feet = ["Crime | 1", "Crime | 2", "Victims | 3", "Victims | 4"]
    assert furniture(*(page(n, foot(words, n)) for n, words in enumerate(feet, 1))) == feet


def test_feet_of_too_few_pages_are_text() -> None:
    assert furniture(*(page(n, foot(f"Ends {WORDS[n]}", n)) for n in (1, 2, 3))) == []


def test_bold_lines_at_one_height_are_headings() -> None:
    heads = [line(f"Heading {WORDS[n]}", top=40, bold=True, page=n, number=100 * n + 50) for n in range(1, 6)]
    assert furniture(*(page(n, heads[n - 1]) for n in range(1, 6))) == []


def test_height_where_a_page_has_its_text_is_no_head() -> None:
    lines = [page(n, foot(f"Ends {WORDS[n]}", n)) for n in range(1, 6)]
    lines[4].insert(0, line("Text that goes down to the foot", top=938, page=5, number=598))
    assert furniture(*lines) == []


def test_heading_with_the_words_of_the_running_head_is_text() -> None:
    heads = [line("Areas for improvement", top=40, size=8, page=n, number=100 * n + 50) for n in range(1, 6)]
    heading = line("Areas for improvement", top=70, size=13, page=2, number=299)
    found = furniture(*(page(n, heads[n - 1], *([heading] * (n == 2))) for n in range(1, 6)))
    assert found == ["Areas for improvement"] * 5


def test_page_numbers_are_in_sequence() -> None:
    assert furniture(*(page(n, foot(str(n + 2), n)) for n in (1, 2, 3))) == ["3", "4", "5"]


def test_page_number_after_a_gap_stands_where_the_others_do() -> None:
    assert furniture(*(page(n, foot(printed, n)) for n, printed in ((1, "3"), (2, "4"), (3, "9")))) == ["3", "4", "9"]


def test_year_at_the_foot_of_a_page_is_text() -> None:
    numbers = [page(n, foot(str(n), n)) for n in (1, 2, 3)]
    numbers[1].insert(10, line("2013", top=920, page=2, number=298))
    assert furniture(*numbers) == ["1", "2", "3"]

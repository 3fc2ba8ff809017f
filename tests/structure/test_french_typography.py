"""House rule of the screens: a thin no-break space before : ; ! ?, no-break spaces inside « », apostrophes of print."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import ROOT
from app.sdm.definition import BLOCKS, all_items
from tests.structure.test_english_is_complete import forms, sentences

BREAKS = "a space that may break before : ; ! ?"
INSIDE = "a space that may break inside « »"
FAULTS = {
    BREAKS: re.compile(r" [:;!?](?=\s|$)"),
    INSIDE: re.compile(r"« | »"),
    "three dots for …": re.compile(r"\.\.\."),
    "a typewriter’s apostrophe": re.compile(r"'"),
}
SUBJECTS_OF_THE_GUIDE = "BaMaRa - "
"""The subjects of letters are the guide's, word for word, with its apostrophes; sentences quote them."""

FOLDERS = ("app/sdm", "app/recueils", "app/forms", "app/fiches", "app/paper", "app/identity", "app/terminology")
OF_A_PAGE = {"lists.py", "missing_codes.py", "missing_code_answers.py"}
"""Of app/terminology: the rest speaks to who loads files."""
NOT_OF_A_PAGE = {"commands.py", "author.py", "on_paper.py", "edit.py", "model.py", "self_check.py"}
"""Words of a terminal."""
SQL = re.compile(r"\b(select|insert into|update|delete from|with)\b.*\b(from|set|values|where|as)\b", re.S | re.I)
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<script.*?</script>|<[^>]*>", re.S)


@pytest.mark.parametrize("fault", FAULTS)
def test_no_sentence_holds(fault: str) -> None:
    said = {form for sentence in sentences() for form in forms(sentence) if SUBJECTS_OF_THE_GUIDE not in form}
    assert sorted(form for form in said if FAULTS[fault].search(form)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_no_label_help_or_rule_of_the_definition_holds(fault: str) -> None:
    said = {text for _, item in all_items() for text in (item.label, item.help)}
    said |= {constraint.sentence(item) for _, item in all_items() for constraint in item.constraints}
    said |= {text for block in BLOCKS.values() for text in (block.label, block.plural, *block.groups)}
    assert sorted(text for text in said if FAULTS[fault].search(text)) == []


@pytest.mark.parametrize("fault", [BREAKS, INSIDE])
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_sentence_of_the_fiche_holds(folder: str, fault: str) -> None:
    found = {f"{file.name}: {text}" for file in modules_of(folder) for text in words_of(file)}
    assert sorted(text for text in found if FAULTS[fault].search(text.partition(": ")[2])) == []


@pytest.mark.parametrize("fault", [BREAKS, INSIDE])
@pytest.mark.parametrize("folder", ["fiches", "forms"])
def test_no_page_of_the_fiche_holds(folder: str, fault: str) -> None:
    pages = [*(ROOT / "templates" / folder).rglob("*.html"), ROOT / "templates/_block.html"]
    lines = ((page.name, line) for page in pages for line in CODE.sub("·", page.read_text()).splitlines())
    assert sorted(f"{name}: {line.strip()}" for name, line in lines if FAULTS[fault].search(line)) == []


def modules_of(folder: str) -> Iterator[Path]:
    for file in sorted((ROOT / folder).rglob("*.py")):
        told_on_a_page = file.name in OF_A_PAGE if folder == "app/terminology" else file.name not in NOT_OF_A_PAGE
        if told_on_a_page and "sets" not in file.parts:
            yield file


def words_of(file: Path) -> Iterator[str]:
    """The texts of a module, but for its docstrings and its SQL."""
    tree = ast.parse(file.read_text())
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from () if SQL.search(node.value) else (node.value,)

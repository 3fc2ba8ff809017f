"""M2 at its full count: two hundred stories of a merge and its undoing, each beside the same one without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.tenants.hospital import Hospital
from tests.merging import Merging
from tests.properties.test_a_merge_undone_was_never import STORIES, STORIES_WITH_SITES, compare, opened, prove

MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def pair(open_hospital_for_test: Callable[..., Hospital]) -> tuple[Merging, Merging]:
    return opened(open_hospital_for_test), opened(open_hospital_for_test)


@pytest.mark.timeout(3600)
@MANY
@given(story=STORIES)
def test_a_hundred_stories_undone(pair: tuple[Merging, Merging], story: list[Any]) -> None:
    compare(pair, story)


@pytest.mark.timeout(3600)
@MANY
@given(story=STORIES_WITH_SITES)
def test_a_hundred_stories_rebuilt(pair: tuple[Merging, Merging], story: list[Any]) -> None:
    prove(pair[0], story)

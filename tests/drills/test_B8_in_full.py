"""B8 at its full count: 10 000 stories, no difference."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.stories import STORIES
from tests.properties.test_B8_against_the_oracle import play


@pytest.mark.timeout(3600)
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=STORIES, mixed=st.booleans())
def test_ten_thousand_stories(story: list[Any], mixed: bool) -> None:
    play(story, mixed)

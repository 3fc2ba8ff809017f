"""What each kind of long work does, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping

from app.admin.documents.document_acts import REPLAY, replay_piece
from app.admin.documents.test_site import FILL, fill_piece
from app.works.works import Runner

RUNNERS: Mapping[str, Runner] = {REPLAY: replay_piece, FILL: fill_piece}

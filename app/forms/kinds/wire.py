"""What passes between a page and an answer: the contract of every kind of field. Pure.

A *wire* is what the inputs of a field hold, as text: it is shown, sent back, and compared. A field whose wire comes
back as it was shown was not touched, and its stored answer stays what it is, to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Posted = Mapping[str, Sequence[str]]
"""Name of an input → the values it sent. A field none of whose names is there was not on the page."""


def no_label(_system: str, _code: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What fields must know that no definition says: the hospital's sites, and the labels of large terminologies."""

    sites: Mapping[str, str] = field(default_factory=dict)
    label_of: Callable[[str, str], str] = no_label
    search: Callable[[tuple[str, ...], str], Sequence[Any]] = lambda _systems, _text: ()


NOWHERE = Surroundings()


class Kind(Protocol):
    """`widget` names the macro of templates/forms/_widgets.html; `legend` says that it holds several inputs."""

    @property
    def widget(self) -> str: ...
    @property
    def legend(self) -> bool: ...

    def show(self, stored: Any, around: Surroundings) -> Any:
        """The wire of a stored answer, None being no answer."""
        ...

    def take(self, name: str, posted: Posted) -> Any | None:
        """The wire that was sent; None when the field was not on the page."""
        ...

    def same(self, wire: Any, shown: Any) -> bool:
        """Whether what came back is what was shown."""
        ...

    def read(self, wire: Any, stored: Any, around: Surroundings) -> Any:
        """The answer that the wire tells, None when it is empty. Raises IllTyped."""
        ...


def one_of(name: str, posted: Posted) -> str | None:
    """The first value of an input, without the spaces around it; None when it was not sent."""
    values = posted.get(name)
    return values[0].strip() if values else None

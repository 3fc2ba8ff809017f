"""How our templates are compiled: as Jinja does, but for what was a third of drawing a page.

A page is a thousand pieces joined once. Jinja escapes each into a Markup of its own, asks again for the icons that
every page has, and makes an object that stands for the nothing of « {{ 'x' if y }} »."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined]  # a plain str in, a plain str out

SAME_EVERYWHERE = ("asset", "icon")
"""Globals that answer the same to the same words, whoever asks."""


def piece(value: Any) -> str:
    """What `escape` answers, without making it a Markup: it will only be joined."""
    if type(value) is str:
        return escape_text(value)
    return value if type(value) is Markup else escape(value)


class Pieces(CodeGenerator):
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.piece(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        match node:
            case nodes.Call(node=nodes.Name(name=name), args=words, kwargs=[]) if name in SAME_EVERYWHERE:
                answer: Any = self.environment.globals[name]
                return str(escape(answer(*(word.as_const(frame.eval_ctx) for word in words))))
        return super()._output_child_to_const(node, frame, finalize)

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        node.expr2 = node.expr2 or nodes.Const("")
        super().visit_CondExpr(node, frame)


class Page(Context):
    def call(__self, __called: Any, *args: Any, **named: Any) -> Any:  # noqa: N805 - as Jinja's: any name may be given
        """A macro is not asked, by four questions, what it is given of the page: always the same."""
        if type(__called) is not Macro:
            return super().call(__called, *args, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return __called(__self.eval_ctx, *args, **named)


class Templates(Environment):
    """Flask's, with the same globals for every template: Jinja compares them at each import of macros, and those that
    a template could add of its own made that longer than drawing the macros."""

    code_generator_class = Pieces
    context_class = Page
    piece = staticmethod(piece)

    def make_globals(self, own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(own) if own else self.globals

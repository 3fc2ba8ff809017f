"""The fetus that a block is about."""

from __future__ import annotations

from typing import Any

from app.cda.document import Fetus
from app.operations.demo import markup
from app.operations.demo.header import ROLES
from app.operations.demo.markup import ident, leaf, moment, tag


def subject(fetus: Fetus | None) -> str:
    if fetus is None:
        return ""
    answers: dict[str, Any] = fetus.answers
    multiple, order = answers.get("fetus_multiple_pregnancy"), answers.get("fetus_order")
    person = tag(
        "subject",
        ident(fetus.fetus_id, "sdtc:id"),
        ident(fetus.ipp, "sdtc:id"),
        tag(
            "name",
            leaf("family", answers.get("fetus_birth_family_name"), ' qualifier="BR"'),
            leaf("family", answers.get("fetus_used_family_name"), ' qualifier="CL"'),
            leaf("given", answers.get("newborn_given_names")),
            leaf("given", answers.get("fetus_birth_given_name"), ' qualifier="BR"'),
            leaf("given", answers.get("fetus_given_name"), ' qualifier="CL"'),
        ),
        markup.coded("administrativeGenderCode", answers.get("fetus_sex")),
        moment("birthTime", answers.get("newborn_birth_date")),
        "" if multiple is None else f'<sdtc:multipleBirthInd value="{str(multiple).lower()}"/>',
        "" if order is None else f'<sdtc:multipleBirthOrderNumber value="{order}"/>',
    )
    child = f'<code code="CHILD" displayName="Enfant" codeSystem="{ROLES}"/>'
    related = tag("relatedSubject", child, person, attributes=' classCode="PRS"')
    return tag("subject", '<templateId root="1.2.250.1.213.1.1.3.60"/>', related, attributes=' typeCode="SBJ"')

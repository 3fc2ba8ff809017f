"""More documents made to hurt, by families: what differs within a family is where the same harm stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.cda.outcomes import Code
from app.operations.demo.described import NEWBORN
from app.operations.demo.documents import make_document

PLAIN = make_document(NEWBORN)
TEXT = PLAIN.decode()
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
BODY = TEXT.removeprefix(DECLARATION)

Case = tuple[Callable[[], bytes], Code | str]

PROLOGS = {
    "bare": "",
    "after a comment": "<!-- a -->",
    "after an instruction": "<?a b?>",
    "after blanks": "\n\t  \r\n",
    "after all of them": " <!-- a --> <?b?> <!-- c -->\n",
}
DOCTYPES = {
    "empty": "<!DOCTYPE ClinicalDocument>",
    "internal": '<!DOCTYPE ClinicalDocument [<!ENTITY a "b">]>',
    "of a file": '<!DOCTYPE ClinicalDocument SYSTEM "file:///etc/passwd">',
    "of the network": '<!DOCTYPE ClinicalDocument SYSTEM "http://127.0.0.1:9/x.dtd">',
    "of a parameter": '<!DOCTYPE ClinicalDocument [<!ENTITY % a SYSTEM "file:///dev/zero"> %a;]>',
}
CODECS = (
    "utf-32", "ebcdic-cp-fr", "cp037", "shift_jis", "gb18030", "big5", "koi8-r", "iso-2022-jp", "euc-jp", "hz", "idna",
    "punycode", "rot13", "base64", "unicode_escape", "raw_unicode_escape", "mbcs", "undefined", "hex", "bz2", "utf-7",
)  # fmt: skip
NOT_UTF8 = (
    b"\x80", b"\xbf", b"\xc0\x80", b"\xc1\xbf", b"\xc3", b"\xe0\x80\x80", b"\xe2\x82", b"\xed\xbf\xbf",
    b"\xf0\x80\x80\x80",
    b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfe", b"\xff",
)  # fmt: skip
REFERENCES = (
    "&#1;",
    "&#8;",
    "&#11;",
    "&#12;",
    "&#31;",
    "&#xFFFE;",
    "&#xFFFF;",
    "&#xDFFF;",
    "&#-1;",
    "&#x;",
    "&;",
    "&a b;",
)
BROKEN = {
    "a tag that never opens": ("</family>", "</family></family>"),
    "a tag that never closes": ("</family>", ""),
    "tags that cross": ("<family>", "<family><given></family></given><family>"),
    "an attribute without value": ("<family>", "<family a>"),
    "an attribute without quotes": ("<family>", "<family a=b>"),
    "a sign in an attribute": ("<family>", '<family a="<">'),
    "a name that is a number": ("<family>", "<1a/><family>"),
    "two dashes in a comment": ("<family>", "<!-- a -- b --><family>"),
    "an end of CDATA": ("<family>", "<family>]]>"),
    "a CDATA without end": ("<family>", "<family><![CDATA["),
    "an instruction named xml": ("<family>", "<?xml a?><family>"),
    "an instruction without end": ("<family>", "<?a <family>"),
    "a prefix nobody declared": ("<family>", "<a:b/><family>"),
    "a declaration in the middle": ("<family>", "<!ELEMENT a ANY><family>"),
}
DEPTHS = (198, 250, 400, 1000, 20_000)
CUTS = tuple(range(1, 20))


def _cases() -> Iterator[tuple[str, Case]]:
    for where, prolog in PROLOGS.items():
        for what, doctype in DOCTYPES.items():
            yield f"a DOCTYPE, {what}, {where}", (_text(f"{DECLARATION}{prolog}{doctype}{BODY}"), Code.DOCTYPE)
    for codec in CODECS:
        yield f"it says {codec}", (_text(TEXT.replace("UTF-8", codec, 1)), Code.ENCODING)
    for octets in NOT_UTF8:
        yield f"octets {octets.hex()}", (_octets(octets), Code.ENCODING)
    for reference in REFERENCES:
        yield f"a reference {reference}", (_text(TEXT.replace("ROUSSEL", reference, 1)), Code.XML)
    for what, (old, new) in BROKEN.items():
        yield what, (_text(TEXT.replace(old, new, 1)), Code.XML)
    for depth in DEPTHS:
        inner = "<a>" * depth + "</a>" * depth
        yield f"{depth} levels more", (_text(TEXT.replace("</structuredBody>", f"{inner}</structuredBody>")), Code.SIZE)
    for cut in CUTS:
        yield f"cut at {cut} twentieths", (_cut(cut), Code.XML)


def _text(text: str) -> Callable[[], bytes]:
    return lambda: text.encode()


def _octets(octets: bytes) -> Callable[[], bytes]:
    return lambda: PLAIN.replace(b"ROUSSEL", b"ROU" + octets + b"SEL", 1)


def _cut(cut: int) -> Callable[[], bytes]:
    return lambda: PLAIN[: len(PLAIN) * cut // 20]


MORE: dict[str, Case] = dict(_cases())

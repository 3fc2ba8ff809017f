"""Documents made to hurt: each with the code it must be answered with; "read" when it is only odd."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

from app.cda.outcomes import Code
from app.operations.demo.described import NEWBORN
from app.operations.demo.documents import make_document
from tests.spec.more_hostile_documents import MORE

PLAIN = make_document(NEWBORN)
TEXT = PLAIN.decode()
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
BODY = TEXT.removeprefix(DECLARATION)
MEBIBYTE = 1024 * 1024
READ = "read"

Case = Callable[[], bytes]


def with_prolog(prolog: str) -> Case:
    return lambda: f"{DECLARATION}{prolog}{BODY}".encode()


def declared(name: str, encoding: str | None = None, mark: bytes = b"") -> Case:
    return lambda: mark + TEXT.replace("UTF-8", name, 1).encode(encoding or "utf-8")


def replaced(pattern: str, replacement: str, count: int = 0) -> Case:
    return lambda: re.sub(pattern, lambda _: replacement, TEXT, count=count).encode()


def within(fragment: str) -> Case:
    """A fragment at the end of the structured body."""
    return lambda: TEXT.replace("</structuredBody>", f"{fragment}</structuredBody>").encode()


def in_name(content: str) -> Case:
    return lambda: TEXT.replace("ROUSSEL", content, 1).encode()


RESEARCH = '<templateId root="1.2.250.1.213.1.1.2.250"/>'
BAD_ANSWER = '<entry><observation><code code="PAT-012"/><value value="?"/></observation></entry>'
IDENTIFIERS = "".join(f'<id root="1.{n}" extension="1"/>' for n in range(50_000))
FILE_TEMPLATE = '<templateId root="1.2.250.1.213.1.1.2.66"/>'
ACTIVITIES_TEMPLATE = '<templateId root="1.2.250.1.213.1.1.2.76"/>'
ACTIVITY = '<entry><encounter><id root="a"/></encounter></entry>'
ATTRIBUTES = "<a " + " ".join(f"b{n}=''" for n in range(200_000)) + "/>"
PREFIXES = "<a " + " ".join(f"xmlns:b{n}='u{n}'" for n in range(100_000)) + "/>"


def section(content: str) -> str:
    return f"<component><section>{content}</section></component>"


def laughs() -> str:
    levels = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>'


def quadratic() -> bytes:
    head = f'{DECLARATION}<!DOCTYPE x [<!ENTITY a "' + "A" * 50_000 + '">]>'
    return (head + BODY.replace("ROUSSEL", "&a;" * 50_000)).encode()


def _latin(name: str, encoding: str) -> bytes:
    return TEXT.replace("UTF-8", name, 1).replace("’", "'").replace("œ", "oe").encode(encoding, "xmlcharrefreplace")


def _deep(levels: int) -> str:
    """A document whose deepest element stands at this level: the fragment begins at the fourth."""
    more = levels - 3
    return TEXT.replace("</structuredBody>", "<a>" * more + "</a>" * more + "</structuredBody>")


HOSTILE: dict[str, tuple[Case, Code | str]] = {
    # --- DOCTYPE: refused wherever it stands, whatever it says ---
    "an empty DOCTYPE": (with_prolog("<!DOCTYPE ClinicalDocument>"), Code.DOCTYPE),
    "an internal DTD": (with_prolog('<!DOCTYPE x [<!ENTITY a "b">]>'), Code.DOCTYPE),
    "an external DTD": (with_prolog('<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">'), Code.DOCTYPE),
    "a public DTD": (with_prolog('<!DOCTYPE x PUBLIC "-//X//Y" "http://localhost:9/x.dtd">'), Code.DOCTYPE),
    "an external entity": (with_prolog('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), Code.DOCTYPE),
    "a parameter entity": (with_prolog('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://localhost:9/"> %a;]>'), Code.DOCTYPE),
    "billion laughs": (lambda: f"{DECLARATION}{laughs()}{BODY.replace('ROUSSEL', '&l9;')}".encode(), Code.DOCTYPE),
    "a quadratic blow-up": (quadratic, Code.DOCTYPE),
    "a DOCTYPE after a comment": (with_prolog("<!-- x --><!DOCTYPE x>"), Code.DOCTYPE),
    "a DOCTYPE after an instruction": (with_prolog("<?a b?>\n<!DOCTYPE x>"), Code.DOCTYPE),
    "a DOCTYPE after a comment that shows one": (with_prolog("<!-- <!DOCTYPE y> --> <!DOCTYPE x>"), Code.DOCTYPE),
    "a DOCTYPE without declaration": (lambda: b"<!DOCTYPE x>" + BODY.encode(), Code.DOCTYPE),
    "a DOCTYPE in UTF-16": (
        lambda: f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>{BODY}'.encode("utf-16"),
        Code.DOCTYPE,
    ),
    "a DOCTYPE in UTF-16 without mark": (lambda: f"<!DOCTYPE x>{BODY}".encode("utf-16-le"), Code.DOCTYPE),
    "a DOCTYPE after a mark": (lambda: b"\xef\xbb\xbf<!DOCTYPE x>" + BODY.encode(), Code.DOCTYPE),
    "a DOCTYPE of a million declarations": (
        with_prolog("<!DOCTYPE x [" + "<!ATTLIST a b CDATA #IMPLIED>" * 100_000 + "]>"),
        Code.DOCTYPE,
    ),
    "a DOCTYPE inside the root": (within("<!DOCTYPE x>"), Code.XML),
    "a DOCTYPE in lower case": (with_prolog("<!doctype x>"), Code.XML),
    "a DOCTYPE shown in a comment": (with_prolog("<!-- <!DOCTYPE x> -->"), READ),
    "a DOCTYPE shown in a text": (in_name("<![CDATA[<!DOCTYPE x>]]>"), READ),
    # --- entities and other things of XML ---
    "an unknown entity": (in_name("&secret;"), Code.XML),
    "a reference to NUL": (in_name("&#0;"), Code.XML),
    "a reference to a surrogate": (in_name("&#xD800;"), Code.XML),
    "a reference beyond Unicode": (in_name("&#x110000;"), Code.XML),
    "a bare ampersand": (in_name("A & B"), Code.XML),
    "an XInclude": (
        within('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'),
        READ,
    ),
    "a stylesheet instruction": (with_prolog('<?xml-stylesheet href="file:///etc/passwd" type="text/xsl"?>'), READ),
    "a schema location": (
        replaced("<ClinicalDocument ", '<ClinicalDocument xsi:schemaLocation="urn:hl7-org:v3 http://localhost:9/" ', 1),
        READ,
    ),
    "processing instructions everywhere": (replaced(r"<section>", "<?x y?><section><?php exit ?>"), READ),
    "comments everywhere": (replaced(r"><", "><!-- - - -->< ".rstrip()), READ),
    "CDATA in a name": (in_name("<![CDATA[ROUSSEL]]>"), READ),
    "version 1.1": (lambda: TEXT.replace('version="1.0"', 'version="1.1"').encode(), READ),
    "no declaration": (lambda: BODY.lstrip().encode(), READ),
    # --- encodings ---
    "UTF-8 with its mark": (lambda: b"\xef\xbb\xbf" + PLAIN, READ),
    "UTF-16 with its mark": (declared("UTF-16", "utf-16"), READ),
    "UTF-16 big endian without mark": (declared("UTF-16", "utf-16-be"), READ),
    "Latin-1, declared": (lambda: _latin("ISO-8859-1", "iso-8859-1"), READ),
    "Windows-1252, declared": (lambda: _latin("windows-1252", "windows-1252"), READ),
    "Latin-1 that says UTF-8": (lambda: _latin("UTF-8", "iso-8859-1"), Code.ENCODING),
    "UTF-8 that says Latin-1": (declared("ISO-8859-1"), Code.ENCODING),
    "UTF-8 that says UTF-16": (declared("UTF-16"), Code.ENCODING),
    "UTF-16 that says UTF-8": (declared("UTF-8", "utf-16"), Code.ENCODING),
    "a mark that contradicts the declaration": (declared("ISO-8859-1", mark=b"\xef\xbb\xbf"), Code.ENCODING),
    "UTF-7": (lambda: b'<?xml version="1.0" encoding="UTF-7"?>+ADw-+ACE-DOCTYPE x+AD4-' + BODY.encode(), Code.ENCODING),
    "EBCDIC": (lambda: TEXT.encode("cp500", "replace"), Code.XML),
    "UTF-32": (lambda: TEXT.encode("utf-32"), Code.ENCODING),
    "an unknown encoding": (declared("x-klingon"), Code.ENCODING),
    "an encoding that names a codec of Python": (declared("zlib_codec"), Code.ENCODING),
    "a broken UTF-8 sequence": (lambda: PLAIN.replace(b"ROUSSEL", b"ROU\xc3SSEL", 1), Code.ENCODING),
    "an overlong UTF-8 sequence": (lambda: PLAIN.replace(b"ROUSSEL", b"\xc0\xbc", 1), Code.ENCODING),
    "a surrogate in UTF-8": (lambda: PLAIN.replace(b"ROUSSEL", b"\xed\xa0\x80", 1), Code.ENCODING),
    "half a UTF-16 unit": (lambda: TEXT.replace("UTF-8", "UTF-16", 1).encode("utf-16")[:-1], Code.ENCODING),
    "NUL bytes": (lambda: PLAIN.replace(b"ROUSSEL", b"ROU\x00SSEL", 1), Code.XML),
    "control characters": (lambda: PLAIN.replace(b"ROUSSEL", b"\x01\x0b", 1), Code.XML),
    # --- not a document at all ---
    "nothing": (lambda: b"", Code.XML),
    "blanks": (lambda: b" \n\t ", Code.XML),
    "random bytes": (lambda: zlib.compress(PLAIN), Code.XML),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000), Code.XML),
    "plain text": (lambda: b"Bonjour, voici le dossier.", Code.XML),
    "JSON": (lambda: b'{"resourceType": "Patient"}', Code.XML),
    "a truncated document": (lambda: PLAIN[: len(PLAIN) // 2], Code.XML),
    "a document cut in its last tag": (lambda: PLAIN.rstrip()[:-3], Code.XML),
    "two roots": (lambda: PLAIN + BODY.encode(), Code.XML),
    "an undeclared prefix": (replaced("<ClinicalDocument", "<x:ClinicalDocument", 1), Code.XML),
    "an attribute twice": (replaced('extension="2024.01"', 'extension="2024.01" extension="2024.01"', 1), Code.XML),
    # --- bombs of size ---
    "more than 10 MiB": (lambda: PLAIN + b" " * (10 * MEBIBYTE), Code.SIZE),
    "a million comments in 10 MiB": (lambda: PLAIN + b"<!-- -->" * ((10 * MEBIBYTE - len(PLAIN)) // 8), Code.SIZE),
    "201 levels": (lambda: _deep(201).encode(), Code.SIZE),
    "5 000 levels": (lambda: _deep(5_000).encode(), Code.SIZE),
    "a million levels": (lambda: b"<a>" * 1_000_000, Code.SIZE),
    "190 levels": (lambda: _deep(190).encode(), READ),
    "200 001 elements": (within("<a/>" * 200_001), Code.SIZE),
    "two million elements": (lambda: b"<r>" + b"<a/>" * 2_000_000 + b"</r>", Code.SIZE),
    "150 000 elements": (within("<a/>" * 150_000), READ),
    "an attribute of 9 MiB": (within("<a b='" + "x" * 9 * MEBIBYTE + "'/>"), READ),
    "a name of 9 MiB": (in_name("x" * 9 * MEBIBYTE), Code.IDENTITY),
    "a tag of 1 MiB": (within("<" + "a" * MEBIBYTE + "/>"), Code.SIZE),
    "200 000 attributes": (within(ATTRIBUTES), READ),
    "100 000 namespaces": (within(PREFIXES), READ),
    "fifty thousand templates": (within(section(FILE_TEMPLATE * 50_000)), READ),
    "ten thousand activities": (within(section(ACTIVITIES_TEMPLATE + ACTIVITY * 10_000)), READ),
    "fifty thousand identifiers": (replaced("</patientRole>", f"{IDENTIFIERS}</patientRole>"), READ),
    "twenty thousand warnings": (within(section(RESEARCH + BAD_ANSWER * 20_000)), READ),
    "fifty thousand names": (replaced("<name>", "<name>" + "<given>A</given>" * 50_000, 1), READ),
    "nested sections": (within("<component><section>" * 80 + "</section></component>" * 80), READ),
    "a prolog of open comments": (lambda: b"<!--" * 100_000 + BODY.encode(), Code.XML),
    "a prolog of instructions": (with_prolog("<?a?>" * 100_000), READ),
    "a declaration that never ends": (lambda: b"<?xml version='1.0' " + b"x='y' " * 100_000, Code.XML),
    # --- values ---
    "every value of the wrong type": (replaced(r'xsi:type="\w+"', 'xsi:type="BL"'), READ),
    "every xsi:type unknown": (replaced(r'xsi:type="\w+"', 'xsi:type="x:Y"'), READ),
    "every date absurd": (replaced(r'(?<=effectiveTime )value="\d+[^"]*"', 'value="99999999999999999999"'), READ),
    "every quantity infinite": (replaced(r'value="\d+" unit', 'value="1e999" unit'), READ),
    "every unit empty": (replaced(r'unit="\w+"', 'unit=""'), READ),
    "every label huge": (replaced(r'displayName="[^"]*"', "displayName='" + "é" * 5_000 + "'"), READ),
    "every reference wild": (replaced(r'reference value="[^"]*"', 'reference value="#../../etc/passwd"'), READ),
    "a negated everything": (replaced('moodCode="EVN"(?! neg)', 'moodCode="EVN" negationInd="true"'), READ),
    "a null everything in the body": (
        lambda: re.sub(r"<(value|code|effectiveTime)\b(?![^>]*nullFlavor)", r'<\1 nullFlavor="NI"', TEXT).encode(),
        READ,
    ),
    "no attribute at all": (lambda: re.sub(r' (?!xmlns)[\w:]+="[^"]*"', "", BODY).strip().encode(), "not for us"),
    **MORE,
}

"""PDF and Word files made by hand, as small as they can be."""

import io
import zipfile
from collections.abc import Sequence

PROSE = (
    "贵州与广东的数据合作座谈会六月十二日在贵阳举行，两省四十多人到会。\n"
    "贵州省政协委员蒙国梁建议，两省共同建设算力调度平台，并把绿色电力供\n"
    "给数据中心，每年安排三亿元支持中小企业上云。他说，这件事越早做越好\n"
    "，不能等到机房都建成了再来谈统一的标准。广东省科学技术厅副厅长冼丽\n"
    "娟表示，将在年内派出专家组，与贵州一起编制建设方案。\n"
)
"""Invented prose as a page of 33 characters breaks it."""


def pdf(*pages: str, title: str = "", security: str = "", mapped: bool = True) -> bytes:
    """A PDF with a page of lines for each text; an empty one is a page of nothing, as a scan is."""
    letters = sorted(set("".join(pages)) - {"\n"})
    codes = {letter: place + 1 for place, letter in enumerate(letters)}
    kids = " ".join(f"{10 + 2 * place} 0 R" for place in range(len(pages)))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R]"
        + (" /ToUnicode 6 0 R >>" if mapped else " >>"),
        4: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /FontDescriptor 5 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
        6: _stream(_unicode_map(codes)),
        7: f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>",
    }
    for place, page in enumerate(pages):
        objects[10 + 2 * place] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * place} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects[11 + 2 * place] = _stream(_drawn(page, codes))
    return _file(objects, security)


def _drawn(page: str, codes: dict[str, int]) -> str:
    lines = [
        f"BT /F 14 Tf 60 {780 - 22 * row} Td <{''.join(f'{codes[each]:04x}' for each in line)}> Tj ET"
        for row, line in enumerate(page.splitlines())
        if line
    ]
    return "\n".join(lines)


def _unicode_map(codes: dict[str, int]) -> str:
    pairs = "\n".join(f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(codes)} beginbfchar\n{pairs}\n"
        "endbfchar endcmap end end"
    )


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: dict[int, str], security: str) -> bytes:
    """The objects with the table of their places; `security` is an /Encrypt dictionary."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    protected = f" /Encrypt {security} /ID [<00> <00>]" if security else ""
    out += f"trailer << /Size {max(places) + 1} /Root 1 0 R /Info 7 0 R{protected} >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


PASSWORD = f"<< /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -4 >>"
"""Protects with a password that nobody knows."""


def docx(body: str, title: str = "", more: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A Word file with that XML as its body, and `more` parts."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    core = f"{package}/relationships/metadata/core-properties"
    types = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/><Override PartName="/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="a" Type="{office}" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{core}" Target="core.xml"/></Relationships>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations,
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
        "core.xml": f'<c:coreProperties xmlns:c="{package}/metadata/core-properties" '
        f'xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>{title}</d:title><d:creator>Admin</d:creator>'
        "</c:coreProperties>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*parts.items(), *more):
            archive.writestr(name, content)
    return file.getvalue()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    lines = (f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def _cell(words: str) -> str:
    return f"<w:tc>{paragraph(words)}</w:tc>"

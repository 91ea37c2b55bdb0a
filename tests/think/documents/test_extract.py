"""Every format, made by its real library; and what no library can read."""

import struct
import zipfile
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest

from assistant.think.documents import office
from assistant.think.documents.blocks import UnreadableError
from assistant.think.documents.extract import read
from assistant.think.documents.passages import passages

TEXT = "The front tires need 32 psi."


def told(path):
    return [(p.heading, p.page, p.text) for p in passages(read(path).blocks)]


def write(path, content):
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content, "utf-8")
    return path


def pdf_of(pages, outline=(), encrypt=""):
    """A PDF file, written by hand after its standard; pdfium reads it as it reads any."""
    objects = ["<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", "", "<</Type/Font/Subtype/Type1"
               "/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>", ""]  # fmt: skip
    kids = []
    for lines in pages:
        drawn = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {drawn}ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(len(objects))
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>"
    first = len(objects) + 1
    for n, (title, page) in enumerate(outline):
        following = f"/Next {first + n + 1} 0 R" if n + 1 < len(outline) else ""
        objects.append(f"<</Title({title})/Parent 4 0 R{following}/Dest[{kids[page]} 0 R/Fit]>>")
    ends = f"/First {first} 0 R/Last {len(objects)} 0 R" if outline else ""
    objects[3] = f"<</Type/Outlines/Count {len(outline)}{ends}>>"
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size"
        f" {len(objects) + 1}/Root 1 0 R{encrypt}>>\nstartxref\n{len(body)}\n%%EOF"
    ).encode("latin-1")


def epub_of(path, chapters, title="Car book", packed=False, spine=""):
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", kind) as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        )
        items = "".join(
            f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
            for n in range(len(chapters))
        )
        spine = spine or "".join(f'<itemref idref="c{n}"/>' for n in reversed(range(len(chapters))))
        book.writestr(
            "OPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/'
            f'1.1/"><metadata><dc:title>{title}</dc:title></metadata><manifest>{items}</manifest>'
            f"<spine>{spine}</spine></package>",
        )
        for n, chapter in enumerate(chapters):
            book.writestr(f"OPS/c{n}.xhtml", f"<html><body>{chapter}</body></html>")
    return path


def test_markdown(tmp_path):
    path = write(tmp_path / "a.md", f"---\ntitle: My car\n---\n# Wheels\n## Tires\n{TEXT}\n")
    assert read(path).title == "My car"
    assert told(path) == [("Wheels > Tires", None, TEXT)]


def test_a_table_is_read_as_it_would_be_read_out(tmp_path):
    path = write(tmp_path / "a.md", "# Tires\n\n| where | psi |\n|--|--|\n| front | 32 |\n")
    assert told(path) == [("Tires", None, "where: psi. front: 32.")]


def test_html_without_what_is_not_its_text(tmp_path):
    page = (
        f"<html><head><title>Car</title><script>var x</script></head><body><nav>Home</nav>"
        f"<h1>Tires</h1><p>{TEXT}<br>Check<b>ed</b> monthly.</p><form>Search</form></body></html>"
    )
    path = write(tmp_path / "a.html", page)
    assert read(path).title == "Car"
    assert told(path) == [("Tires", None, f"{TEXT} Checked monthly.")]


def test_tables_in_tables_are_read_once(tmp_path):
    deep = 200
    page = "<table><tr><td>cell</td><td>" * deep + TEXT + "</td></tr></table>" * deep
    blocks = read(write(tmp_path / "a.html", page)).blocks
    assert [b.text for b in blocks] == ["cell"] * (deep - 1) + [f"cell: {TEXT}"]


def test_a_page_laid_out_by_a_table_keeps_its_headings_and_one_of_data_its_rows(tmp_path):
    page = (
        f"<table><tr><td>Menu</td><td><h1>Tires</h1><p>{TEXT}</p></td></tr></table>"
        "<table><tr><td><p>rear</p></td><td><p>30 psi</p></td></tr></table>"
    )
    path = write(tmp_path / "a.html", page)
    assert told(path) == [("", None, "Menu"), ("Tires", None, f"{TEXT} rear: 30 psi.")]


def test_text_with_headings_like_a_manual_page(tmp_path):
    path = write(tmp_path / "a.txt", f"TIRES\n    {TEXT}\n\nOil\n===\nNot too much.\n")
    assert told(path) == [("TIRES", None, TEXT), ("Oil", None, "Not too much.")]


NOTES = """House notes

Boiler
The pressure should be between 1 and 2 bar. If it is
below 1 bar, open the tap under the boiler.

Cubos de basura
El de papel se vacía los martes, el de vidrio los viernes.
"""


def test_a_title_right_above_its_paragraph_is_a_heading(tmp_path):
    assert told(write(tmp_path / "a.txt", NOTES)) == [
        ("", None, "House notes"),
        ("Boiler", None, "The pressure should be between 1 and 2 bar. If it is below 1 bar, open"
         " the tap under the boiler."),
        ("Cubos de basura", None, "El de papel se vacía los martes, el de vidrio los viernes."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Wifi password abc123\nThe router stands in the hall cupboard, behind the coats.",
        "The key is upstairs\nThe gas meter is below the stairs, behind the door.",
        "Password: xyzzy\nThe router stands in the hall cupboard, behind the coats.",
        "Key upstairs\nThe gas meter stands below the stairs, behind the door",
        "Milk and eggs\nBread from the market",
        "Carrots or\n  Parsnips, which are as good in a soup as carrots are.",
        "We went to see the old Tower of\nLondon with its ravens, and of course the bridge.",
        "The front tires of it\nneed 32 psi, and the rear tires 30 psi, once a month.",
    ],
)
def test_what_tells_something_is_no_heading(tmp_path, text):
    assert told(write(tmp_path / "a.txt", text)) == [("", None, " ".join(text.split()))]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_of_another_encoding(tmp_path, encoding):
    path = write(tmp_path / "a.txt", "La presión del neumático: ¿cuánta?".encode(encoding))
    assert told(path) == [("", None, "La presión del neumático: ¿cuánta?")]


def test_docx(tmp_path):
    document = docx.Document()
    document.core_properties.title = "Car"
    document.add_heading("Wheels", 1)
    document.add_heading("Tires", 2)
    document.add_paragraph(TEXT)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "rear", "30 psi"
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").title == "Car"
    assert told(tmp_path / "a.docx") == [("Wheels > Tires", None, f"{TEXT} rear: 30 psi.")]


def test_epub_in_the_order_of_reading(tmp_path):
    path = epub_of(tmp_path / "a.epub", ["<h1>Oil</h1><p>Last.</p>", f"<h1>Tires</h1><p>{TEXT}"])
    assert read(path).title == "Car book"
    assert told(path) == [("Tires", None, TEXT), ("Oil", None, "Last.")]


def test_an_epub_that_lists_a_chapter_again_and_again_holds_it_once(tmp_path):
    path = epub_of(tmp_path / "a.epub", [f"<p>{TEXT}"], spine='<itemref idref="c0"/>' * 1000)
    assert [block.text for block in read(path).blocks] == [TEXT]


def test_an_epub_is_read_no_further_than_what_can_be_searched(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "MAX_CHARACTERS", 100)
    path = epub_of(tmp_path / "a.epub", [f"<p>{TEXT}"] * 50)
    assert len(office.from_epub(path).blocks) == 4


def test_pdf_with_pages_and_its_outline(tmp_path):
    pages = [["Tires", "The front tires need", "32 psi."], ["Oil", "Not too much of it."]]
    path = write(tmp_path / "a.pdf", pdf_of(pages, [("Tires", 0), ("Oil", 1)]))
    assert told(path) == [("Tires", 1, TEXT), ("Oil", 2, "Not too much of it.")]


def test_what_every_page_repeats_is_left_out(tmp_path):
    pages = [["The car", f"This is text {'abc'[n]}.", f"Page {n}"] for n in range(3)]
    found = told(write(tmp_path / "a.pdf", pdf_of(pages)))
    assert "Page" not in str(found)
    assert "text b" in str(found)


def zip_with(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


BAD = {
    "empty.txt": (b"", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not text"),
    "broken.pdf": (b"%PDF-1.4 but not really", "damaged"),
    "broken.docx": (b"PK\x03\x04 but not really", "damaged"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "encrypted"),
    "broken.epub": (b"no zip at all", "damaged"),
    "blank.md": (b"\n \n", "No text"),
    "song.mp3": (b"ID3", "not read"),
    "deep.html": (b"<div>" * 5000 + b"x", "too deeply"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_clear_sentence(tmp_path, name):
    content, why = BAD[name]
    with pytest.raises(UnreadableError, match=why) as caught:
        read(write(tmp_path / name, content))
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_a_page_of_an_encoding_that_is_none_is_read_all_the_same(tmp_path):
    path = write(tmp_path / "a.html", f'<meta charset="idna"><p>{TEXT}'.encode())
    assert told(path) == [("", None, TEXT)]


def test_what_a_library_does_not_expect_is_one_clear_sentence_too(tmp_path, monkeypatch):
    def odd(path):
        raise ZeroDivisionError(path)

    monkeypatch.setattr(office, "from_epub", odd)
    with pytest.raises(UnreadableError, match="damaged, or not what its name says"):
        read(write(tmp_path / "a.epub", b"PK"))


def test_an_encrypted_pdf(tmp_path):
    encrypt = (
        f"/Encrypt<</Filter/Standard/V 1/R 2/P -1/O<{'41' * 32}>/U<{'42' * 32}>>>/ID[<41><41>]"
    )
    with pytest.raises(UnreadableError, match="password"):
        read(write(tmp_path / "a.pdf", pdf_of([["secret"]], encrypt=encrypt)))


@pytest.mark.parametrize(("ending", "needs"), [("docx", "word/document.xml"),
                                               ("epub", "META-INF/container.xml")])  # fmt: skip
def test_a_zip_bomb_is_not_unpacked(tmp_path, ending, needs):
    path = zip_with(tmp_path / f"a.{ending}", {needs: "<x/>", "bomb.xml": bytes(70_000_000)})
    assert path.stat().st_size < 1_000_000
    with pytest.raises(UnreadableError, match="unpack"):
        read(path)


def test_a_zip_that_lies_about_its_length_is_read_no_further(tmp_path):
    path = zip_with(tmp_path / "a.epub", {"META-INF/container.xml": b"<x>" + bytes(5_000_000)})
    raw = path.read_bytes()
    path.write_bytes(raw.replace(struct.pack("<I", 5_000_003), struct.pack("<I", 100)))
    with pytest.raises(UnreadableError):
        read(path)


def test_a_file_that_is_gone(tmp_path):
    with pytest.raises(UnreadableError, match="cannot be opened"):
        read(Path(tmp_path / "gone.txt"))


def test_pdfium_is_the_real_one():
    assert pdfium.PDFIUM_INFO

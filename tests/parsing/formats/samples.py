"""Small files of every format, and hostile ones, made in memory."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

PAGE_TOP = 780
FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def pdf_of_lines(
    *pages: Sequence[tuple[float, float, str]], font: str = "Helvetica", password: str | None = None
) -> bytes:
    """A PDF whose pages have each text at its place, x and y."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0, invariant=1, encrypt=password)
    for page in pages:
        canvas.setFont(font, 11)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pdf_of_paragraph(lines: Iterable[str], *, top: float = PAGE_TOP) -> bytes:
    return pdf_of_lines([(70, top - 14 * number, line) for number, line in enumerate(lines)])


def pdf_of_pictures(pages: int) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    picture = ImageReader(Image.new("L", (40, 60), 200))
    for _ in range(pages):
        canvas.drawImage(picture, 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pdf_of_content(content: bytes, *, compressed: bool = False) -> bytes:
    """A PDF of one page with this content stream, which can be compressed already."""
    packed = content if compressed else zlib.compress(content, 9)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>"
        % FONT,
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    )
    numbered = (b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def zip_of(
    files: Iterable[tuple[str | zipfile.ZipInfo, bytes]], compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def word_of(body: str, *, styles: str = "", document_type: str = "") -> bytes:
    """A Word document with this XML as its body, in the namespace `w`, and with these styles
    beside that of a heading."""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a"'
        f' Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{relations}">'
        f'<Relationship Id="a" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="b" Type="{office}/image" Target="NULL"/></Relationships>',
        "word/document.xml": f'{document_type}<w:document xmlns:w="{word}">'
        f"<w:body>{body}</w:body></w:document>",
        "word/styles.xml": f'<w:styles xmlns:w="{word}"><w:style w:type="paragraph"'
        f' w:styleId="H"><w:name w:val="heading 2"/></w:style>{styles}</w:styles>',
    }
    return zip_of([(name, content.encode()) for name, content in parts.items()])

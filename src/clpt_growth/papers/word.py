"""A Markdown paper as a Word document, for boards whose papers are put together in Word."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from clpt_growth.papers.blocks import Grid, Heading, Image, Items, Paragraph, Run, blocks, title_of
from clpt_growth.papers.svg import Picture

_TEXT_WIDTH_CM = 18.0
_INK, _RULE, _CODE = "1F3A5F", "9AA5B1", "Consolas"
_NO_PICTURE = 'A picture stands here where the extra "pdf" is installed as well.'
# Styles, so that a person can change every table at once.
_WORDS, _FIGURES, _TABLE = "Table words", "Table figures", "Table Grid"
# In twentieths of a point; Word wants them in this order.
_CELL_MARGINS = {"top": 30, "left": 85, "bottom": 30, "right": 85}


def word_paper(markdown: str, pictures: Mapping[str, Picture]) -> bytes:
    """The document; headings, lists and tables are Word's own, so that a person can go on working in it."""
    import docx

    document = docx.Document()
    found = blocks(markdown)
    _set_up(document, title_of(found))
    for block in found:
        if isinstance(block, Heading):
            _say(document.add_heading(level=block.level), block.runs)
        elif isinstance(block, Paragraph):
            paragraph = document.add_paragraph()
            _say(paragraph, block.runs)
            # Words all in bold are the title of what comes next.
            paragraph.paragraph_format.keep_with_next = all(run.strong for run in block.runs) or None
        elif isinstance(block, Items):
            _list(document, block)
        elif isinstance(block, Grid):
            _table(document, block)
        elif isinstance(block, Image):
            _image(document.add_paragraph(), block, pictures.get(block.place))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _set_up(document: Any, title: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "en-GB"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - _TEXT_WIDTH_CM) / 2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 10), ("Title", 17), ("Heading 1", 17), ("Heading 2", 12.5)):
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(_INK)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    _add_styles(document)
    _number_pages(section.footer.paragraphs[0])


def _add_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for name, base in ((_WORDS, "Normal"), (_FIGURES, _WORDS)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        style.font.size, style.paragraph_format.space_after = Pt(8), Pt(0)
    document.styles[_FIGURES].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.styles["Footer"].font.size = Pt(8)
    _rule_tables(document.styles[_TABLE].element)


def _rule_tables(style: Any) -> None:
    """Light lines between rows and a little room above and below the words, for every table at once."""
    from docx.oxml.ns import qn

    settings = style.find(qn("w:tblPr"))
    for name in ("w:tblBorders", "w:tblCellMar"):
        settings.remove(settings.find(qn(name)))
    borders = _element(settings, "w:tblBorders", {})
    for side in ("top", "bottom", "insideH"):
        _element(borders, f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": _RULE})
    margins = _element(settings, "w:tblCellMar", {})
    for side, room in _CELL_MARGINS.items():
        _element(margins, f"w:{side}", {"w:w": str(room), "w:type": "dxa"})


def _number_pages(paragraph: Any) -> None:
    """Word fills the fields in: Page 1 of 9."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        _element(paragraph, "w:fldSimple", {"w:instr": field})


def _element(parent: Any, name: str, settings: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in settings.items():
        element.set(qn(key), value)
    getattr(parent, "_p", parent).append(element)
    return element


def _list(document: Any, block: Items) -> None:
    """Numbers are written out: Word would carry one list's numbering on into the next."""
    from docx.shared import Cm

    for number, item in enumerate(block.items, 1):
        paragraph = document.add_paragraph(style=None if block.numbered else "List Bullet")
        if block.numbered:
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.75), Cm(-0.75)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.75))
            paragraph.add_run(f"{number}.\t")
        _say(paragraph, item)


def _table(document: Any, grid: Grid) -> None:
    from docx.oxml import parse_xml
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=len(grid.heads))
    table.style, table.autofit = _TABLE, False
    every = sum(grid.weights)
    widths = [Cm(_TEXT_WIDTH_CM * weight / every) for weight in grid.weights]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    words, figures = (document.styles[name].style_id for name in (_WORDS, _FIGURES))
    columns = [(width.twips, figures if n in grid.right else words) for n, width in enumerate(widths)]
    # A row as text, read once: to build it cell by cell takes longer than all the rest of the paper.
    table._tbl.append(parse_xml(_row(grid.heads, columns, head=True)))
    for row in grid.rows:
        table._tbl.append(parse_xml(_row(row, columns)))
    document.add_paragraph().paragraph_format.space_after = Cm(0)


def _row(cells: Sequence[Sequence[Run]], columns: Sequence[tuple[int, str]], *, head: bool = False) -> str:
    """A row that no page break splits; the first of a table is said again on every page."""
    from docx.oxml.ns import nsdecls

    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(_run(run, strong=head) for run in runs)}</w:p></w:tc>'
        for runs, (width, style) in zip(cells, columns, strict=True)
    )
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{again}</w:trPr>{made}</w:tr>"


def _run(run: Run, *, strong: bool = False) -> str:
    """Words with their looks, in the order the format wants them."""
    looks = (
        (f'<w:rFonts w:ascii="{_CODE}" w:hAnsi="{_CODE}"/>' if run.code else "")
        + ("<w:b/>" if run.strong or strong else "")
        + ("<w:i/>" if run.emphasis else "")
    )
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'


def _image(paragraph: Any, block: Image, picture: Picture | None) -> None:
    """Word takes no SVG: the picture goes in as dots where Typst is there to make them, and else as its words."""
    from docx.shared import Cm

    if picture is None:
        _say(paragraph, (Run(block.says),))
    elif find_spec("typst") is None:
        _say(paragraph, (Run(f"{_NO_PICTURE} {picture.says}", emphasis=True),))
    else:
        from clpt_growth.papers.pdf import png_of

        shape = paragraph.add_run().add_picture(BytesIO(png_of(picture)), width=Cm(_TEXT_WIDTH_CM))
        about = shape._inline.docPr
        about.set("title", picture.title)
        about.set("descr", picture.says)


def _say(paragraph: Any, runs: Iterable[Any]) -> None:
    for run in runs:
        said = paragraph.add_run(run.text)
        said.bold, said.italic = run.strong or None, run.emphasis or None
        if run.code:
            said.font.name = _CODE

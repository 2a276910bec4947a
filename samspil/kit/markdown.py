"""Safe text: what people write in Markdown becomes a small set of harmless HTML.

Two walls: the parser knows no HTML and no pictures, and a cleaner then lets only the tags below through.
"""

import functools

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel"}


def render(text: str, *, top_heading: int = 3) -> SafeString:
    """The text as HTML. Its headings begin at `top_heading`, so that they stand under the page's own."""
    html = _parser().render(text.replace("\x00", ""), {"top_heading": top_heading})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    return SafeString(clean)  # nosec B703 - escaped or cleaned above


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable(["table", "strikethrough"]).disable(["image", "html_block", "html_inline"])
    parser.core.ruler.push("fit_into_page", _fit_into_page)
    return parser


def _fit_into_page(state: StateCore) -> None:
    """Move headings below the page's own and say that a table's head cells name columns."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) - 1 + state.env['top_heading'], 6)}"
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}

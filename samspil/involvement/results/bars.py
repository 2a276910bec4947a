"""Small bars of agree, pass and disagree, told apart by pattern as well as colour."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samspil.kit.charts import ACCENT, PAPER

PAINTS = (ACCENT, "url(#answer-pass)", "url(#answer-disagree)")
# Stands once on a page that has bars.
PATTERNS = SafeString(
    '<svg class="answer-patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="answer-pass" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#ece6d8"/><path d="M1 2h2v2h-2zM5 6h2v2h-2z" fill="#6d6a5f"/></pattern>'
    '<pattern id="answer-disagree" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#b9501f"/>'
    '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="#ffffff" stroke-width="1.5"/></pattern></defs></svg>'
)


def bar(counts: tuple[int, int, int]) -> SafeString:
    """Shares of the whole as a bar; the figures stand beside it as text."""
    total, x, parts = sum(counts), 0.0, []
    for count, paint in zip(counts, PAINTS, strict=True):
        wide = 100 * count / total
        if count:
            place = f'x="{x:.2f}%" width="{wide:.2f}%" height="14"'
            parts.append(f'<rect {place} fill="{paint}" stroke="{PAPER}" stroke-width="1"/>')
        x += wide
    head = '<svg class="answer-bar" width="100%" height="14" aria-hidden="true" focusable="false">'
    return SafeString(head + "".join(parts) + "</svg>")  # nosec B703 - numbers and fixed words


def legend() -> SafeString:
    """What the patterns of the bars stand for."""
    words = (_("Agree"), _("Pass"), _("Disagree"))
    return format_html('<ul class="answers-legend no-max-width">{}</ul>', _entries(words))


def _entries(words: tuple[str, ...]) -> SafeString:
    mark = '<svg width="24" height="14" aria-hidden="true" focusable="false">{}</svg>'
    painted = [format_html('<rect width="24" height="14" fill="{}"/>', paint) for paint in PAINTS]
    return format_html_join("", f"<li>{mark} {{}}</li>", zip(painted, words, strict=True))

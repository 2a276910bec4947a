"""What people write may be emphasised, listed and linked; it is never alive."""

import re
from html.parser import HTMLParser

import pytest

from samspil.kit.markdown import SCHEMES, TAGS, render

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<IMG SRC=`javascript:alert(1)`>",
    '<img src="x" `<script>alert(1)</script>"`>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<math href="javascript:alert(1)">x</math>',
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<isindex action=javascript:alert(1)>",
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<base href="//evil.example/">',
    '<link rel=stylesheet href="//evil.example/x.css">',
    "<style>@import '//evil.example/x.css';</style>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<div style="width:expression(alert(1))">x</div>',
    "<template><script>alert(1)</script></template>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<a onmouseover=alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](https://a.example 'onmouseover=alert(1) \"onfocus=alert(1)')",
    '[x](https://a.example ""><script>alert(1)</script>")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](y)',
    "![x](https://evil.example/pixel.gif)",
    "```<script>\n<script>alert(1)</script>\n```",
    '```"onload="alert(1)\nx\n```',
    "`<script>alert(1)</script>`",
    "| <script>alert(1)</script> | x |\n|---|---|\n| <img src=x onerror=alert(1)> | [y](javascript:alert(1)) |",
]

ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}, "th": {"scope"}}


class Listener(HTMLParser):
    """Hears every tag and attribute that a browser would take as such."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.heard: list[tuple[str, dict[str, str | None]]] = []
        self.odd: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.heard.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.odd.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def heard(html: str) -> Listener:
    listener = Listener()
    listener.feed(html)
    listener.close()
    return listener


def scheme_of(address: str) -> str | None:
    """The scheme a browser would follow; it drops tabs, line ends and leading controls first."""
    seen = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    return found.group(1).lower() if found else None


def test_there_are_at_least_sixty_ways_tried():
    assert len(set(VECTORS)) >= 60


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_stays_alive(vector: str):
    listener = heard(render(vector))
    assert not listener.odd
    for tag, attributes in listener.heard:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        assert scheme_of(attributes.get("href") or "") in {None, *SCHEMES}


def test_what_was_meant_as_text_is_still_readable():
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in render("<script>alert(1)</script>")
    assert render("5 < 6 & 7") == "<p>5 &lt; 6 &amp; 7</p>\n"


def test_emphasis_lists_and_line_ends_come_through():
    assert render("**two**\nlines") == "<p><strong>two</strong><br>\nlines</p>\n"
    assert "<li>milk</li>" in render("- milk\n- bread")


def test_a_link_gives_the_target_no_credit_and_no_handle():
    assert 'rel="nofollow noopener"' in render("[x](https://example.org)")


def test_no_picture_is_fetched():
    assert "<img" not in render("![x](https://evil.example/pixel.gif)")


def test_headings_stand_below_those_of_the_page():
    assert render("# One\n## Two") == "<h3>One</h3>\n<h4>Two</h4>\n"
    assert render("# One\n###### Six", top_heading=2) == "<h2>One</h2>\n<h6>Six</h6>\n"


def test_the_head_of_a_table_names_its_columns():
    assert '<th scope="col">a</th>' in render("|a|b|\n|-|-|\n|1|2|")

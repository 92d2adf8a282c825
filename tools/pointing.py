"""What readers do with addresses, tried in a browser: copy a link, narrow a table and come back,
follow a former address, put a figure on a page of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tools.browser import comes
from tools.permalinks import redirects

# A page, a field of a form above a table, what is typed or chosen.
NARROWED = [
    ("ledger", "topic", "stock"),
    ("ledger", "words", "175 million"),
    ("audit", "audit-lesser.status", "resolved"),
    ("audit", "audit-lesser.words", "civil society"),
]
# A page, and a link of it to a place.
COPIED = [
    ("stock", "figure.exhibit .permalink"),
    ("ledger", "tbody .permalink"),
    ("audit", "tbody .permalink"),
    ("findings", "tbody .permalink"),
    ("references", ".citation .permalink"),
]
FRAMED = "stock-rates"
# What a form says that it shows.
SHOWN = "(control) => control.form.querySelector('.filter-status').textContent"
CLIPBOARD = "navigator.clipboard.readText()"
# Long tables and the tools of an exhibit are folded.
UNFOLD = "document.querySelectorAll('details').forEach((fold) => (fold.open = true))"


def copying(page: Page, base: str) -> Iterator[str]:
    """A link by the mouse and by the keyboard: its address is on the clipboard, and it is told."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for name, selector in COPIED:
        yield from _copied(page, name, selector, f"{base}/book/{name}.html")


def _copied(page: Page, name: str, selector: str, address: str) -> Iterator[str]:
    page.goto(f"{address}?words=a")
    page.evaluate(UNFOLD)
    link = page.locator(selector).first
    canonical = page.locator("link[rel=canonical]")
    known = canonical.get_attribute("href") if canonical.count() else address
    wanted = f"{known}{link.get_attribute('href')}"
    box = link.bounding_box()
    if not box or min(box["width"], box["height"]) < 24:
        yield f"{name}: the link to copy measures {box}, less than 24 pixels"
    link.focus()
    page.keyboard.press("Enter")
    if not comes(page, lambda: page.evaluate(CLIPBOARD) == wanted):
        yield f"{name}: {page.evaluate(CLIPBOARD)} is copied, not {wanted}"
    if not comes(page, lambda: page.locator("#copied").inner_text() == "Link copied"):
        yield f"{name}: that it is copied is not told"


def narrowing(page: Page, base: str) -> Iterator[str]:
    """What a table was narrowed to holds after a reload, and after Back and Forward."""
    for name, field, value in NARROWED:
        yield from _narrowed(page, base, name, field, value)


def _narrowed(page: Page, base: str, name: str, field: str, value: str) -> Iterator[str]:
    page.goto(f"{base}/book/{name}.html")
    page.evaluate(UNFOLD)
    control = page.locator(f'[name="{field}"]')
    whole, _ = _state(page, field)
    if field.endswith("words"):
        control.fill(value)
    else:
        control.select_option(value)
    narrowed = comes(page, lambda: whole != _state(page, field)[0])
    chosen, _ = _state(page, field)
    if not narrowed or " of " not in chosen:
        yield f"{name}: {field} {value!r} leaves {chosen}"
    back = [lambda: page.goto(f"{base}/book/stock.html"), page.go_back]
    for steps in ([page.reload], back, [page.go_back, page.go_forward]):
        for step in steps:
            step()
        if not comes(page, lambda: _state(page, field) == (chosen, value)):
            now, _ = _state(page, field)
            yield f"{name}: {field} {value!r} showed {chosen}, and {now} when come back to"


def _state(page: Page, field: str) -> tuple[str, str]:
    """What a form says that it shows, and what one of its fields holds."""
    control = page.locator(f'[name="{field}"]')
    return control.evaluate(SHOWN), control.input_value()


def arriving(page: Page, base: str) -> Iterator[str]:
    """A link to a row shows it although it was filtered away; former addresses lead on."""
    page.goto(f"{base}/book/ledger.html?words=zzz#world-migrant-stock-2000-a-58-98")
    if not comes(page, page.locator("#world-migrant-stock-2000-a-58-98").is_visible):
        yield "a row that was filtered away stays hidden from a link to it"
    for old, new in redirects().items():
        yield from _led(page, base, old, new)


def _led(page: Page, base: str, old: str, new: str) -> Iterator[str]:
    page.goto("about:blank")
    page.goto(f"{base}/{old}")
    if not comes(page, lambda: page.url == f"{base}/{new}"):
        yield f"{old} leads to {page.url}, not to {new}"


def framing(page: Page, base: str) -> Iterator[str]:
    """The snippet shows the figure in a narrow column, in a frame as high as what is in it."""
    page.goto(f"{base}/book/stock.html")
    page.evaluate(UNFOLD)
    code = page.locator(f"#{FRAMED} .exhibit-embed code").inner_text()
    if f"{base}/embed/{FRAMED}.html" not in code:
        yield f"the snippet does not name the address of the site: {code[:80]}"
        return
    # Someone else's page, which has no policy of ours.
    host = f"{base}/someone-else.html"
    body = f'<!DOCTYPE html><div style="width: 350px">{code}</div>'
    page.route(host, lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(host)
    frame = page.frame_locator("iframe")
    frame.locator(".exhibit-source").wait_for()
    narrow, wide = frame.locator(".phone svg"), frame.locator(".page svg")
    if not comes(page, lambda: narrow.is_visible() and not wide.is_visible()):
        yield "a narrow frame does not show the drawing for phones"

    def heights() -> tuple[int, int]:
        """Of the frame, and of what is in it."""
        outside = page.locator("iframe").evaluate("(frame) => frame.clientHeight")
        return outside, frame.locator("html").evaluate("(root) => root.offsetHeight")

    if not comes(page, lambda: len(set(heights())) == 1):
        outside, inside = heights()
        yield f"the frame is {outside} pixels high, and what is in it {inside}"

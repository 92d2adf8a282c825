"""What readers do with addresses, tried in a browser: copy a link, narrow a table and come back,
follow a former address, put a figure on a page of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

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
PATIENCE = 20_000  # milliseconds that a page may take on a busy machine
PAUSE = 300  # milliseconds until a page has done what it was asked
FRAMED = "stock-rates"
# What a form says that it shows.
SHOWN = "(control) => control.form.querySelector('.filter-status').textContent"
# Long tables and the tools of an exhibit are folded.
UNFOLD = "document.querySelectorAll('details').forEach((fold) => (fold.open = true))"


def copying(page: Page, base: str) -> Iterator[str]:
    """A link by the mouse and by the keyboard: its address is on the clipboard, and it is told."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for name, selector in COPIED:
        address = f"{base}/book/{name}.html"
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
        page.wait_for_timeout(PAUSE)
        copied = page.evaluate("navigator.clipboard.readText()")
        if copied != wanted:
            yield f"{name}: {copied} is copied, not {wanted}"
        if page.locator("#copied").inner_text() != "Link copied":
            yield f"{name}: that it is copied is not told"


def narrowing(page: Page, base: str) -> Iterator[str]:
    """What a table was narrowed to holds after a reload, and after Back and Forward."""
    for name, field, value in NARROWED:
        page.goto(f"{base}/book/{name}.html")
        page.evaluate(UNFOLD)
        control = page.locator(f'[name="{field}"]')
        whole = control.evaluate(SHOWN)
        if field.endswith("words"):
            control.fill(value)
        else:
            control.select_option(value)
        page.wait_for_timeout(PAUSE)
        chosen = control.evaluate(SHOWN)
        if chosen == whole or " of " not in chosen:
            yield f"{name}: {field} {value!r} leaves {chosen}"
        back = [lambda: page.goto(f"{base}/book/stock.html"), page.go_back]
        for steps in ([page.reload], back, [page.go_back, page.go_forward]):
            for step in steps:
                step()
            page.wait_for_timeout(PAUSE)
            if (now := control.evaluate(SHOWN)) != chosen or control.input_value() != value:
                yield f"{name}: {field} {value!r} showed {chosen}, and {now} when come back to"


def arriving(page: Page, base: str) -> Iterator[str]:
    """A link to a row shows it although it was filtered away; former addresses lead on."""
    page.goto(f"{base}/book/ledger.html?words=zzz#world-migrant-stock-2000-a-58-98")
    if not page.locator("#world-migrant-stock-2000-a-58-98").is_visible():
        yield "a row that was filtered away stays hidden from a link to it"
    for old, new in redirects().items():
        page.goto("about:blank")
        page.goto(f"{base}/{old}")
        page.wait_for_timeout(PAUSE)
        if page.url != f"{base}/{new}":
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
    frame.locator(".exhibit-source").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(PAUSE)
    if not frame.locator(".phone svg").is_visible() or frame.locator(".page svg").is_visible():
        yield "a narrow frame does not show the drawing for phones"
    inside = frame.locator("html").evaluate("(root) => root.offsetHeight")
    outside = page.locator("iframe").evaluate("(frame) => frame.clientHeight")
    if inside != outside:
        yield f"the frame is {outside} pixels high, and what is in it {inside}"

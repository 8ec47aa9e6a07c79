"""What came to a page after it was judged whole is judged as well, and no more than that."""

from tests.browser.axe import faults
from tests.browser.visitors import visit

PAGE = """<!doctype html><html lang=en><title>Page</title>
<style>:root { --sr-other: red } .faint { color: #ccc }</style>
<main><h1>Page</h1><div id=over popover><button></button></div><div id=room></div>
<ul id=list><li>One</li></ul><p id=text>Some text</p><div id=around><p>Some text</p></div>
<img id=picture src="data:," alt="A picture"></main></html>"""
CHANGES = {
    "room.append(document.createElement('button'))": "button-name",
    "list.append(document.createElement('p'))": "list",
    "picture.removeAttribute('alt')": "image-alt",
    "text.className = 'faint'": "color-contrast",
    "around.className = 'faint'": "color-contrast",
    "over.showPopover()": "button-name",  # which changes no attribute
}
FAINT = "document.querySelector('style').append('h1 { color: #ccc }')"


def rules(page, **options):
    return sorted(rule for rule, *_ in faults(page, **options))


def test_what_came_or_changed_is_judged_once(browser):
    with visit(browser) as page:
        page.set_content(PAGE)
        assert rules(page) == []
        for change, rule in CHANGES.items():
            page.evaluate(change)
            assert (change, rules(page)) == (change, [rule])
        page.evaluate("document.body.className = 'faint'")
        page.evaluate("document.body.removeAttribute('class')")  # as it was
        assert rules(page) == []
        assert rules(page, whole=True) == sorted(CHANGES.values())
        page.evaluate(FAINT)  # a style is of the whole page
        assert rules(page) == sorted([*CHANGES.values(), "color-contrast"])

"""What a hostile notebook would tell: a script that runs says so to the page and to the server, an address to a canary."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from selenium.webdriver import Chrome

RAN = """
window.ran = function (attack) {
    const page = window.top.document.documentElement;
    page.dataset.ran = (page.dataset.ran || "") + " " + attack;
    const headers = {"X-XSRFToken": (document.cookie.match(/_xsrf=([^;]*)/) || [])[1]};
    const body = JSON.stringify({type: "file", format: "text", content: "written"});
    fetch(`${window.top.location.origin}/api/contents/ran-${attack}.txt`, {method: "PUT", headers, body}).catch(() => {});
};
"""
TOUCH_ALL = """
for (const each of document.querySelectorAll("*")) {
    const handlers = Array.from(each.attributes).filter(attribute => /^on/i.test(attribute.name) && /ran\\(/.test(attribute.value));
    handlers.forEach(handler => each.dispatchEvent(new Event(handler.name.slice(2), {bubbles: false})));
    const address = [each.href && each.href.baseVal, each.href, each.getAttribute("xlink:href")].find(Boolean);
    if (/^\\s*(javascript|data):/i.test(address) && each.localName === "a") each.dispatchEvent(new MouseEvent("click", {cancelable: true}));
}
const done = arguments[0];
setTimeout(() => setTimeout(() => done(document.documentElement.dataset.ran || "")));  // a click on a link runs later
"""


class Canary:
    """A server on this machine that writes down what it was asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[str] = []


@contextmanager
def canary() -> Iterator[Canary]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            bird.asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_of: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    bird = Canary(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield bird
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def watch(driver: Chrome) -> None:
    """From now on a script in any page can tell that it ran."""
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": RAN})


def ran(driver: Chrome) -> list[str]:
    """The attacks that have run in this page, those included that wait for a click or a look."""
    return sorted(set(driver.execute_async_script(TOUCH_ALL).split()))

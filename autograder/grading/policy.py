"""A second wall around formgrader's page of a notebook: a Content-Security-Policy.

Set in nbgrader_config.py by the lines of `SETTINGS`. A browser then runs the scripts of nbgrader's
own templates alone. Feedback that nbgrader makes with its own template has it, too.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from html import escape

from jinja2 import TemplateNotFound, pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_notebook
from nbgrader.converters import GenerateFeedback
from traitlets.config import Config

SETTINGS = (
    "from importlib.resources import files",
    'c.HTMLExporter.template_file = str(files("autograder") / "grading" / "with_policy.html.j2")',
    'c.HTMLExporter.filters = {"with_policy": "autograder.grading.policy.with_policy"}',
)
MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"  # where nbconvert's templates take it from
_SCRIPT = re.compile(r"<script>(.*?)</script>|<script type=\"text/javascript\">(.*?)</script>", re.DOTALL)
_HANDLER = re.compile(r' on[a-z]+="([^"]*)"')


@pass_context
def with_policy(context: Context, header: str) -> str:
    """The header of a page with its policy: scripts in the header itself and in formgrader's bar may run."""
    nonce = secrets.token_urlsafe(16)
    policy = escape(content_security_policy(nonce, _scripts(_bar(context))))
    meta = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return header.replace("<script", f'<script nonce="{nonce}"').replace("<head>", meta, 1)


def content_security_policy(nonce: str, scripts: Iterable[str]) -> str:
    """What a page may run and fetch: scripts with the nonce, those given, and MathJax, which evaluates its settings."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'nonce-{nonce}' 'unsafe-eval' 'unsafe-hashes' {hashes} {MATHJAX}",
            f"style-src 'self' 'unsafe-inline' {MATHJAX}",
            f"font-src 'self' data: {MATHJAX}",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def is_in_pages(config: Config) -> bool:
    """Whether a page that nbgrader writes with this configuration has the policy."""
    exporter = HTMLExporter(config=GenerateFeedback(config=config).config)
    marks = {"notebook": "", "score": 0, "max_score": 0, "late_penalty": 0}
    page, _resources = exporter.from_notebook_node(new_notebook(), resources={"nbgrader": marks})
    return 'http-equiv="Content-Security-Policy"' in page


def _bar(context: Context) -> str:
    """The bar of formgrader's page, which the template writes outside of the header; nothing in feedback."""
    try:
        macros = context.environment.get_template("formgrade_macros.html.j2").module
    except TemplateNotFound:
        return ""
    return str(getattr(macros, "nav")(context["resources"]))  # noqa: B009


def _scripts(page: str) -> list[str]:
    return [one or other for one, other in _SCRIPT.findall(page)] + _HANDLER.findall(page)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

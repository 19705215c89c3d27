"""What a student may write to have something run, or fetched, in the browser of whoever looks at the notebook.

`RUN` stands for a script that tells, `SEEN` for an address that tells when it is asked for.
"""

MARKDOWN = {
    "event handler": '<img src=x onerror="RUN">',
    "handler without quotes or spaces": "<svg/onload=RUN>",
    "script": "<script>RUN</script>",
    "details": '<details open ontoggle="RUN"><summary>x</summary></details>',
    "link that runs": '[follow](javascript:RUN "x")',
    "link written with entities": "[follow](&#106;avascript&colon;RUN)",
    "link in angle brackets": "[follow](<java\tscript:RUN>)",
    "address in angle brackets": "<javascript:RUN>",
    "link by name": "[follow][x]\n\n[x]: javascript:RUN",
    "link by name in a quotation": "[follow]\n\n> [follow]:\n> javascript:RUN",
    "link of HTML": '<a href="javascript:RUN">follow</a>',
    "document as data": "[follow](data:text/html,<script>RUN</script>)",
    "page in a page": '<iframe srcdoc="<script>parent.RUN</script>"></iframe>',
    "script in a picture": '<svg><script>RUN</script><a xlink:href="javascript:RUN"><text y="20">follow</text></a></svg>',
    "object": '<object data="data:text/html,<script>parent.RUN</script>"></object>',
    "formula that is a link": r"$\href{javascript:RUN}{follow}$",
    "formula by entities": r"\$&#92;href{javascript:RUN}{follow}\$",
    "formula with attributes": r"$\mmlToken{mi}[href='javascript:RUN']{follow}$",
    "formula with a style": r"$\style{background:url(SEEN)}{follow}$",
    "formula in an address": 'https://x.org/$" onmouseover="RUN" autofocus onfocus="RUN$',
    "formula in a title": '[follow](https://x.org/ "a $" onmouseover="RUN" x="$")',
    "formula in a picture": '![a $" onerror="RUN" x="$](missing.png)',
    "all addresses": '<base href="SEEN">\n\n![x](plot.png)',
    "form": '<form action="SEEN"><button autofocus>follow</button></form><input autofocus onfocus="RUN">',
    "style": "<style>body { background: url(SEEN) } @import 'SEEN';</style>",
    "style of an element": '<p style="background: url(SEEN)">x</p>',
    "other page": '<meta http-equiv="refresh" content="0; url=SEEN">',
    "style sheet": '<link rel="stylesheet" href="SEEN">',
    "picture from elsewhere": "![x](SEEN)",
    "picture from elsewhere by name": "![x][y]\n\n[y]: SEEN",
    "picture of HTML": '<img srcset="SEEN 1x" src="SEEN">',
    "film": '<video poster="SEEN" src="SEEN" autoplay></video><audio src="SEEN" autoplay onerror="RUN"></audio>',
    "mutation in formulas": "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror='RUN'&gt;\">",
    "mutation in noscript": "<noscript><p title=\"</noscript><img src=x onerror='RUN'>\">",
    "mutation in a comment": "<!--><img src=x onerror='RUN'>-->",
    "code for one reader only": "`` ` <img src=x onerror='RUN'> ` ``\n\n~~~ `\n<img src=x onerror='RUN'>\n~~~",
    "HTML after a plain tag": "<b>\n<https://x.org/onmouseover=RUN//>\n<img src=x onerror='RUN'>",
    "diagram": '```mermaid\nflowchart TD\n A@{ img: "SEEN", label: "<img src=x onerror=\'RUN\'>" }\n```',
    "heading": "# <img src=x onerror='RUN'> [follow](javascript:RUN)",
    "table": "| a | b |\n|---|---|\n| <img src=x onerror='RUN'> | [follow](javascript:RUN) |",
}
HTML = {
    "event handler": '<img src=x onerror="RUN">',
    "script": "<script>RUN</script>",
    "page in a page": '<iframe srcdoc="<script>parent.RUN</script>"></iframe>',
    "table that fetches": '<table background="SEEN"><tr><td style="background:url(SEEN)">1</td></tr></table>',
    "style": "<style>@import 'SEEN'; table { background: url(SEEN) }</style><table><tr><td>1</td></tr></table>",
    "mutation": "<svg></p><style><a id=\"</style><img src=1 onerror='RUN'>\">",
    "formula": r"<p>$\hr<x>ef{javascript:RUN}{follow}$</p>",
    "form": '<form action="SEEN"><input autofocus onfocus="RUN"></form>',
    "end of the page": "</div></div></body></html><script>RUN</script>",
    "other page": '<meta http-equiv="refresh" content="0; url=SEEN">',
}
OUTPUTS = {
    **{f"html, {name}": {"text/html": text} for name, text in HTML.items()},
    "javascript": {"application/javascript": "RUN"},
    "javascript by another name": {"text/javascript": "RUN"},
    "svg": {
        "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" onload="RUN"><script>RUN</script><image href="SEEN"/></svg>'
    },
    "png that is none": {"image/png": 'AAAA" onerror="RUN'},
    "markdown": {"text/markdown": "<img src=x onerror='RUN'> ![x](SEEN)"},
    "latex": {"text/latex": r"$\href{javascript:RUN}{follow}$ <img src=x onerror='RUN'>"},
    "widget": {
        "application/vnd.jupyter.widget-view+json": {"model_id": "</script><script>RUN</script>", "version_major": 2}
    },
    "unknown type": {"application/vnd.x+html": "<script>RUN</script>"},
    "diagram": {"text/vnd.mermaid": 'flowchart TD\n A@{ img: "SEEN", label: "<img src=x onerror=\'RUN\'>" }'},
    "type with spaces": {" text/html": "<script>RUN</script>", "Text/HTML": "<script>RUN</script>"},
    "vega": {"application/vnd.vega.v5+json": {"data": [{"name": "x", "url": "SEEN"}], "marks": []}},
}

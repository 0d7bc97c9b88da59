"""A Markdown text as a page of its own, to print or to open in any browser: no script, and nothing is loaded."""

from __future__ import annotations

from html import escape

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}"
    "h1{line-height:1.2}ul{list-style:none;padding-left:1rem}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #767676;padding:.4rem;text-align:left;vertical-align:top;height:2rem}hr{margin:2rem 0 1rem}"
    "p,li,tr{break-inside:avoid}@media print{body{margin:0;max-width:none;font-size:11pt}a{color:inherit}}"
)


def printable(text: str, title: str, language: str) -> str:
    """Turn Markdown into one HTML page; HTML that stands in the text is left out."""
    import cmarkgfm

    body = cmarkgfm.github_flavored_markdown_to_html(text)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>\n{body}</main></body></html>\n"
    )

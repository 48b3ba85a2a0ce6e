"""Checks a page of `mot report --format html` without a browser: what is wrong, a line each; nothing when it is
fine.  Further arguments are texts that have to be read on it."""
import re
import sys
import xml.etree.ElementTree as tree


def contrast(one, other):
    def light(colour):
        if len(colour) == 4:
            colour = "#" + "".join(c * 2 for c in colour[1:])
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def check_colours(style):
    blocks = re.findall(r":root\{([^}]*)\}", style)
    if len(blocks) != 2:
        yield "not one set of colours for light and one for dark"
    for block in blocks:
        colours = dict(re.findall(r"--(\w+):(#\w+)", block))
        for text in ("text", "soft", "good", "bad", "mark"):
            for back in ("back", "card"):
                if contrast(colours[text], colours[back]) < 4.5:
                    yield f"contrast of {text} on {back} below 4.5"
        for shape in ("fill", "below"):
            if contrast(colours[shape], colours["back"]) < 3:
                yield f"contrast of {shape} below 3"


def words(element):
    return " ".join("".join(element.itertext()).split())


def check_ids(page):
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    for one in set(ids):
        if ids.count(one) > 1:
            yield f"id {one} twice"
    for e in page.iter():
        wanted = (e.get("aria-labelledby") or "").split()
        if (e.get("href") or "").startswith("#"):
            wanted.append(e.get("href")[1:])
        for one in wanted:
            if one not in ids:
                yield f"<{e.tag}> points to {one}, which is not there"


def check_outside(page, style):
    for e in page.iter():
        if e.tag in ("script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video"):
            yield f"<{e.tag}> on the page"
        for name, value in e.attrib.items():
            if name.startswith("on") or name in ("src", "srcset", "action", "data", "ping"):
                yield f"attribute {name} of <{e.tag}>"
            if name == "href" and not value.startswith(("#", "mailto:")):
                yield f"a link to outside: {value}"
    if re.search(r"url\(|@import|https?:|expression", style):
        yield "the style sheet asks for something outside"


def check_headings(page):
    levels = [int(e.tag[1]) for e in page.iter() if re.fullmatch("h[1-6]", e.tag)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "not one h1, or not first"
    for before, after in zip(levels, levels[1:]):
        if after > before + 1:
            yield f"h{after} follows h{before}"


def check_tables(page):
    for table in page.iter("table"):
        caption = table.find("caption")
        if caption is None or not words(caption):
            yield "a table without a caption"
            continue
        heads = table.findall("thead/tr/th")
        if not heads or any(th.get("scope") != "col" or not words(th) for th in heads):
            yield f"heads of the table {words(caption)}"
        for row in table.findall("tbody/tr"):
            if len(row) != len(heads):
                yield f"a row of {len(row)} cells under {len(heads)} heads: {words(caption)}"
            if row[0].tag != "th" or row[0].get("scope") != "row":
                yield f"a row without its head: {words(caption)}"


def check_pictures(page):
    for picture in page.iter("svg"):
        title, about = picture.find("title"), picture.find("desc")
        if picture.get("role") != "img" or title is None or about is None:
            yield "a picture without role, title or description"
            continue
        if not words(title) or not words(about):
            yield f"a picture without words: {words(title)}"
        if picture.get("aria-labelledby", "").split() != [title.get("id"), about.get("id")]:
            yield f"a picture that is not labelled by its words: {words(title)}"
        for e in picture.iter():
            if any("nan" in v or "inf" in v for k, v in e.attrib.items() if k in ("d", "x", "y", "cx", "cy")):
                yield f"a place that is no number: {words(title)}"


def check(path, wanted):
    source = open(path, encoding="utf-8").read()
    if not source.startswith('<!DOCTYPE html>\n<html lang="en">'):
        yield "it does not begin as HTML with its language"
    page = tree.fromstring(source)
    style = page.find("head/style").text
    for part in (check_colours(style), check_ids(page), check_outside(page, style), check_headings(page),
                 check_tables(page), check_pictures(page)):
        yield from part
    if page.find("head/meta[@name='viewport']") is None or not words(page.find("head/title")):
        yield "no viewport or no title"
    text = words(page.find("body"))
    for one in wanted:
        if one not in text:
            yield f"not on the page: {one}"


problems = list(check(sys.argv[1], sys.argv[2:]))
print("\n".join(problems))
sys.exit(1 if problems else 0)

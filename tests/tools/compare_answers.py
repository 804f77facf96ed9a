"""Compares workbooks before and after an answer was put into them: compare_answers.py BEFORE AFTER
(two folders). Part by part: what is not changed must be byte for byte as it was, and what is changed must
be as it was once our additions are taken away. Then as openpyxl sees them: values, formulas, notes,
conditional formats, data validations, merged areas, charts, pictures, tables. Prints what differs and,
at the end, how many were compared.
"""
import pathlib
import sys
import warnings
import xml.etree.ElementTree as tree
import zipfile

import openpyxl

warnings.simplefilter("ignore")
MACROS = ("vbaproject", "vbadata", "_xmlsignatures/")
SHEET = "Kết quả kiểm tra"


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def plain(element, skip=()):
    """An element as nested tuples, without the attributes that an answer sets."""
    attributes = tuple(sorted((k.rsplit("}", 1)[-1], v) for k, v in element.attrib.items() if k not in skip))
    return (local(element), attributes, element.text, tuple(plain(child, skip) for child in element))


def sheet(text):
    """A sheet without the looks of cells, empty cells and rows, chosen tab and drawing of notes."""
    root = tree.fromstring(text)
    kept = []
    for child in root:
        if local(child) == "legacyDrawing":
            continue
        if local(child) == "sheetViews":
            kept.append(plain(child, ("tabSelected",)))
        elif local(child) == "sheetData":
            rows, number = [], 0
            for row in child:
                number = int(row.get("r", number + 1))
                cells = [plain(cell, ("s",)) for cell in row if len(cell) or cell.get("t")]
                look = tuple(sorted((k, v) for k, v in row.attrib.items() if k not in ("r", "spans")))
                if cells or look:
                    rows.append((number, look, cells))
            kept.append(rows)
        else:
            kept.append(plain(child))
    return kept


def starts_with(before, after):
    """Whether every child is as it was, lists at most being longer."""
    if local(before) != local(after):
        return False
    for old, new in zip(before, after):
        if plain(old) != plain(new) and not (local(old) == local(new) and len(new) >= len(old)
                and all(plain(a) == plain(b) for a, b in zip(old, new))):
            return False
    return len(after) >= len(before)


def workbook(text, is_answer):
    root = tree.fromstring(text)
    for child in list(root):
        if local(child) == "bookViews":
            for view in child:
                view.attrib.pop("activeTab", None)
                if not view.attrib:
                    child.remove(view)
            if not len(child):
                root.remove(child)
        if is_answer and local(child) == "sheets":
            child.remove(child[-1])
        if local(child) == "definedNames":
            for name in list(child):
                if SHEET in (name.text or ""):
                    child.remove(name)
            if not len(child):
                root.remove(child)
    return plain(root)


def notes(text):
    root = tree.fromstring(text)
    return ["".join(t.text or "" for t in note.iter() if local(t) == "t")
            for note in root.iter() if local(note) == "comment"]


def parts(before, after):
    faults = []
    old = {i.filename: before.read(i) for i in before.infolist()}
    new = {i.filename: after.read(i) for i in after.infolist()}
    for name, content in old.items():
        if any(macro in name.lower() for macro in MACROS):
            if name in new:
                faults.append(f"{name} was sent back")
            continue
        if name not in new:
            faults.append(f"{name} is lost")
        elif content != new[name]:
            changed = new[name]
            lower = name.lower().replace("\\", "/")
            try:
                if "/worksheets/" in lower or "/chartsheets/" in lower or "/dialogsheets/" in lower:
                    if lower.endswith(".rels"):
                        same = starts_with(tree.fromstring(content), tree.fromstring(changed))
                    else:
                        same = sheet(content) == sheet(changed)
                elif lower.endswith("workbook.xml"):
                    same = workbook(content, False) == workbook(changed, True)
                elif lower.endswith(".vml"):
                    head = content[: content.rfind(b"</xml>")]
                    same = changed.startswith(head)
                elif "comments" in lower:
                    a, b = notes(content), notes(changed)
                    same = len(b) >= len(a) and all(y.startswith(x) for x, y in zip(a, b))
                elif lower.endswith("styles.xml"):
                    same = starts_with(tree.fromstring(content), tree.fromstring(changed))
                elif lower.endswith(".rels") or lower.startswith("[content"):
                    known = {plain(e) for e in tree.fromstring(changed)}
                    lost = [e for e in tree.fromstring(content) if plain(e) not in known]
                    same = all(any(word in str(plain(e)).lower() for word in
                                   ("vba", "macro", "template", "signature", "addin")) for e in lost)
                else:
                    same = False
            except tree.ParseError as error:
                same, name = False, f"{name}: {error}"
            if not same:
                faults.append(f"{name} differs in more than our additions")
    return faults


def seen(path):
    book = openpyxl.load_workbook(path, keep_links=False)
    pages = {}
    for page in book.worksheets:
        if page.title.startswith(SHEET):
            continue
        cells = {}
        remarks = {}
        # Only what is there: a cell at the end of a sheet would else make a milliard of them.
        for cell in page._cells.values():
            if cell.value is not None:
                value = getattr(cell.value, "text", None) or cell.value
                look = (cell.number_format, cell.font.b, cell.font.name, cell.border.left.style)
                cells[cell.coordinate] = (str(value), look)
            if getattr(cell, "comment", None):
                remarks[cell.coordinate] = cell.comment.text
        pages[page.title] = {
            "cells": cells,
            "notes": remarks,
            "conditional formats": sorted(
                (str(area.sqref), [rule.type for rule in area.rules]) for area in page.conditional_formatting),
            "validations": sorted((str(v.sqref), v.type, str(v.formula1)) for v in page.data_validations.dataValidation),
            "merged areas": sorted(map(str, page.merged_cells.ranges)),
            "charts": len(page._charts),
            "pictures": len(page._images),
            "tables": sorted(page.tables),
            "protection": page.protection.sheet,
        }
    return pages, [name for name in book.defined_names]


def compare(before, after, counts):
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        faults = parts(old, new)
    try:
        old, names = seen(before)
    except Exception:
        counts["not opened by openpyxl before"] = counts.get("not opened by openpyxl before", 0) + 1
        return faults
    counts["opened by openpyxl"] = counts.get("opened by openpyxl", 0) + 1
    try:
        new, other = seen(after)
    except Exception as error:
        return faults + [f"openpyxl: {error!r}"]
    if names != other:
        faults.append("names differ")
    if list(old) != list(new):
        return faults + ["sheets differ"]
    for page, was in old.items():
        now = new[page]
        for what, value in was.items():
            counts[what] = counts.get(what, 0) + (len(value) if hasattr(value, "__len__") else int(value))
            if what == "notes":
                if not all(now[what].get(cell, "").startswith(words) for cell, words in value.items()):
                    faults.append(f"{page}: notes differ")
                continue
            if value != now[what]:
                faults.append(f"{page}: {what} differ")
    return faults


def main():
    before, after = map(pathlib.Path, sys.argv[1:])
    counts, faulty = {}, 0
    for path in sorted(after.iterdir()):
        counts["files"] = counts.get("files", 0) + 1
        faults = compare(before / path.name, path, counts)
        if faults:
            faulty += 1
            print(path.name, faults[:4])
    for what, count in counts.items():
        print(f"{count}\t{what}")
    print(f"{faulty}\twith differences")
    sys.exit(bool(faulty))


main()

"""Spoils workbooks as a clerk would, by hand in LibreOffice: opens each, edits cells, saves it again.

Reads a plan from standard input, one JSON object: `profile` (a folder for LibreOffice) and `files`, each
with `path`, an optional `password`, and `edits`. Runs with the Python that has LibreOffice's `uno`.
"""

import json
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
}


def property_value(name, value):
    pair = PropertyValue()
    pair.Name, pair.Value = name, value
    return pair


def encryption(password):
    """Returns what the dialog of LibreOffice passes on for a workbook with a password."""
    named = []
    for name, value in (("CryptoType", "Standard"), ("OOXPassword", password)):
        pair = NamedValue()
        pair.Name, pair.Value = name, value
        named.append(pair)
    data = uno.Any("[]com.sun.star.beans.NamedValue", tuple(named))
    return property_value("EncryptionData", data)


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    sys.exit("LibreOffice does not answer")


def edit(document, change):
    sheet = document.Sheets.getByName(change["sheet"])
    kind = change["kind"]
    if kind == "replace":
        search = sheet.createReplaceDescriptor()
        search.SearchString, search.ReplaceString = change["find"], change["with"]
        if sheet.replaceAll(search) == 0:
            sys.exit(f"{change['find']} is not in {change['sheet']}")
        return
    cell = sheet.getCellRangeByName(change["cell"])
    if kind == "text":
        cell.String = change["value"]
    elif kind == "number":
        cell.Value = change["value"]
    elif kind == "formula":
        cell.Formula = change["value"]
    elif kind == "date":
        cell.Value = change["value"]
        formats = document.NumberFormats
        cell.NumberFormat = formats.getStandardFormat(2, uno.createUnoStruct("com.sun.star.lang.Locale"))
    elif kind == "swap":
        other = sheet.getCellRangeByName(change["other"])
        cell.Value, other.Value = other.Value, cell.Value
    elif kind == "delete row":
        sheet.Rows.removeByIndex(cell.CellAddress.Row, 1)
    else:
        sys.exit(f"no such change: {kind}")


def main():
    plan = json.load(sys.stdin)
    pipe = f"da06-{os.getpid()}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={uno.systemPathToFileUrl(plan['profile'])}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    desktop = None
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        for file in plan["files"]:
            url = uno.systemPathToFileUrl(file["path"])
            document = desktop.loadComponentFromURL(url, "_blank", 0, (property_value("Hidden", True),))
            for change in file["edits"]:
                edit(document, change)
            options = [property_value("FilterName", FILTERS[file["path"].rsplit(".", 1)[1]])]
            if file.get("password"):
                options.append(encryption(file["password"]))
            document.storeToURL(url, tuple(options))
            document.close(True)
    finally:
        try:
            desktop.terminate()
        except Exception:
            office.terminate()
        office.wait()


main()

//! What the finished PDF says about itself, read by qpdf and poppler, which did not write it: faults,
//! metadata, page labels, bookmarks, reading order, table heads, footnotes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{MARCH, Sandbox, tool};

/// The most bytes of the sample report.
const LARGEST: usize = 400_000;

static REPORT: LazyLock<Sandbox> = LazyLock::new(|| {
    let sandbox = Sandbox::tien_lang();
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    sandbox
});

/// Returns what a tool prints about the report; nothing without the tool.
fn about(name: &str, arguments: &[&str]) -> Option<String> {
    let path = REPORT.path("output/2024-03/bao-cao-2024-03.pdf");
    let mut arguments = arguments.to_vec();
    arguments.push(path.to_str().unwrap());
    if name == "pdftotext" {
        arguments.push("-");
    }
    // poppler prints the titles of elements as they are in the file, in UTF-16.
    Some(String::from_utf8_lossy(&tool(name, &arguments)?).into_owned())
}

fn json(key: &str) -> Option<Value> {
    let text = about("qpdf", &["--json=2", &format!("--json-key={key}")])?;
    serde_json::from_str(&text).ok()
}

/// Returns every dictionary of the file by its reference.
fn dictionaries() -> Option<BTreeMap<String, Value>> {
    let json = json("qpdf")?;
    let objects = json["qpdf"][1].as_object().unwrap().iter();
    let dictionaries = objects.filter_map(|(name, object)| {
        Some((name.strip_prefix("obj:")?.to_owned(), object.get("value")?.clone()))
    });
    Some(dictionaries.filter(|(_, value)| value.is_object()).collect())
}

/// Returns the elements of the structure of a kind.
fn elements<'a>(all: &'a BTreeMap<String, Value>, kind: &str) -> Vec<&'a Value> {
    all.values().filter(|element| element["/S"] == kind && element.get("/P").is_some()).collect()
}

/// Returns the kids of an element, whether it has a list of them or one.
fn kids(element: &Value) -> Vec<&Value> {
    match &element["/K"] {
        Value::Null => Vec::new(),
        Value::Array(kids) => kids.iter().collect(),
        only => vec![only],
    }
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// Returns the words of each part in reading order, as a reader hears them.
fn read_aloud() -> Option<Vec<String>> {
    let structure = about("pdfinfo", &["-struct-text"])?;
    let mut parts: Vec<String> = Vec::new();
    for line in structure.lines() {
        if line.starts_with("  Sect") {
            parts.push(String::new());
        }
        let words = line.trim().strip_prefix('"').and_then(|line| line.strip_suffix('"'));
        if let (Some(words), Some(part)) = (words, parts.last_mut()) {
            part.push_str(&without_blanks(words));
        }
    }
    Some(parts)
}

#[test]
fn qpdf_finds_no_fault_and_the_file_is_small() {
    let bytes = REPORT.read("output/2024-03/bao-cao-2024-03.pdf");
    assert!(bytes.starts_with(b"%PDF-1.7\n"));
    assert!(bytes.len() <= LARGEST, "{} bytes", bytes.len());
    let Some(check) = about("qpdf", &["--check"]) else { return };
    assert!(check.contains("No syntax or stream encoding errors found"), "{check}");
}

#[test]
fn information_and_xmp_say_the_same() {
    let (Some(information), Some(xmp)) =
        (about("pdfinfo", &["-isodates"]), about("pdfinfo", &["-meta"]))
    else {
        return;
    };
    let properties = [
        ("Title", "<dc:title>"),
        ("Author", "<dc:creator>"),
        ("Subject", "<dc:description>"),
        ("Creator", "<xmp:CreatorTool>"),
        ("Producer", "<pdf:Producer>"),
        ("CreationDate", "<xmp:CreateDate>"),
        ("ModDate", "<xmp:ModifyDate>"),
    ];
    for (name, property) in properties {
        let lines = information.lines();
        let mut values = lines.filter_map(|line| line.strip_prefix(&format!("{name}:")));
        let value = values.next().unwrap().trim();
        let (_, rest) = xmp.split_once(property).unwrap();
        let (said, _) = rest.split_once(&property.replace('<', "</")).unwrap();
        let said = said.rsplit_once("</rdf:li>").map_or(said, |(said, _)| said);
        let said = said.rsplit_once('>').map_or(said, |(_, said)| said);
        assert!(!value.is_empty());
        assert_eq!(said, value, "{name}");
    }
}

#[test]
fn pages_are_called_as_they_are_numbered() {
    let Some(labels) = json("pagelabels") else { return };
    let labels = labels["pagelabels"].as_array().unwrap();
    assert_eq!(labels[0]["label"], serde_json::json!({ "/S": "/D", "/St": 1 }));
    let numbers = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];
    for (label, number) in labels[1..].iter().zip(numbers) {
        assert_eq!(label["label"]["/P"], format!("u:{number}-"));
        assert_eq!(label["label"]["/S"], "/D");
    }
    assert!(labels.len() >= 6);
}

#[test]
fn bookmarks_nest_as_the_headings() {
    let (Some(outline), Some(structure)) = (json("outlines"), about("pdfinfo", &["-struct-text"]))
    else {
        return;
    };
    let mut headings: Vec<(u64, String)> = Vec::new();
    let mut level = None;
    for line in structure.lines() {
        let words = line.trim();
        let heading = words.strip_prefix('H').and_then(|rest| rest.chars().next());
        if words.ends_with("(block)") {
            level = heading.and_then(|digit| digit.to_digit(10)).map(u64::from);
        } else if let Some(level) = level {
            headings.push((level, without_blanks(words.trim_matches('"'))));
        }
    }
    let mut bookmarks = Vec::new();
    for part in outline["outlines"].as_array().unwrap() {
        let title = part["title"].as_str().unwrap();
        if title.starts_with("Phụ lục ") {
            let label = title.split_once('.').unwrap().0;
            bookmarks.push((1, without_blanks(label)));
        }
        collect(part, 1, &mut bookmarks);
    }
    assert!(headings.len() > 12, "{headings:?}");
    assert_eq!(bookmarks, headings);
}

fn collect(bookmark: &Value, level: u64, found: &mut Vec<(u64, String)>) {
    for kid in bookmark["kids"].as_array().unwrap() {
        found.push((level, without_blanks(kid["title"].as_str().unwrap())));
        collect(kid, level + 1, found);
    }
}

#[test]
fn the_report_is_read_in_the_order_in_which_it_is_printed() {
    let (Some(parts), Some(labels)) = (read_aloud(), json("pagelabels")) else { return };
    let starts = labels["pagelabels"].as_array().unwrap();
    let starts: Vec<u64> = starts.iter().map(|label| label["index"].as_u64().unwrap()).collect();
    assert_eq!(parts.len(), starts.len());
    for (index, part) in parts.iter().enumerate() {
        let first = starts[index] + 1;
        let last = starts.get(index + 1).map_or_else(String::new, u64::to_string);
        let first = first.to_string();
        let mut arguments = vec!["-raw", "-f", &first];
        if !last.is_empty() {
            arguments.extend(["-l", &last]);
        }
        let printed = about("pdftotext", &arguments).unwrap();
        let pages: Vec<&str> = printed.split('\u{c}').filter(|page| !page.is_empty()).collect();
        if index == 0 {
            let printed: String = pages.iter().map(|page| without_page_number(page)).collect();
            assert_eq!(*part, without_blanks(&printed));
        } else {
            // A later page repeats the head of its table, which is read once.
            let page = without_blanks(pages[0]);
            assert!(part.starts_with(&page), "{part}\n{page}");
        }
    }
}

fn without_page_number(page: &str) -> &str {
    match page.split_once('\n') {
        Some((number, rest)) if number.trim().parse::<u32>().is_ok() => rest,
        _ => page,
    }
}

#[test]
fn heads_of_tables_say_for_what_they_stand() {
    let Some(all) = dictionaries() else { return };
    let mut scopes: BTreeMap<&str, usize> = BTreeMap::new();
    for head in elements(&all, "/TH") {
        *scopes.entry(head["/A"]["/Scope"].as_str().expect("every TH has one")).or_default() += 1;
    }
    assert!(scopes["/Column"] > 50 && scopes["/Row"] > 50, "{scopes:?}");
    for table in elements(&all, "/Table") {
        let kinds: Vec<&Value> =
            kids(table).iter().map(|kid| &all[kid.as_str().unwrap()]["/S"]).collect();
        assert!(kinds.ends_with(&[&Value::from("/THead"), &Value::from("/TBody")]), "{kinds:?}");
    }
}

#[test]
fn footnotes_are_tied_to_their_marks() {
    let Some(all) = dictionaries() else { return };
    let links = elements(&all, "/Link");
    assert!(links.len() > 20, "{}", links.len());
    for link in links {
        let kids = kids(link);
        let [content, place] = kids.as_slice() else { panic!("{link}") };
        assert!(content.is_number());
        let annotation = &all[place["/Obj"].as_str().unwrap()];
        assert_eq!(annotation["/Subtype"], "/Link");
        assert!(annotation["/Contents"].as_str().unwrap().contains("ghi chú"));
        let target = annotation["/Dest"][0].as_str().unwrap();
        assert_eq!(all[target]["/Type"], "/Page");
        let sign = &all[link["/P"].as_str().unwrap()];
        let owner = &all[sign["/P"].as_str().unwrap()]["/S"];
        match sign["/S"].as_str().unwrap() {
            "/Reference" => assert_ne!(owner, "/Note"),
            "/Lbl" => assert_eq!(owner, "/Note"),
            other => panic!("a link in {other}"),
        }
    }
    for note in elements(&all, "/Note") {
        assert!(note["/ID"].is_string());
    }
}

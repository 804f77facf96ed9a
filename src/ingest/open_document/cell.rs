//! One cell of an OpenDocument sheet: what its tag says, what it shows, and what that means.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::ingest::{
    CellContent,
    markup::{MarkupError, attribute, count, pass_over, push_reference},
    number_formats::shown_number,
    workbook::{iso_content, text_content},
};

/// What a cell says of itself.
pub(super) struct CellHead {
    kind: String,
    value: Option<String>,
    /// Whether a formula stands in it.
    pub(super) has_formula: bool,
    is_error: bool,
}

/// Returns what the start tag of a cell says.
pub(super) fn head(element: &BytesStart<'_>) -> CellHead {
    // "office:value-type" and "calcext:value-type" have one local name.
    let mut kinds = Vec::new();
    for one in element.attributes().with_checks(false).flatten() {
        if one.key.local_name().as_ref() == "value-type" {
            kinds.push(one.value.clone().into_owned());
        }
    }
    let is_error = kinds.iter().any(|kind| kind == "error");
    let kind = kinds.into_iter().find(|kind| kind != "error").unwrap_or_default();
    let value = match kind.as_str() {
        "date" => attribute(element, "date-value"),
        "boolean" => attribute(element, "boolean-value"),
        "string" => attribute(element, "string-value"),
        "time" => attribute(element, "time-value"),
        _ => attribute(element, "value"),
    };
    CellHead { kind, value, has_formula: attribute(element, "formula").is_some(), is_error }
}

/// Returns what stands in a cell, by its tag and the words that it shows.
pub(super) fn content(head: &CellHead, words: &str) -> CellContent {
    let shown = words.trim();
    // Older programs keep an error as the number 0 or as empty words: what is shown tells.
    let shows_error = head.has_formula && (shown.starts_with('#') || shown.starts_with("Err:"));
    if head.is_error || shows_error {
        let shown = if shown.is_empty() { "#ERR" } else { shown };
        return CellContent::Error(shown.to_owned());
    }
    let value = head.value.as_deref().map(str::trim);
    let number = value.and_then(|value| value.parse::<f64>().ok());
    match (head.kind.as_str(), number) {
        ("percentage", Some(number)) if number.is_finite() => CellContent::Percent(number),
        ("float" | "currency" | "percentage", Some(number)) => shown_number(number, words),
        ("boolean", _) if matches!(value, Some("true" | "false")) => {
            CellContent::Boolean(value == Some("true"))
        }
        ("date", _) if value.is_some() => iso_content(value.unwrap_or_default()),
        ("", _) if shown.is_empty() && head.has_formula => CellContent::FormulaWithoutValue,
        ("float" | "currency" | "percentage", None) if shown.is_empty() && head.has_formula => {
            CellContent::FormulaWithoutValue
        }
        ("string", _) if words.is_empty() => text_content(head.value.as_deref().unwrap_or("")),
        _ => text_content(words),
    }
}

/// What stands in a cell.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Its words, without its notes and drawings.
    pub(super) words: String,
    /// The note that hangs on it.
    pub(super) note: String,
    /// The words of what is drawn on it.
    pub(super) drawn: Vec<String>,
    /// Styles of the words.
    pub(super) styles: Vec<String>,
}

/// Returns what stands in a cell up to its end.
pub(super) fn shown(reader: &mut Reader<&[u8]>) -> Result<Shown, MarkupError> {
    let mut shown = Shown::default();
    shown.words = words_of(reader, &mut Some(&mut shown))?;
    Ok(shown)
}

/// Returns the words of an element up to its end; what else a cell says is put into `beside`.
fn words_of(
    reader: &mut Reader<&[u8]>,
    beside: &mut Option<&mut Shown>,
) -> Result<String, MarkupError> {
    let mut words = String::new();
    let mut depth = 0_usize;
    let mut in_paragraph = 0_usize;
    loop {
        match reader.read_event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "annotation" if beside.is_some() => {
                    let note = words_of(reader, &mut None)?;
                    if let Some(shown) = beside {
                        shown.note = note;
                    }
                }
                "frame" | "custom-shape" | "rect" | "caption" if beside.is_some() => {
                    let drawn = words_of(reader, &mut None)?;
                    if let Some(shown) = beside {
                        shown.drawn.push(drawn);
                    }
                }
                "annotation" | "frame" | "custom-shape" | "object" | "line" | "detective" => {
                    pass_over(reader)?;
                }
                name => {
                    depth += 1;
                    if let (Some(shown), "span") = (&mut *beside, name) {
                        shown.styles.extend(attribute(&element, "style-name"));
                    }
                    if in_paragraph > 0 || name == "p" {
                        if in_paragraph == 0 && !words.is_empty() {
                            words.push('\n');
                        }
                        in_paragraph += 1;
                    }
                }
            },
            Event::Empty(element) => match element.local_name().as_ref() {
                "s" => {
                    let blanks = count(&element, "c").clamp(1, 1_000);
                    words.extend(std::iter::repeat_n(' ', blanks as usize));
                }
                "tab" => words.push('\t'),
                "line-break" => words.push('\n'),
                _ => {}
            },
            Event::Text(text) if in_paragraph > 0 => words.push_str(&text.xml10_content()),
            Event::CData(text) if in_paragraph > 0 => words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if in_paragraph > 0 => {
                push_reference(&mut words, &reference)?;
            }
            Event::End(_) if depth == 0 => return Ok(words),
            Event::End(_) => {
                depth -= 1;
                in_paragraph = in_paragraph.saturating_sub(1);
            }
            Event::Eof => return Err(MarkupError::CutOff),
            _ => {}
        }
    }
}

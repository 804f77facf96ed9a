//! `da06 trace`: where a figure comes from.

use std::fmt::Write;

use serde_json::json;

use super::{Outcome, args::TraceCommand, console::Console};
use crate::{
    pipeline::{self, Error, Job, Trace, TraceSource},
    quantity::Quantity,
    text,
};

/// Prints figures with the cells that they come from.
pub(super) fn trace(
    command: &TraceCommand,
    job: &Job,
    console: &Console,
) -> Result<Outcome, Error> {
    let traces = pipeline::trace(job, &command.what.join(" "), console)?;
    if command.json {
        let traces: Vec<_> = traces.iter().map(as_json).collect();
        console.data(&serde_json::to_string_pretty(&traces).expect("traces have string keys only"));
    } else {
        let texts: Vec<String> = traces.iter().map(as_text).collect();
        console.data(&texts.join("\n\n"));
    }
    Ok(Outcome::Done)
}

fn shown(value: Option<Quantity>) -> String {
    value.map_or("…".to_owned(), text::format_quantity)
}

/// Returns the number with what it counts: `4.696 tài khoản`, `83,80%`.
fn counted(trace: &Trace) -> String {
    let blank = if trace.unit_of_count == "%" || trace.unit_of_count.is_empty() { "" } else { " " };
    match trace.value {
        Some(_) => format!("{}{blank}{}", shown(trace.value), trace.unit_of_count),
        None => shown(None),
    }
}

fn as_text(trace: &Trace) -> String {
    let mut out = format!(
        "{} – {}: {}\nMã số liệu: {}\nSố đơn vị có số liệu: {}/{}",
        trace.label,
        trace.scope,
        counted(trace),
        trace.id,
        trace.reported,
        trace.expected
    );
    if !trace.printed_at.is_empty() {
        let _infallible = write!(out, "\nTrong báo cáo: {}", trace.printed_at.join("; "));
    }
    for source in &trace.sources {
        let TraceSource { period, unit, indicator, place, reading, .. } = source;
        let value = shown(source.value);
        let _infallible =
            write!(out, "\n  {period}  {indicator}  {unit}: {value}  ← {place} ({reading}");
        if let Some(raw) = &source.raw {
            let _infallible = write!(out, ": \"{raw}\"");
        }
        out.push(')');
        if let Some(understood) = &source.understood {
            let _infallible = write!(out, "\n      hiểu: {understood}");
        }
    }
    for remark in &trace.remarks {
        let _infallible = write!(out, "\n  * {remark}");
    }
    out
}

fn as_json(trace: &Trace) -> serde_json::Value {
    let number = |value: Option<Quantity>| {
        value.map(|quantity| json!({"scaled": quantity.scaled, "decimals": quantity.decimals}))
    };
    let sources: Vec<_> = trace
        .sources
        .iter()
        .map(|source| {
            json!({
                "period": source.period.to_string(),
                "unit": source.unit,
                "indicator": source.indicator,
                "value": number(source.value),
                "place": source.place,
                "raw": source.raw,
                "reading": source.reading,
                "understood": source.understood,
                "sha256": source.sha256,
            })
        })
        .collect();
    json!({
        "id": trace.id,
        "label": trace.label,
        "scope": trace.scope,
        "value": number(trace.value),
        "reported": trace.reported,
        "expected": trace.expected,
        "unit_of_count": trace.unit_of_count,
        "printed_at": trace.printed_at,
        "sources": sources,
        "remarks": trace.remarks,
    })
}

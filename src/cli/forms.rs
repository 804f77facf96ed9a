//! `da06 forms`: one form a unit for the month to come.

use std::fmt::Write;

use serde_json::json;

use super::{Outcome, args::FormsCommand, console::Console};
use crate::{
    pipeline::{self, Error, Job, PublishedForms},
    text::format_month,
};

/// Writes the forms and says which.
pub(super) fn forms(
    command: &FormsCommand,
    job: &Job,
    console: &Console,
) -> Result<Outcome, Error> {
    let published = pipeline::forms(job, &command.units, console)?;
    console.data(&if command.json { as_json(&published) } else { as_text(&published) });
    Ok(Outcome::Done)
}

fn as_text(published: &PublishedForms) -> String {
    let forms = &published.forms;
    let known = forms.iter().filter(|form| form.previous > 0).count();
    let mut text = format!(
        "Đã lập {} biểu {}; {known} biểu có số kỳ trước.",
        forms.len(),
        format_month(published.period)
    );
    let left_out: usize = forms.iter().map(|form| form.left_out).sum();
    if left_out > 0 {
        let _infallible = write!(
            text,
            "\nCó {left_out} quy tắc không viết được thành công thức trong biểu; khi đọc biểu vẫn được kiểm tra."
        );
    }
    let _infallible = write!(text, "\n\nĐã ghi vào `{}`:", published.folder.display());
    for form in forms {
        let _infallible = write!(text, "\n  {}  {}", form.file, form.name);
    }
    text
}

fn as_json(published: &PublishedForms) -> String {
    let forms: Vec<_> = published
        .forms
        .iter()
        .map(|form| {
            json!({
                "unit": form.unit,
                "name": form.name,
                "file": form.file,
                "previous_figures": form.previous,
                "live_checks": form.checks,
                "rules_left_out": form.left_out,
            })
        })
        .collect();
    let published = json!({
        "period": published.period.to_string(),
        "folder": published.folder.display().to_string(),
        "forms": forms,
    });
    serde_json::to_string_pretty(&published).expect("the list has string keys only")
}

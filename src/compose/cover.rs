//! The first sheet of the workbook: the cover in the official layout, with the dates of the data and
//! a list of the sheets behind it. The signed paper has its words instead.

use crate::{
    compose::{
        ReportInput,
        document::{Audience, Block, Orientation, Paragraph, ParagraphKind, Run, Section},
        letterhead, sources, summary, trend,
        typography::glue,
    },
    text::format_date,
};

/// Name of the sheet.
const SHEET: &str = "Bìa";

/// Returns the cover; `parts` are the printed sections behind it.
pub(super) fn section(input: &ReportInput<'_>, parts: &[Section]) -> Section {
    let mut blocks = vec![letterhead::header(input), title(input)];
    blocks.extend(letterhead::addressees(input));
    let opening = "Tệp số liệu kèm theo báo cáo, lập từ cùng một bảng số liệu với báo cáo, gồm:";
    blocks.push(paragraph(ParagraphKind::Body, vec![Run::text(opening)]));
    let annexes = parts.iter().filter_map(|part| listed(part).map(item));
    blocks.extend(annexes);
    blocks.extend(others(input).into_iter().map(|words| item(vec![Run::text(words)])));
    blocks.push(letterhead::signature(input));
    Section {
        name: SHEET.to_owned(),
        orientation: Orientation::Portrait,
        audience: Audience::Workbook,
        blocks,
    }
}

/// Returns ô 5a with the first and last day of the data under it.
fn title(input: &ReportInput<'_>) -> Block {
    let mut block = letterhead::title(input);
    if let Block::Title(title) = &mut block {
        title.remarks.push(dates(input));
    }
    block
}

/// Returns "(Số liệu từ ngày 15/02/2024 đến hết ngày 14/3/2024)".
pub(super) fn dates(input: &ReportInput<'_>) -> Vec<Run> {
    let dates = input.lookup().dates();
    let words = format!(
        "(Số liệu từ ngày {} đến hết ngày {})",
        format_date(dates.first),
        format_date(dates.last)
    );
    glue(input.lookup().declared(&words))
}

/// Returns "Phụ lục I (trang PL I): KẾT QUẢ …" of an annex.
fn listed(part: &Section) -> Option<Vec<Run>> {
    let head = part.blocks.iter().find_map(|block| match block {
        Block::AnnexHead(head) => Some(head),
        _ => None,
    })?;
    let mut runs = vec![Run::text(format!("{} (trang {}): ", head.label, part.name))];
    for (index, line) in head.title.iter().enumerate() {
        if index > 0 {
            runs.push(Run::text(" "));
        }
        runs.extend(line.iter().cloned());
    }
    runs.push(Run::text(";"));
    Some(runs)
}

/// Returns what the sheets behind the annexes hold, the last one with a full stop.
fn others(input: &ReportInput<'_>) -> Vec<String> {
    let overview =
        format!("Trang {}: mọi chỉ tiêu của toàn bộ các đơn vị, so với kỳ trước;", summary::SHEET);
    let has_months = input.figures.months_ago().next().is_some();
    let months = has_months
        .then(|| format!("Trang {}: các chỉ tiêu đó qua từng tháng đã có số liệu;", trend::SHEET));
    let sources = format!("Trang {}: tệp và ô của đơn vị mà số liệu được lấy ra.", sources::SHEET);
    [overview].into_iter().chain(months).chain([sources]).collect()
}

fn item(mut runs: Vec<Run>) -> Block {
    runs.insert(0, Run::text("- "));
    paragraph(ParagraphKind::ListItem, runs)
}

fn paragraph(kind: ParagraphKind, runs: Vec<Run>) -> Block {
    Block::Paragraph(Paragraph { kind, runs })
}

//! Values that mean something else than the form asks for: one finding for what says so, and the figures
//! as unusable, unless the return has them elsewhere.

use std::collections::BTreeMap;

use super::{Finding, Observation, codes, header::shown, layout::FormLayout};
use crate::{
    ingest::{RawReturn, RawValue, Withdrawal, Withdrawn},
    place::Place,
    template::Measure,
    text,
};

/// So many indicators are named; of more the number is said.
const MOST_LISTED: usize = 5;

/// Returns the findings about the withdrawn values of a return.
pub(super) fn findings(path: &str, raw: &RawReturn) -> Vec<Finding> {
    raw.withdrawn.iter().filter_map(|one| finding(path, raw, one)).collect()
}

/// Adds the observations of withdrawn figures, by position in the layout.
pub(super) fn add_unusable(
    found: &mut BTreeMap<usize, Observation>,
    layout: &FormLayout,
    raw: &RawReturn,
) {
    for value in raw.withdrawn.iter().flat_map(|one| lacking(raw, one)) {
        let Some((position, observation)) = layout.dropped(value) else { continue };
        let raw = Some(shown(&value.content).into());
        found.entry(position).or_insert(Observation { raw, ..observation });
    }
}

/// Returns the withdrawn values of indicators of which the return has no other.
fn lacking<'a>(raw: &'a RawReturn, one: &'a Withdrawn) -> impl Iterator<Item = &'a RawValue> {
    one.values.iter().filter(|value| {
        let same = |known: &RawValue| known.code == value.code && known.measure == Measure::Value;
        !raw.values.iter().any(same)
    })
}

fn finding(path: &str, raw: &RawReturn, one: &Withdrawn) -> Option<Finding> {
    let mut codes: Vec<String> = lacking(raw, one).map(|value| value.code.clone()).collect();
    let first = codes.first()?.clone();
    let sheet = raw.sheets.get(usize::from(one.sheet)).cloned();
    let words = text::squeeze(&one.words);
    let place = match one.cell {
        Some(cell) => format!("“{words}” (ô {cell})"),
        None => format!("“{words}”"),
    };
    let (says, hint) = said(one.why, &place);
    let more = codes.len().saturating_sub(MOST_LISTED);
    let all = text::format_count(codes.len());
    codes.truncate(MOST_LISTED);
    let mut listed = codes.join(", ");
    if more > 0 {
        listed = format!("{listed} và {} chỉ tiêu khác", text::format_count(more));
    }
    let message = format!("{says}; số của {all} chỉ tiêu không được tính: {listed}.");
    let mut finding = codes::OTHER_MEANING.finding(message).found(words).hint(hint).about(&first);
    finding.places.push(Place { file: path.to_owned(), sheet: sheet.clone(), cell: one.cell });
    finding.places.extend(lacking(raw, one).map(|value| Place {
        file: path.to_owned(),
        sheet: sheet.clone(),
        cell: Some(value.cell),
    }));
    Some(finding)
}

/// Returns what is said of the reason, and what to do.
fn said(why: Withdrawal, place: &str) -> (String, &'static str) {
    match why {
        Withdrawal::UnitOfCount => (
            format!("Đơn vị tính ghi {place}, khác đơn vị tính của biểu mẫu"),
            "Đề nghị ghi số theo đúng đơn vị tính của biểu mẫu, không ghi theo nghìn, theo tỷ lệ.",
        ),
        Withdrawal::Span => (
            format!("Biểu ghi {place}, không rõ có phải số của kỳ báo cáo"),
            "Đề nghị ghi số của kỳ báo cáo, hoặc sửa chữ đó cho đúng.",
        ),
        Withdrawal::Plan => (
            format!("Biểu ghi {place}, có thể là số kế hoạch, ước tính, không phải kết quả"),
            "Đề nghị ghi kết quả của kỳ báo cáo, hoặc sửa chữ đó cho đúng.",
        ),
        Withdrawal::Part => (
            format!(
                "Biểu ghi {place}, có thể là số của một thôn, một bộ phận hay một nhóm người, không phải của cả đơn vị"
            ),
            "Đề nghị gửi số tổng hợp của cả đơn vị.",
        ),
        Withdrawal::Increase => (
            format!("Cột {place} ghi số khác cột số của kỳ, không rõ cột nào là số lũy kế"),
            "Đề nghị ghi chỉ tiêu lũy kế ở bảng riêng như biểu mẫu, hoặc nêu rõ cột số lũy kế.",
        ),
        Withdrawal::UnderFlows => (
            format!(
                "Bảng có tiêu đề {place}, không rõ chỉ tiêu lũy kế ở đó ghi số lũy kế hay chỉ ghi số tăng thêm"
            ),
            "Đề nghị ghi chỉ tiêu lũy kế dưới tiêu đề số lũy kế như biểu mẫu.",
        ),
        Withdrawal::Moved => (
            format!(
                "Số {place} nằm ở dòng không phải của chỉ tiêu nào, gần đó có chỉ tiêu để trống: các số có \
                 thể đã ghi lệch một dòng"
            ),
            "Đề nghị đối chiếu từng số với dòng chỉ tiêu của nó rồi ghi lại cho đúng dòng.",
        ),
        Withdrawal::OtherName => (
            format!("Tên ghi cạnh mã là {place}, không phải nội dung của chỉ tiêu mang mã đó"),
            "Đề nghị ghi lại tên chỉ tiêu đúng như biểu mẫu và số của đúng chỉ tiêu đó.",
        ),
        Withdrawal::Corrected => (
            format!("Ghi chú, cột {place} nêu số khác với số ghi trong ô, không rõ số nào đúng"),
            "Đề nghị sửa số trong ô cho đúng rồi bỏ ghi chú, bỏ cột đó.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Batch, Intake, SideFiles,
        sample::{commune, history, templates},
        validate,
    };
    use crate::{
        ingest::{RawReturn, Withdrawal, Withdrawn},
        place::CellRef,
        template::Measure,
    };

    fn run(change: impl FnOnce(&mut RawReturn)) -> Batch {
        let files = [commune("tien-minh").head(change).file("2024-03/Tien Minh T3.xlsx")];
        let side_files = &SideFiles::default();
        let intake = Intake { files: &files, side_files };
        validate(templates(), "2024-03".parse().unwrap(), intake, &history("tien-minh"))
    }

    /// Withdraws the flows A01 to A03; keeps what was read of them or does not.
    fn withdraw(raw: &mut RawReturn, keeps: impl Fn(&str) -> bool) {
        let codes = ["A01", "A02", "A03"];
        let is_it = |code: &str| codes.contains(&code);
        let values =
            raw.values.iter().filter(|one| is_it(&one.code) && one.measure == Measure::Value);
        let values = values.cloned().collect();
        let cell = Some(CellRef { row: 14, column: 3 });
        let words = "nghìn  lượt".to_owned();
        let why = Withdrawal::UnitOfCount;
        raw.withdrawn.push(Withdrawn { why, words, sheet: 0, cell, values });
        raw.values.retain(|one| !is_it(&one.code) || keeps(&one.code));
    }

    #[test]
    fn withdrawn_figures_are_unusable_and_said_once() {
        let batch = run(|raw| withdraw(raw, |_| false));
        let own = batch.findings.iter().filter(|one| one.unit.as_deref() == Some("tien-minh"));
        let own: Vec<_> = own.collect();
        let [only] = own.as_slice() else { panic!("{own:#?}") };
        assert_eq!((only.code.as_str(), only.places.len()), ("DA06-T57", 4));
        let words = "Đơn vị tính ghi “nghìn lượt” (ô D15), khác đơn vị tính của biểu mẫu; số của 03 chỉ \
                     tiêu không được tính: A01, A02, A03.";
        assert_eq!(only.message, words);
        let lost = batch.returns[0].observations.iter();
        let lost = lost.filter(|one| one.state == super::super::State::Unusable).count();
        assert_eq!(lost, 3);
    }

    #[test]
    fn what_the_return_has_elsewhere_is_not_asked_about() {
        let batch = run(|raw| withdraw(raw, |_| true));
        assert!(batch.findings.iter().all(|one| one.unit.as_deref() != Some("tien-minh")));
        let batch = run(|raw| withdraw(raw, |code| code != "A02"));
        let said = batch.findings.iter().find(|one| one.code == "DA06-T57").unwrap();
        assert!(said.message.ends_with("số của 01 chỉ tiêu không được tính: A02."));
    }
}

//! The values of a return: every cell that the form asks of the unit becomes an observation, and
//! every cell that is no figure a finding. Compares nothing.

use super::{
    Finding, Observation, Reading, State, codes,
    codes::Code,
    header::shown,
    layout::{AskedCell, FormLayout},
    number::{Fault, NumberReader, NumberReading},
    pairs, repeated_rows, withdrawn,
};
use crate::{
    ingest::{CellContent, RawReturn, RawValue},
    place::{CellRef, Place},
    quantity::Quantity,
    template::{Indicator, IndicatorKind, Measure, Templates, Unit, Usage},
    text,
};

/// What is known of a return when its values are read.
pub(super) struct ReadingContext<'a> {
    /// The templates.
    pub(super) templates: &'a Templates,
    /// The words that stand for figures.
    pub(super) reader: &'a NumberReader,
    /// What the unit's form asks.
    pub(super) layout: &'a FormLayout,
    /// The unit.
    pub(super) unit: &'a Unit,
    /// Path of the file.
    pub(super) path: &'a str,
    /// The return.
    pub(super) raw: &'a RawReturn,
}

impl ReadingContext<'_> {
    /// Returns the place of a cell of a sheet, by its index in the return; none of a row that was not in the file.
    pub(super) fn place(&self, sheet: u16, cell: Option<CellRef>) -> Place {
        let sheet = self.raw.sheets.get(usize::from(sheet)).cloned();
        Place { file: self.path.to_owned(), sheet, cell }
    }
}

/// Returns the observations of a return in form order, with the findings of their cells.
pub(super) fn observe(context: &ReadingContext<'_>) -> (Vec<Observation>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut cells: Vec<Option<&RawValue>> = vec![None; context.layout.cells.len()];
    for value in &context.raw.values {
        match context.layout.position(&value.code, value.measure) {
            Some(position) => {
                if let Some(slot) = cells.get_mut(position) {
                    slot.get_or_insert(value);
                }
            }
            None => findings.extend(outside_form(context, value)),
        }
    }
    let mut contradicted = repeated_rows::contradicted(context.layout, context.raw);
    withdrawn::add_unusable(&mut contradicted, context.layout, context.raw);
    let mut observations = Vec::with_capacity(cells.len());
    let mut parts = Vec::with_capacity(cells.len());
    for (position, (asked, value)) in context.layout.cells.iter().zip(&cells).enumerate() {
        let indicator = context.templates.indicators.get(asked.indicator);
        if !indicator.applies_to(context.unit) {
            let filled = value.filter(|_| asked.measure == Measure::Value);
            findings
                .extend(filled.and_then(|value| outside_scope(context, indicator, asked, value)));
            continue;
        }
        parts.push(asked.part);
        if let Some(observation) = contradicted.remove(&position) {
            observations.push(observation);
            continue;
        }
        let mut reading = value.map(|value| context.reader.read_value(value, &asked.expected));
        if let (Some(value), Some(reading)) = (value, &reading) {
            findings.extend(cell_finding(context, indicator, (asked, value), reading));
        }
        keep_what_stood(context, *value, reading.as_mut());
        observations.push(observation(asked, *value, reading));
    }
    settle_ticks(context, &mut observations, &parts);
    (observations, findings)
}

fn observation(
    asked: &AskedCell,
    value: Option<&RawValue>,
    reading: Option<NumberReading>,
) -> Observation {
    let reading = reading.unwrap_or(NumberReading {
        state: State::Missing,
        reading: Reading::Literal,
        raw: None,
        fault: None,
    });
    Observation {
        indicator: asked.indicator,
        measure: asked.measure,
        state: reading.state,
        usage: if reading.fault.is_some() { Usage::Dropped } else { Usage::Used },
        sheet: value.map_or(0, |value| value.sheet),
        cell: value.map(|value| value.cell),
        raw: reading.raw,
        reading: reading.reading,
        source: None,
    }
}

/// Of a text that was decoded from an old encoding, the source is what stood in the cell.
fn keep_what_stood(
    context: &ReadingContext<'_>,
    value: Option<&RawValue>,
    reading: Option<&mut NumberReading>,
) {
    let stood = value.and_then(|value| context.raw.stood_in(value.sheet, value.cell));
    if let (Some(reading), Some(text)) = (reading, stood) {
        reading.raw = Some(text.raw.as_str().into());
    }
}

/// A column of ticks in which something is ticked says "no" where nothing stands; a column without
/// any tick says nothing at all.
fn settle_ticks(context: &ReadingContext<'_>, observations: &mut [Observation], parts: &[usize]) {
    let is_tick = |observation: &Observation| {
        context.templates.indicators.get(observation.indicator).kind == IndicatorKind::Tick
    };
    let ticked: Vec<usize> = observations
        .iter()
        .zip(parts)
        .filter(|(observation, _)| is_tick(observation))
        .filter(|(observation, _)| matches!(observation.state, State::Value(1..)))
        .map(|(_, part)| *part)
        .collect();
    for (observation, part) in observations.iter_mut().zip(parts) {
        let empty = observation.state == State::Missing && observation.cell.is_some();
        if empty && is_tick(observation) && ticked.contains(part) {
            observation.state = State::Value(0);
            observation.reading = Reading::TickSign;
        }
    }
}

fn place(context: &ReadingContext<'_>, value: &RawValue) -> Place {
    let sheet = context.raw.sheets.get(usize::from(value.sheet)).cloned().unwrap_or_default();
    Place::of_cell(context.path, sheet, value.cell)
}

/// A value whose code the unit's form does not ask for.
fn outside_form(context: &ReadingContext<'_>, value: &RawValue) -> Option<Finding> {
    let indicator = context.templates.indicators.find(&value.code);
    let indicator = indicator.map(|index| context.templates.indicators.get(index))?;
    (value.measure == Measure::Value && !is_blank(context.reader, &value.content))
        .then(|| scope_finding(context, indicator, value))
}

/// A value of an indicator that the unit does not count.
fn outside_scope(
    context: &ReadingContext<'_>,
    indicator: &Indicator,
    asked: &AskedCell,
    value: &RawValue,
) -> Option<Finding> {
    let reading = context.reader.read_value(value, &asked.expected);
    let says_something = matches!(reading.state, State::Value(1..) | State::Unusable);
    says_something.then(|| scope_finding(context, indicator, value))
}

fn scope_finding(context: &ReadingContext<'_>, indicator: &Indicator, value: &RawValue) -> Finding {
    let message = format!(
        "Chỉ tiêu {} ({}) không thuộc phạm vi báo cáo của {}; số ghi ở ô {} không được tính.",
        indicator.code, indicator.short_name, context.unit.short_name, value.cell
    );
    codes::OUTSIDE_SCOPE
        .finding(message)
        .at(place(context, value))
        .found(shown(&value.content))
        .expected("để trống")
        .hint("Nếu đơn vị có thực hiện chỉ tiêu này, đề nghị trao đổi với cơ quan tổng hợp.")
        .about(&indicator.code)
}

fn is_blank(reader: &NumberReader, content: &CellContent) -> bool {
    match content {
        CellContent::Empty => true,
        CellContent::Text(words) => {
            reader.is_nil(words) && !words.contains(|c: char| c.is_ascii_digit())
        }
        CellContent::Number(number) => *number == 0.0,
        _ => false,
    }
}

fn cell_finding(
    context: &ReadingContext<'_>,
    indicator: &Indicator,
    (asked, value): (&AskedCell, &RawValue),
    reading: &NumberReading,
) -> Option<Finding> {
    let found = match (&reading.raw, reading.fault) {
        // As a person writes a date.
        (Some(_), Some(Fault::DateInCount)) => shown(&value.content),
        (raw, _) => raw.clone().map(String::from).unwrap_or_default(),
    };
    let finding = match (reading.fault, reading.state) {
        (Some(_), _) if asked.measure != Measure::Value => {
            let message = format!(
                "Ô {} (số đối chiếu của {}) không đọc được là số; chương trình dùng số đã tổng hợp của các kỳ trước.",
                value.cell, indicator.short_name
            );
            let hint = "Không ảnh hưởng số liệu trong kỳ; từ kỳ sau đề nghị ghi bằng số.";
            codes::STATED_UNREADABLE.finding(message).expected("một số").hint(hint)
        }
        (Some(fault), _) => fault_finding(fault, indicator, value, &found),
        _ if asked.measure != Measure::Value => return None,
        (None, State::NotAvailable) if indicator.is_required_of(context.unit) => {
            let message = format!("{} ghi “{found}” (chưa có số liệu).", sentence_start(indicator));
            let hint = "Đề nghị bổ sung khi có số liệu; trong khi chờ, chỉ tiêu được coi là thiếu.";
            codes::NOT_AVAILABLE.finding(message).expected("một số").hint(hint)
        }
        (None, State::NotApplicable) => {
            let message = format!(
                "{} ghi “{found}” (không áp dụng), trong khi chỉ tiêu thuộc phạm vi báo cáo của {}.",
                sentence_start(indicator),
                context.unit.short_name
            );
            let hint = "Nếu trong kỳ không phát sinh, đề nghị ghi số 0.";
            codes::NOT_APPLICABLE.finding(message).expected("một số, kể cả số 0").hint(hint)
        }
        (None, State::Value(scaled)) => read_otherwise(indicator, scaled, reading, &found)?,
        _ => return None,
    };
    Some(finding.found(found).at(place(context, value)).about(&indicator.code))
}

/// Returns the printed name of an indicator with its code, to open a sentence.
fn sentence_start(indicator: &Indicator) -> String {
    format!("Chỉ tiêu {} ({})", indicator.code, indicator.short_name)
}

fn read_otherwise(
    indicator: &Indicator,
    scaled: i64,
    reading: &NumberReading,
    found: &str,
) -> Option<Finding> {
    let number = text::format_quantity(Quantity { scaled, decimals: indicator.decimals });
    let (code, hint): (&Code, &str) = match reading.reading {
        Reading::NumberAsText
        | Reading::ThousandsDot
        | Reading::ThousandsBlank
        | Reading::ThousandsCommas
        | Reading::DecimalComma
        | Reading::Percent
        | Reading::WithUnitOfCount => {
            (&codes::READ_AS_NUMBER, "Từ kỳ sau đề nghị ghi số, không kèm chữ hoặc dấu phân cách.")
        }
        Reading::PartOfPair => (
            &codes::PART_OF_PAIR,
            "Từ kỳ sau đề nghị mỗi ô chỉ ghi một số; số kia ghi vào dòng của chỉ tiêu tương ứng.",
        ),
        Reading::NothingOccurred => {
            (&codes::READ_AS_NOTHING, "Từ kỳ sau đề nghị ghi số 0 khi không phát sinh.")
        }
        Reading::Literal | Reading::TickSign | Reading::Correction | Reading::Assigned => {
            return None;
        }
    };
    let message = format!("{} ghi “{found}”, được đọc là {number}.", sentence_start(indicator));
    Some(code.finding(message).expected(number).hint(hint))
}

fn fault_finding(fault: Fault, indicator: &Indicator, value: &RawValue, found: &str) -> Finding {
    let start = format!("{}, ô {}:", sentence_start(indicator), value.cell);
    let count = "một số không âm, không có phần lẻ";
    let whole = |proposal| text::format_quantity(Quantity::whole(proposal));
    let (code, says, expected, hint): (&Code, String, String, &str) = match fault {
        Fault::Pair => (
            &codes::TWO_NUMBERS,
            two_numbers(found),
            "một số".to_owned(),
            "Đề nghị chỉ ghi một số vào ô, số kia ghi vào dòng của chỉ tiêu tương ứng.",
        ),
        Fault::LostThousands(proposal) => (
            &codes::LOST_THOUSANDS,
            format!("“{found}” nghi mất dấu chấm ngàn, có thể là {}.", whole(proposal)),
            whole(proposal),
            "Đề nghị đơn vị xác nhận và ghi lại số không có dấu phân cách.",
        ),
        Fault::PercentInCount => (
            &codes::PERCENT_IN_COUNT,
            percent_in_count(found, indicator),
            count.to_owned(),
            "Đề nghị ghi số lượng; tỷ lệ được chương trình tự tính.",
        ),
        Fault::ShownOtherwise => (
            &codes::SHOWN_OTHERWISE,
            format!("số được lưu khác với số nhìn thấy trong ô ({found})."),
            "một số, nhìn thấy đúng như được lưu".to_owned(),
            "Đề nghị đổi định dạng ô sang dạng Số (Number), chữ nhìn thấy được, kiểm tra rồi ghi lại số đúng.",
        ),
        plain => {
            let (code, says, hint) = plain_fault(plain, found);
            (code, says, count.to_owned(), hint)
        }
    };
    code.finding(format!("{start} {says}")).expected(expected).hint(hint)
}

/// Returns the code, the words and the hint of a cell that holds no count, whatever is counted; of any
/// other fault that it is no number.
fn plain_fault(fault: Fault, found: &str) -> (&'static Code, String, &'static str) {
    match fault {
        Fault::TooLarge => (
            &codes::NOT_A_NUMBER,
            format!("“{found}” quá lớn, không thể là số liệu."),
            "Đề nghị kiểm tra và ghi lại số đúng.",
        ),
        Fault::Fraction => (
            &codes::FRACTION,
            format!("“{found}” có phần lẻ, trong khi đây là số đếm."),
            "Đề nghị ghi lại số nguyên, không gõ dấu chấm, dấu phẩy giữa các hàng.",
        ),
        Fault::Negative => (
            &codes::NEGATIVE,
            format!("“{found}” là số âm."),
            "Đề nghị kiểm tra và ghi lại số đúng.",
        ),
        Fault::ErrorValue => (
            &codes::ERROR_VALUE,
            format!("ô báo lỗi {found}."),
            "Đề nghị sửa công thức hoặc ghi thẳng số vào ô.",
        ),
        Fault::NoCachedValue => (
            &codes::NO_CACHED_VALUE,
            "ô có công thức nhưng chưa có kết quả.".to_owned(),
            "Đề nghị mở tệp bằng phần mềm bảng tính, lưu lại hoặc ghi thẳng số vào ô.",
        ),
        Fault::DateInCount => (
            &codes::DATE_IN_COUNT,
            format!("“{found}” là ngày tháng, không phải số."),
            "Đề nghị đổi định dạng ô sang dạng Số (Number) rồi ghi lại số.",
        ),
        _ => (
            &codes::NOT_A_NUMBER,
            format!("“{found}” không phải là một con số."),
            "Đề nghị chỉ ghi một số vào ô; lời giải thích ghi vào cột Ghi chú.",
        ),
    }
}

fn two_numbers(found: &str) -> String {
    match pairs::readings(found) {
        both if both.is_empty() => {
            format!("“{found}” là một số, trong khi cột này ghi hai số; không rõ số nào.")
        }
        both => format!("“{found}” ghi hai số, không rõ số nào: {both}."),
    }
}

fn percent_in_count(found: &str, indicator: &Indicator) -> String {
    let unit = &indicator.unit_of_count;
    format!("“{found}” là tỷ lệ, trong khi ô này ghi số lượng ({unit}).")
}

/// Returns findings about figures with the cell of the figure as a further place.
pub(super) fn with_cells(
    context: &ReadingContext<'_>,
    observations: &[Observation],
    mut findings: Vec<Finding>,
) -> Vec<Finding> {
    for finding in &mut findings {
        let observation = observations.iter().find(|observation| {
            let indicator = context.templates.indicators.get(observation.indicator);
            observation.measure == Measure::Value
                && finding.indicator.as_ref() == Some(&indicator.code)
        });
        if let Some(cell) = observation.and_then(|observation| observation.cell) {
            let sheet = observation.map_or(0, |observation| observation.sheet);
            let sheet = context.raw.sheets.get(usize::from(sheet)).cloned();
            finding.places.push(Place { file: context.path.to_owned(), sheet, cell: Some(cell) });
        }
    }
    findings
}

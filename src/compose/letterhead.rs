//! What stands around the words: header block, title, addressees, signature, recipients, and the
//! line that ties an annex to its report. Number and day stay blank in a draft.

use chrono::{Datelike, Days, NaiveDate};

use crate::{
    compose::{
        ReportInput,
        document::{Block, ConstantKind, Content, Header, Run, Signature, Title},
        typography::{NO_BREAK, glue},
    },
    period::Period,
    template::Body,
    text::format_month,
};

/// Printed under the title when a return carries the mark of sample figures.
const SAMPLE_MARK: &str = "(SỐ LIỆU MẪU – không sử dụng)";

/// Blank of a number that văn thư fills in, as wide as four digits; a run of its own, of which the
/// PDF makes a field.
const BLANK_NUMBER: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// Blank of a day, likewise.
const BLANK_DAY: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// Returns ô 1 to 4.
pub(super) fn header(input: &ReportInput<'_>) -> Block {
    let body = &input.templates.body;
    let lookup = input.lookup();
    let mut place_and_date = lookup.declared(&format!("{}, ", body.place));
    place_and_date.extend(date_of_issue(input));
    let mut number = vec![Run::text(format!("Số:{NO_BREAK}"))];
    number.extend(number_and_sign(input));
    Block::Header(Header {
        superior: lookup.declared(&body.superior),
        issuer: glue(lookup.declared(&body.issuer)),
        nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
        motto: "Độc lập - Tự do - Hạnh phúc".to_owned(),
        number,
        place_and_date: glue(place_and_date),
    })
}

/// Returns ô 5a, with the mark of sample figures where a counted return carries it.
pub(super) fn title(input: &ReportInput<'_>) -> Block {
    let subject = subject(input).iter().map(|line| glue(input.lookup().declared(line))).collect();
    let sample = input.batch.returns.iter().any(|one| one.sample);
    let remarks = if sample { vec![vec![Run::text(SAMPLE_MARK)]] } else { Vec::new() };
    Block::Title(Title { kind: "BÁO CÁO".to_owned(), subject, remarks })
}

/// Returns what the report is about, one entry a printed line.
pub(super) fn subject(input: &ReportInput<'_>) -> Vec<String> {
    let month = format_month(input.period);
    input.templates.body.subject.iter().map(|line| line.replace("{ky}", &month)).collect()
}

/// Returns ô 9a, nothing when the report stays inside.
pub(super) fn addressees(input: &ReportInput<'_>) -> Option<Block> {
    let lookup = input.lookup();
    let addressees = input.templates.body.addressees.iter();
    let addressees: Vec<_> = addressees.map(|name| glue(lookup.declared(name))).collect();
    (!addressees.is_empty()).then_some(Block::Addressees(addressees))
}

/// Returns ô 7 and 9b.
pub(super) fn signature(input: &ReportInput<'_>) -> Block {
    let body = &input.templates.body;
    let lookup = input.lookup();
    let lines = |lines: &[String]| lines.iter().map(|line| glue(lookup.declared(line))).collect();
    Block::Signature(Signature {
        authority: lines(&body.signature.authority),
        office: lines(&body.signature.office),
        name: body.signature.name.clone(),
        recipients: lines(&body.recipients),
    })
}

/// Returns "(Kèm theo Báo cáo số …/BC-… ngày … tháng 3 năm 2024 của …)".
pub(super) fn attached_to(input: &ReportInput<'_>) -> Vec<Run> {
    let mut runs = vec![Run::text(format!("(Kèm theo Báo cáo số{NO_BREAK}"))];
    runs.extend(number_and_sign(input));
    runs.push(Run::text(" "));
    // A line ends before or after the date, not in it.
    runs.extend(date_of_issue(input).into_iter().map(unbroken));
    runs.push(Run::text(" của "));
    runs.extend(input.lookup().declared(&input.templates.body.name));
    runs.push(Run::text(")"));
    glue(runs)
}

/// Returns a run whose words stay on one line.
fn unbroken(mut run: Run) -> Run {
    let words = match &mut run.content {
        Content::Text(words) => words,
        Content::Constant(constant) => &mut constant.text,
        Content::Figure(figure) => &mut figure.shown,
    };
    *words = words.replace(' ', &NO_BREAK.to_string());
    run
}

/// Returns "15/BC-TCTĐA06", the number blank in a draft.
fn number_and_sign(input: &ReportInput<'_>) -> Vec<Run> {
    let sign = &input.templates.body.sign;
    let number = input.number.map(|number| match number.trim().parse::<u32>() {
        Ok(small @ 1..10) => format!("0{small}"),
        _ => number.trim().to_owned(),
    });
    match number {
        Some(number) => {
            vec![Run::constant(ConstantKind::DocumentNumber, format!("{number}/{sign}"))]
        }
        None => {
            vec![
                Run::text(BLANK_NUMBER),
                Run::constant(ConstantKind::DocumentNumber, format!("/{sign}")),
            ]
        }
    }
}

/// Returns "ngày 05 tháng 3 năm 2024", the day blank in a draft.
fn date_of_issue(input: &ReportInput<'_>) -> Vec<Run> {
    let month = |date: NaiveDate| {
        let period = Period::new(date.year(), date.month()).unwrap_or(input.period);
        Run::constant(ConstantKind::Date, format_month(period))
    };
    if let Some(date) = input.date {
        let day = Run::constant(ConstantKind::Date, format!("{:02}", date.day()));
        return vec![Run::text(format!("ngày{NO_BREAK}")), day, Run::text(" "), month(date)];
    }
    let expected = expected_date(&input.templates.body, input.period);
    vec![Run::text("ngày"), Run::text(BLANK_DAY), month(expected)]
}

/// Returns the day on which the body's report is due: so many working days after its units.
fn expected_date(body: &Body, period: Period) -> NaiveDate {
    let last = body.convention.dates(period).last;
    let (year, month) = (last.year(), last.month());
    let day = body.deadlines.unit_day;
    let of_units = NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date > last);
    let of_units = of_units.unwrap_or_else(|| {
        let next = Period::new(year, month).map(Period::next);
        next.and_then(|next| NaiveDate::from_ymd_opt(next.year(), next.month(), day))
            .unwrap_or(last + Days::new(1))
    });
    let rolled = if body.deadlines.roll { body.calendar.roll(of_units) } else { of_units };
    body.calendar.after(rolled, body.deadlines.body_working_days)
}

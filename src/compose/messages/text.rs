//! The words of a message. It stays within what one reads at a glance on a telephone: first the
//! longer words of each point, then the shorter ones, then fewer points.

use chrono::NaiveDateTime;

use super::{
    Asked, Case, Situation,
    items::{self, Detail, common_sheet, file_name, item},
};
use crate::{
    compose::{advice, findings::FindingsInput},
    template::MessageWords,
    text::{format_count, format_month, format_weekday},
    validate::{Finding, Standing},
};

/// Most characters of a message, where its points can be made fewer.
const MOST_CHARACTERS: usize = 600;

/// Most points that a message names.
const MOST_POINTS: usize = 5;

/// After so many days it no longer matters how many they are.
const COUNTED_DAYS: i64 = 31;

/// How much a message says.
#[derive(Clone, Copy)]
struct Shape {
    detail: Detail,
    /// How many points it names.
    points: usize,
    /// Whether it says which cell to look at first.
    proposes: bool,
}

/// Returns the lines of the message of a unit.
pub(super) fn lines(input: &FindingsInput<'_>, case: &Case<'_>, asked: Asked) -> Vec<String> {
    let words = &input.templates.body.messages;
    let writer = Writer { input, case, words };
    let mut best = Vec::new();
    for shape in shapes() {
        best = writer.lines(asked, shape);
        let length: usize = best.iter().map(|line| line.chars().count() + 1).sum();
        if length <= MOST_CHARACTERS + 1 {
            break;
        }
    }
    best
}

/// Returns how a message may be written, the best way first.
fn shapes() -> impl Iterator<Item = Shape> {
    let shape = |detail, points, proposes| Shape { detail, points, proposes };
    let long = [Detail::Advice, Detail::Sentence, Detail::Short];
    let long = long.into_iter().map(move |detail| shape(detail, MOST_POINTS, true));
    let fewer = (1..MOST_POINTS).rev();
    let shorter = fewer.clone().take(2).map(move |points| shape(Detail::Short, points, true));
    long.chain(shorter).chain(fewer.map(move |points| shape(Detail::Short, points, false)))
}

struct Writer<'a> {
    input: &'a FindingsInput<'a>,
    case: &'a Case<'a>,
    words: &'a MessageWords,
}

impl Writer<'_> {
    fn lines(&self, asked: Asked, shape: Shape) -> Vec<String> {
        let unit = self.input.templates.roster.get(self.case.unit);
        let mut lines = vec![self.words.greeting.replace("{don_vi}", &unit.name)];
        for situation in &self.case.situations {
            match situation {
                Situation::Refused => lines.extend(self.refused()),
                Situation::Overdue => lines.push(self.overdue(asked)),
                Situation::NotReturned => lines.push(self.not_returned()),
                Situation::DueSoon => lines.push(self.due_soon(asked)),
                Situation::ToCorrect => lines.extend(self.points(shape)),
                Situation::ToExplain if self.case.errors.is_empty() => {
                    lines.extend(self.points(shape));
                }
                // Said with what must be corrected.
                Situation::ToExplain => {}
                Situation::NoSignedPaper => lines.push(self.no_signed_paper(lines.len())),
                Situation::Late => lines.extend(self.late()),
                Situation::Complete => lines.push(self.complete()),
            }
        }
        lines.push(self.ending());
        lines
    }

    /// Returns `báo cáo Đề án 06 tháng 3 năm 2024`.
    fn report(&self) -> String {
        format!("{} {}", self.words.report, format_month(self.input.period))
    }

    /// Returns `16:00 thứ Hai, ngày 18/3/2024 (đã gia hạn)`.
    fn deadline(&self) -> String {
        let extended = if self.case.discipline.extended { " (đã gia hạn)" } else { "" };
        format!("{}{extended}", moment(self.case.discipline.deadline))
    }

    fn overdue(&self, asked: Asked) -> String {
        let day = asked.day.unwrap_or_default();
        let days = (day - self.case.discipline.deadline.date()).num_days();
        let over = match days {
            1..=COUNTED_DAYS => format!("đã quá hạn {} ngày", format_count(days)),
            _ => "đã quá hạn".to_owned(),
        };
        format!(
            "Đến nay chưa nhận được {} của đơn vị; hạn gửi là {}, {over}. Đề nghị đơn vị gửi ngay; nếu \
             có vướng mắc, đề nghị báo lại.",
            self.report(),
            self.deadline()
        )
    }

    fn not_returned(&self) -> String {
        format!(
            "Chưa nhận được {} của đơn vị. Hạn gửi: {}. Đề nghị đơn vị gửi sớm; nếu đã gửi hoặc có vướng \
             mắc, đề nghị báo lại.",
            self.report(),
            self.deadline()
        )
    }

    fn due_soon(&self, asked: Asked) -> String {
        let day = asked.day.unwrap_or_default();
        let when = match (self.case.discipline.deadline.date() - day).num_days() {
            0 => "hôm nay".to_owned(),
            days => format!("còn {} ngày", format_count(days)),
        };
        let ask = match self.case.discipline.standing {
            Standing::NotRequired => "đề nghị đơn vị phối hợp gửi",
            _ => "đề nghị đơn vị gửi đúng hạn",
        };
        let report = capitalised(&self.report());
        format!("{report} sắp đến hạn: {} ({when}); {ask}.", self.deadline())
    }

    fn refused(&self) -> Vec<String> {
        let case = self.case;
        let again = format!("Hạn gửi: {}.", self.deadline());
        if let Some(finding) = case.likely.first().filter(|_| case.errors.is_empty()) {
            let file = finding.places.first().map(|place| file_name(&place.file));
            let first = format!(
                "Đã nhận tệp “{}” (tên tệp cho thấy là {} của đơn vị) nhưng không dùng được: {} {}",
                file.unwrap_or_default(),
                self.report(),
                items::decapitalised(items::refusal(finding)),
                advice::for_the_unit(finding)
            );
            return vec![first, again];
        }
        let Some(finding) = case.errors.first() else { return vec![self.not_returned()] };
        let file = finding.places.first().map(|place| file_name(&place.file));
        let first = format!(
            "Đã nhận {} của đơn vị (tệp “{}”) nhưng chưa tính được: {}",
            self.report(),
            file.unwrap_or_default(),
            self.refusal_and_advice(finding)
        );
        vec![first, again]
    }

    /// Returns what is wrong with a refused return, and what the unit should do.
    fn refusal_and_advice(&self, finding: &Finding) -> String {
        if finding.code != "DA06-H09" {
            let advice = advice::for_the_unit(finding);
            return format!("{} {advice}", items::decapitalised(&finding.message));
        }
        // What the register is told is the office's affair.
        let cell = finding.places.first().and_then(|place| place.cell);
        let cell = cell.map_or_else(String::new, |cell| format!(" (ô {cell})"));
        format!(
            "đầu biểu{cell} ghi “{}”, không phải {}. Nếu là số liệu {}, đề nghị sửa kỳ ở đầu biểu rồi gửi \
             lại; nếu gửi nhầm tệp, đề nghị gửi đúng tệp.",
            finding.found,
            format_month(self.input.period),
            format_month(self.input.period)
        )
    }

    /// Returns what must be corrected and explained: at most so many points, then how many more.
    fn points(&self, shape: Shape) -> Vec<String> {
        let case = self.case;
        let (errors, warnings) = (case.errors.len(), case.warnings.len());
        let all: Vec<&Finding> = case.errors.iter().chain(&case.warnings).copied().collect();
        let shown = all.get(..shape.points.min(all.len())).unwrap_or_default();
        let common = common_sheet(shown);
        let place = match (case.counted, common) {
            (Some(counted), Some(sheet)) => {
                format!(" (tệp “{}”, trang “{sheet}”)", file_name(&counted.file))
            }
            (Some(counted), None) => format!(" (tệp “{}”)", file_name(&counted.file)),
            (None, _) => String::new(),
        };
        let what = match (errors, warnings) {
            (0, warnings) => format!("{} điểm cần xem lại, giải trình", format_count(warnings)),
            (errors, 0) => format!("{} điểm phải sửa", format_count(errors)),
            (errors, warnings) => {
                format!(
                    "{} điểm phải sửa, {} điểm cần xem lại",
                    format_count(errors),
                    format_count(warnings)
                )
            }
        };
        let mut lines =
            vec![format!("{} của đơn vị{place} còn {what}:", capitalised(&self.report()))];
        lines.extend(
            shown
                .iter()
                .map(|one| format!("- {}", capitalised(&item(case, one, common, shape.detail)))),
        );
        if all.len() > shown.len() {
            let more = format_count(all.len() - shown.len());
            lines.push(format!("và {more} điểm khác trong tệp phản hồi."));
        }
        let proposals = case.proposals.iter().filter(|_| shape.proposes);
        lines
            .extend(proposals.map(|one| format!("Gợi ý: {}", items::decapitalised(&one.advice()))));
        lines.push(self.ask());
        lines
    }

    /// Returns what the unit is asked to do with its points.
    fn ask(&self) -> String {
        let case = self.case;
        let send = format!("ghi lần gửi {} và gửi lại tệp; hạn: {}.", case.next, self.deadline());
        if !case.errors.is_empty() {
            return format!("Đề nghị sửa, {send}");
        }
        let is_question = |finding: &&Finding| items::which_file(finding).is_some();
        if case.warnings.iter().all(is_question) {
            return "Trong khi chờ trả lời, số liệu được tạm tính theo một tệp.".to_owned();
        }
        if case.warnings.iter().any(|finding| items::is_of_rules(finding)) {
            return format!(
                "Đề nghị kiểm tra: số đúng thì ghi lý do vào cột Ghi chú của dòng đó, số sai thì sửa; rồi \
                 {send}"
            );
        }
        format!("Đề nghị xem lại, {send}")
    }

    /// Returns what is said of the missing paper, alone or with what is to be sent again anyway.
    fn no_signed_paper(&self, lines_before: usize) -> String {
        if lines_before > 1 {
            return "Văn bản có chữ ký của báo cáo chưa nhận được, đề nghị gửi cùng.".to_owned();
        }
        format!(
            "Đã nhận tệp {} của đơn vị nhưng chưa nhận được văn bản có chữ ký. Đề nghị đơn vị gửi bản ký; \
             hạn gửi: {}.",
            self.report(),
            self.deadline()
        )
    }

    fn late(&self) -> Option<String> {
        let Standing::Late { days } = self.case.discipline.standing else { return None };
        let received = moment(self.case.discipline.received?);
        Some(format!(
            "{} của đơn vị nhận lúc {received}, sau hạn {} ngày. Từ kỳ sau đề nghị gửi đúng hạn; có vướng \
             mắc, đề nghị báo trước để được gia hạn.",
            capitalised(&self.report()),
            format_count(i64::from(days))
        ))
    }

    fn complete(&self) -> String {
        let file = self.case.counted.map(|counted| file_name(&counted.file)).unwrap_or_default();
        format!(
            "Đã nhận {} của đơn vị (tệp “{file}”); số liệu đủ và đúng, không phải sửa gì.",
            self.report()
        )
    }

    fn ending(&self) -> String {
        let MessageWords { closing, sender, phone, .. } = self.words;
        let phone = if phone.is_empty() { String::new() } else { format!(", ĐT {phone}") };
        [closing.as_str(), &format!("{sender}{phone}")].join(" ").trim().to_owned()
    }
}

/// Returns `16:00 thứ Hai, ngày 18/3/2024`.
fn moment(time: NaiveDateTime) -> String {
    format!("{} {}", time.format("%H:%M"), format_weekday(time.date()))
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

//! A return before it is written: what stands in each cell of the form. Defects change drafts.

use std::collections::BTreeMap;

use da06::{
    period::Period,
    template::{IndicatorKind, Measure, PeriodDates, Templates, Unit},
    text::{format_date, format_month},
};

use crate::{
    communes, offices,
    profile::{Profile, Values},
    random::Dice,
    villages::{self, Town},
};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// Nothing.
    Blank,
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
    /// A formula and its cached value; without one when it was never calculated.
    Formula(String, Option<String>),
}

impl Content {
    /// Returns words.
    pub(crate) fn text(words: &str) -> Self {
        Self::Text(words.to_owned())
    }

    /// Returns a count.
    pub(crate) fn count(number: i64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "figures stay far below 2^53")]
        let number = number as f64;
        Self::Number(number)
    }
}

/// A row of a detail table by key of the column.
pub(crate) type DetailRow = BTreeMap<&'static str, Content>;

/// Harmless differences between offices.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    /// Empty rows above the letterhead.
    pub(crate) rows_above: u32,
    /// Empty columns left of the table.
    pub(crate) columns_left: u16,
    /// Name of the main sheet.
    pub(crate) sheet: String,
    /// Whether table heads stand in two merged rows.
    pub(crate) tall_head: bool,
    /// Whether "Đơn vị báo cáo: …" stands in one cell.
    pub(crate) header_in_one_cell: bool,
    /// Whether the unit's code is stored as a number.
    pub(crate) code_as_number: bool,
    /// What the names of detail sheets end with.
    pub(crate) detail_suffix: &'static str,
}

/// A return as it will be written.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Key of the unit that sends it.
    pub(crate) unit: String,
    /// Its full name in the letterhead, whatever the head says.
    pub(crate) letterhead: String,
    /// Its short name when it is a commune, which dates its papers.
    pub(crate) commune: Option<String>,
    /// The period of the folder; the words of the head may say otherwise.
    pub(crate) period: Period,
    /// Code of the form.
    pub(crate) form: String,
    /// What stands at "Đơn vị báo cáo".
    pub(crate) unit_name: String,
    /// What stands at "Mã đơn vị".
    pub(crate) unit_code: String,
    /// What stands at "Kỳ báo cáo".
    pub(crate) period_words: String,
    /// Dates in the heads.
    pub(crate) dates: PeriodDates,
    /// Lần gửi.
    pub(crate) submission: u32,
    /// Values by code and measure.
    pub(crate) cells: BTreeMap<(String, Measure), Content>,
    /// Notes by code.
    pub(crate) notes: BTreeMap<String, String>,
    /// Boxes by key.
    pub(crate) boxes: BTreeMap<String, String>,
    /// Detail tables by key.
    pub(crate) details: BTreeMap<String, Vec<DetailRow>>,
    /// How the office writes its forms.
    pub(crate) look: Look,
    /// Last month's return, left in the workbook before this one.
    pub(crate) leftover: Option<Box<Self>>,
}

impl Draft {
    /// Replaces the value of an indicator.
    pub(crate) fn put(&mut self, code: &str, content: Content) {
        self.cells.insert((code.to_owned(), Measure::Value), content);
    }

    /// Replaces a cell of another column.
    pub(crate) fn put_measure(&mut self, code: &str, measure: Measure, content: Content) {
        self.cells.insert((code.to_owned(), measure), content);
    }

    /// Returns the values that are formulas without a cached result.
    pub(crate) fn never_calculated(&self) -> Vec<(String, Measure)> {
        let never = |content: &Content| matches!(content, Content::Formula(_, None));
        self.cells
            .iter()
            .filter(|(_, content)| never(content))
            .map(|(key, _)| key.clone())
            .collect()
    }

    /// Writes a note.
    pub(crate) fn note(&mut self, code: &str, words: &str) {
        self.notes.insert(code.to_owned(), words.to_owned());
    }
}

/// Returns the unit as the generator invents it.
pub(crate) fn profile(templates: &Templates, unit: &Unit, people: i64) -> Profile {
    let index = templates.roster.find(&unit.key);
    let target = templates
        .targets
        .iter()
        .find(|target| target.unit == index)
        .map_or(people * 3 / 5, |target| target.scaled);
    Profile { key: unit.key.clone(), people, target }
}

/// Returns how many months a period lies after December 2023.
pub(crate) fn month_number(period: Period) -> i64 {
    i64::from((period.year() - 2023) * 12) + i64::from(period.month()) - 12
}

/// Returns every figure that a unit would report in a period.
pub(crate) fn values(form: &str, profile: &Profile, month: i64, dates: PeriodDates) -> Values {
    match form {
        "01" => communes::values(profile, month),
        "02" => offices::department(profile, month),
        _ => {
            let items = offices::items(profile, month, dates.first);
            offices::culture_centre(profile, month, &items)
        }
    }
}

/// Returns a correct return of a unit.
pub(crate) fn clean(
    templates: &Templates,
    unit: &Unit,
    period: Period,
    profile: &Profile,
) -> Draft {
    let form = templates
        .body
        .groups
        .iter()
        .find(|group| group.key == unit.group)
        .map_or_else(String::new, |group| group.form.clone());
    let dates = templates.body.convention.dates(period);
    let mut draft = Draft {
        unit: unit.key.clone(),
        letterhead: unit.name.to_uppercase(),
        commune: (unit.group == "xa").then(|| unit.short_name.clone()),
        period,
        unit_name: unit.name.clone(),
        unit_code: unit.code.clone(),
        period_words: period_words(period, dates),
        dates,
        submission: 1,
        cells: BTreeMap::new(),
        notes: BTreeMap::new(),
        boxes: BTreeMap::new(),
        details: BTreeMap::new(),
        look: look(profile, &form),
        leftover: None,
        form,
    };
    fill(templates, unit, profile, &mut draft);
    details(profile, &mut draft, unit);
    boxes(profile, &mut draft);
    draft
}

/// Returns `Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)`.
pub(crate) fn period_words(period: Period, dates: PeriodDates) -> String {
    let month = format_month(period).replacen('t', "T", 1);
    let (first, last) = (format_date(dates.first), format_date(dates.last));
    format!("{month} (từ ngày {first} đến hết ngày {last})")
}

fn fill(templates: &Templates, unit: &Unit, profile: &Profile, draft: &mut Draft) {
    let month = month_number(draft.period);
    let of = |month| values(&draft.form, profile, month, draft.dates);
    let (now, before) = (of(month), of(month - 1));
    let january = month - i64::from(draft.period.month()) + 1;
    let year: Vec<Values> = (january..=month).map(of).collect();
    let mut cells = BTreeMap::new();
    for indicator in &templates.indicators.list {
        let code = &indicator.code;
        if !indicator.applies_to(unit) {
            continue;
        }
        let Some(&value) = now.get(code) else { continue };
        let mut put = |measure, content| cells.insert((code.clone(), measure), content);
        let previous = before.get(code).map_or(Content::Blank, |value| Content::count(*value));
        match indicator.kind {
            IndicatorKind::Tick => {
                let tick = if value == 1 { Content::text("x") } else { Content::Blank };
                put(Measure::Value, tick);
            }
            IndicatorKind::Flow => {
                put(Measure::Value, Content::count(value));
                let sum = year.iter().filter_map(|values| values.get(code)).sum();
                put(Measure::YearToDate, Content::count(sum));
                put(Measure::Previous, previous);
            }
            IndicatorKind::Stock => {
                put(Measure::Value, Content::count(value));
                put(Measure::Previous, previous);
            }
        }
    }
    draft.cells = cells;
}

fn details(profile: &Profile, draft: &mut Draft, unit: &Unit) {
    let month = month_number(draft.period);
    match draft.form.as_str() {
        "01" => {
            let values = values("01", profile, month, draft.dates);
            let town =
                if unit.short_name.starts_with("thị trấn") { Town::Yes } else { Town::No };
            let rows = villages::rows(profile, month, &values, town);
            let rows = rows.into_iter().map(village_row).collect();
            draft.details.insert("thon".to_owned(), rows);
        }
        "03" => {
            let items = offices::items(profile, month, draft.dates.first);
            let rows = items.iter().map(item_row).collect();
            draft.details.insert("tin_bai".to_owned(), rows);
        }
        _ => {}
    }
}

fn village_row(village: villages::Village) -> DetailRow {
    BTreeMap::from([
        ("ten", Content::Text(village.name)),
        ("so_to", Content::count(1)),
        ("thanh_vien", Content::count(village.members)),
        ("luot_ho", Content::count(village.visited)),
        ("luot_nguoi", Content::count(village.guided)),
        ("kich_hoat", Content::count(village.activated)),
    ])
}

fn item_row(item: &offices::Item) -> DetailRow {
    let spoken = |number: i64| if number == 0 { Content::Blank } else { Content::count(number) };
    BTreeMap::from([
        ("ngay", Content::Text(format_date(item.date))),
        ("ten", Content::text(item.title)),
        ("the_loai", Content::text(item.form)),
        ("kenh", Content::text(item.channel.name())),
        ("luot_phat", spoken(item.times)),
        ("thoi_luong", spoken(item.minutes)),
        ("tong_phut", spoken(item.times * item.minutes)),
        ("luot_xem", spoken(item.views)),
    ])
}

const DIFFICULTIES: [&str; 5] = [
    "Một số người cao tuổi không sử dụng điện thoại thông minh nên khó cài đặt, kích hoạt tài khoản.",
    "Nhiều công dân đi làm ăn xa, Tổ công tác chưa tiếp cận được để hướng dẫn trực tiếp.",
    "Thuê bao di động của một số công dân chưa chính chủ nên không nhận được mã xác thực.",
    "Đường truyền tại bộ phận một cửa có thời điểm không ổn định.",
    "",
];

const PROPOSALS: [&str; 4] = [
    "Đề nghị cấp bổ sung tờ gấp hướng dẫn sử dụng VNeID cho các thôn, tổ dân phố.",
    "Đề nghị Công an huyện bố trí thêm buổi hướng dẫn lưu động trong tháng tới.",
    "Không",
    "",
];

fn boxes(profile: &Profile, draft: &mut Draft) {
    let mut dice = profile.dice(&["boxes", &draft.period.to_string()]);
    let mut set = |key: &str, words: &str| draft.boxes.insert(key.to_owned(), words.to_owned());
    set("kho_khan", dice.pick(&DIFFICULTIES));
    set("kien_nghi", dice.pick(&PROPOSALS));
    if draft.form == "03" {
        set("ke_hoach_so", "02/KH-TTVHTT");
        set("ke_hoach_ngay", "10/01/2024");
    }
}

fn look(profile: &Profile, form: &str) -> Look {
    let mut dice = Dice::of(&["look", &profile.key]);
    let sheets = match form {
        "01" => ["Biểu 01", "Biểu 01 ", "Bieu 01", "BIEU 01", "Biểu 01"],
        "02" => ["Biểu 02", "Biểu 02", "Bieu 02 ", "BIỂU 02", "Sheet1"],
        _ => ["Biểu 03"; 5],
    };
    Look {
        rows_above: u32::try_from(dice.between(0, 5) / 2 % 3).unwrap_or(0),
        columns_left: u16::from(dice.chance(15)),
        sheet: dice.pick(&sheets).to_owned(),
        tall_head: dice.chance(20),
        header_in_one_cell: dice.chance(18),
        code_as_number: form == "01" && dice.chance(12),
        detail_suffix: "",
    }
}

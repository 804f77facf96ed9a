//! A workspace of any size up to the whole nation: copied templates with an invented roster, and a
//! return of Biểu 01 for every commune, spread over several folders.

use std::{fmt::Write as _, sync::Mutex, thread};

use da06::{
    period::Period,
    template::{self, Templates, Unit},
};

use crate::{
    arguments::Scale,
    draft,
    profile::Profile,
    random::Dice,
    truth::Total,
    workspace::{self, GenerateError},
    writer,
};

/// Syllables whose forms without marks differ, so that three of them make a name of one commune.
const SYLLABLES: [&str; 23] = [
    "An", "Bình", "Châu", "Dương", "Giang", "Hải", "Khánh", "Lâm", "Minh", "Nghĩa", "Phong",
    "Quang", "Sơn", "Tân", "Uyên", "Vĩnh", "Xuân", "Yên", "Đại", "Thành", "Trung", "Long", "Hòa",
];

/// How many communes share a province.
const DISTRICTS_OF_A_PROVINCE: usize = 11;

/// Writes the workspace and returns a summary.
pub(crate) fn write(wanted: &Scale) -> Result<String, GenerateError> {
    let mut files = workspace::template_files(&wanted.workspace)?;
    let old_roster = files.get("don-vi.csv").cloned().unwrap_or_default();
    files.insert("don-vi.csv".to_owned(), roster(&old_roster, wanted).into_bytes());
    files.insert("chi-tieu-giao.csv".to_owned(), targets(wanted).into_bytes());
    files.insert("bien-dong.csv".to_owned(), b"tu,den,ngay,loai\n".to_vec());
    for (name, bytes) in &files {
        workspace::put(&wanted.out.join("templates").join(name), bytes)?;
    }
    let templates = template::load(&files)?;
    let mut period = wanted.period;
    let mut written = 0;
    for _ in 0..wanted.months {
        written += month(&templates, wanted, period)?;
        period = period.previous();
    }
    Ok(format!("{written} returns below {}", wanted.out.display()))
}

/// Writes the returns of a period on all cores, and their totals.
fn month(templates: &Templates, wanted: &Scale, period: Period) -> Result<usize, GenerateError> {
    let communes: Vec<&Unit> =
        templates.roster.units.iter().filter(|unit| unit.key.starts_with("xa-")).collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let totals = Mutex::new(std::collections::BTreeMap::<String, Total>::new());
    let outcome: Result<Vec<()>, GenerateError> = thread::scope(|scope| {
        let shares: Vec<_> = communes
            .chunks(communes.len().div_ceil(workers).max(1))
            .map(|share| {
                let totals = &totals;
                scope.spawn(move || share_of(templates, wanted, (period, share), totals))
            })
            .collect();
        shares.into_iter().map(|share| share.join().expect("workers do not panic")).collect()
    });
    outcome?;
    let totals = totals.into_inner().expect("workers do not panic");
    let json = serde_json::to_string_pretty(&totals)?;
    workspace::put(&wanted.out.join(format!("truth/{period}.json")), json.as_bytes())?;
    Ok(communes.len())
}

fn share_of(
    templates: &Templates,
    wanted: &Scale,
    (period, share): (Period, &[&Unit]),
    totals: &Mutex<std::collections::BTreeMap<String, Total>>,
) -> Result<(), GenerateError> {
    for unit in share {
        let people = people(&unit.key);
        let profile = Profile { key: unit.key.clone(), people, target: target(people) };
        let draft = draft::clean(templates, unit, period, &profile);
        let written = writer::write(templates, &draft)?;
        let district = unit.parent.as_deref().unwrap_or("khac");
        let path = format!("input/{period}/{district}/{} T{}.xlsx", unit.code, period.month());
        workspace::put(&wanted.out.join(path), &written.bytes)?;
        let month = draft::month_number(period);
        let mut totals = totals.lock().expect("workers do not panic");
        for (code, value) in draft::values("01", &profile, month, draft.dates) {
            let total = totals.entry(code).or_default();
            total.sum += value;
            total.units += 1;
        }
    }
    Ok(())
}

/// Returns the residents of an invented commune.
fn people(key: &str) -> i64 {
    Dice::of(&["people", key]).between(4000, 13_000)
}

/// Returns the accounts that a commune has to activate.
fn target(people: i64) -> i64 {
    people * 3 / 5
}

/// Returns `don-vi.csv`: provinces, districts, communes, and the old departments, which only
/// cooperate, because rules and indicators name them.
fn roster(old: &[u8], wanted: &Scale) -> String {
    let old = String::from_utf8_lossy(old).into_owned();
    let mut lines = old.lines();
    let mut roster = format!("{}\n", lines.next().unwrap_or_default());
    let provinces = wanted.parents.div_ceil(DISTRICTS_OF_A_PROVINCE);
    for province in 1..=provinces {
        let row = format!("tinh-{province},{province:02},Tỉnh Mẫu {province},tỉnh Mẫu {province}");
        let _ = writeln!(roster, "{row},,,,{province},,khong,,,");
    }
    for district in 1..=wanted.parents {
        let province = district.div_ceil(DISTRICTS_OF_A_PROVINCE);
        let row =
            format!("huyen-{district},{district:03},Huyện Mẫu {district},huyện Mẫu {district}");
        let _ = writeln!(roster, "{row},,,tinh-{province},{district},,khong,,,");
    }
    for commune in 0..wanted.communes {
        let district = commune * wanted.parents / wanted.communes + 1;
        let (code, name, order) = (commune + 1, name(commune), commune + 1);
        let row = format!("xa-{code},{code:05},UBND xã {name},xã {name}");
        let _ = writeln!(roster, "{row},xa,,huyen-{district},{order},,bat_buoc,,,");
    }
    for line in lines.filter(|line| !line.contains(",xa,")) {
        let _ = writeln!(roster, "{}", line.replace(",bat_buoc,", ",phoi_hop,"));
    }
    roster
}

/// Returns a name of three syllables that no other number has.
fn name(number: usize) -> String {
    let count = SYLLABLES.len();
    // A prime factor scatters neighbours; no two numbers below count³ meet.
    let number = number * 4099 % count.pow(3);
    let syllable =
        |place: usize| SYLLABLES[number / count.pow(2 - u32::try_from(place).unwrap_or(0)) % count];
    format!("{} {} {}", syllable(0), syllable(1), syllable(2))
}

fn targets(wanted: &Scale) -> String {
    let mut table =
        "don_vi,chi_tieu,gia_tri,quyet_dinh,ngay,hieu_luc_tu,hieu_luc_den,cap_giao\n".to_owned();
    for commune in 1..=wanted.communes {
        let key = format!("xa-{commune}");
        let target = target(people(&key));
        let year = wanted.period.year();
        let decision = format!("Quyết định số 01/QĐ-UBND,{year}-01-22");
        let _ = writeln!(
            table,
            "{key},B11,{target},{decision},{}-12-15,{year}-12-14,co_quan",
            year - 1
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use da06::text::strip_marks;

    use super::*;

    #[test]
    fn ten_thousand_names_differ_even_without_marks() {
        let names: BTreeSet<String> =
            (0..10_597).map(|number| strip_marks(&name(number))).collect();
        assert_eq!(names.len(), 10_597);
    }

    #[test]
    fn the_roster_of_any_size_can_be_loaded() {
        let workspace = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let mut files = workspace::template_files(&workspace).unwrap();
        let wanted = Scale {
            communes: 60,
            parents: 13,
            period: "2024-03".parse().unwrap(),
            months: 1,
            out: std::path::PathBuf::new(),
            workspace,
        };
        let old = files["don-vi.csv"].clone();
        files.insert("don-vi.csv".to_owned(), roster(&old, &wanted).into_bytes());
        files.insert("chi-tieu-giao.csv".to_owned(), targets(&wanted).into_bytes());
        files.insert("bien-dong.csv".to_owned(), b"tu,den,ngay,loai\n".to_vec());
        let templates = template::load(&files).unwrap();
        let units = &templates.roster.units;
        let below = |parent: &str| {
            units.iter().filter(|unit| unit.parent.as_deref() == Some(parent)).count()
        };
        assert_eq!(units.iter().filter(|unit| unit.key.starts_with("xa-")).count(), 60);
        assert_eq!((1..=13).map(|district| below(&format!("huyen-{district}"))).sum::<usize>(), 60);
        assert_eq!(below("tinh-1") + below("tinh-2"), 13);
    }
}

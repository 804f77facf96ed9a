//! Interim reading of templates until `template::load` stands. Removed afterwards.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, clippy::too_many_lines, reason = "interim")]
use da06::template::*;
use std::collections::BTreeMap;
pub(crate) fn load(dir: &std::path::Path) -> Templates {
    let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap();
    let toml = |name: &str| read(name).parse::<toml::Table>().unwrap();
    let s = |v: &toml::Value| v.as_str().unwrap().to_owned();
    let list = |v: Option<&toml::Value>| -> Vec<String> { v.and_then(|v| v.as_array()).map(|a| a.iter().map(|x| x.as_str().unwrap().to_owned()).collect()).unwrap_or_default() };
    let body = toml("co-quan.toml");
    let groups = body["nhom"].as_array().unwrap().iter().map(|g| Group { key: s(&g["khoa"]), name: s(&g["ten"]), noun: s(&g["danh_tu"]), form: s(&g["bieu"]) }).collect();
    let mut units = Vec::new();
    for row in csv::Reader::from_reader(read("don-vi.csv").as_bytes()).records() {
        let r = row.unwrap();
        let d = |i: usize| r[i].parse().ok();
        units.push(Unit { key: r[0].into(), code: r[1].into(), name: r[2].into(), short_name: r[3].into(), group: r[4].into(), block: Some(r[5].into()), parent: None, order: r[7].parse().unwrap(), aliases: vec![], duty: match &r[9] { "bat_buoc" => Duty::Required, "phoi_hop" => Duty::Cooperating, _ => Duty::Structural }, valid_from: d(10), valid_to: d(11), contact: String::new() });
    }
    let roster = Roster { units, lineage: vec![] };
    let mut list_of = Vec::new();
    for i in toml("chi-tieu.toml")["chi_tieu"].as_array().unwrap() {
        list_of.push(Indicator { code: s(&i["ma"]), section: s(&i["ma"]).chars().take(1).collect(), names: vec![(None, s(&i["ten"]))], short_name: String::new(), unit_of_count: s(&i["dvt"]), kind: match i["loai"].as_str().unwrap() { "phat_sinh" => IndicatorKind::Flow, "luy_ke" => IndicatorKind::Stock, _ => IndicatorKind::Tick }, decimals: 0, groups: list(i.get("nhom")), not_for: list(i.get("tru")), target_of: i.get("chi_tieu_giao_cua").map(s), required: true });
    }
    let indicators = Indicators { list: list_of, ratios: vec![], derived: vec![] };
    let mut targets = Targets::default();
    for row in csv::Reader::from_reader(read("chi-tieu-giao.csv").as_bytes()).records() {
        let r = row.unwrap();
        let d = |i: usize| r[i].parse().unwrap();
        targets.list.push(Target { unit: roster.find(&r[0]), indicator: indicators.find(&r[1]).unwrap(), scaled: r[2].parse().unwrap(), decision: r[3].into(), date: d(4), valid_from: d(5), valid_to: d(6), assigned_by: AssignedBy::Body });
    }
    let empty = vec![];
    let mut forms = Vec::new();
    for f in toml("bieu-mau.toml")["bieu"].as_array().unwrap() {
        let arr = |v: &toml::Value, k: &str| v.get(k).and_then(|v| v.as_array()).unwrap_or(&empty).clone();
        forms.push(Form { code: s(&f["ma"]), name: s(&f["ten"]), title: s(&f["tieu_de"]),
            parts: arr(f, "phan").iter().map(|p| Part { key: s(&p["khoa"]), title: s(&p["tieu_de"]), kind: match p["loai"].as_str().unwrap() { "phat_sinh" => IndicatorKind::Flow, "luy_ke" => IndicatorKind::Stock, _ => IndicatorKind::Tick }, indicators: list(p.get("chi_tieu")).iter().map(|c| indicators.find(c).unwrap()).collect(), columns: arr(p, "cot").iter().map(|c| FormColumn { measure: match c["loai"].as_str().unwrap() { "ky_truoc" => Measure::Previous, "trong_ky" => Measure::Value, "luy_ke_nam" => Measure::YearToDate, _ => Measure::Change }, titles: list(c.get("ten")), suffix: c.get("hau_to").map(s) }).collect() }).collect(),
            details: arr(f, "chi_tiet").iter().map(|t| DetailTable { key: s(&t["khoa"]), titles: list(t.get("ten")), sheet: s(&t["trang_tinh"]), columns: arr(t, "cot").iter().map(|c| DetailColumn { key: s(&c["khoa"]), titles: list(c.get("ten")), kind: match c["loai"].as_str().unwrap() { "chu" => DetailKind::Text, "so" => DetailKind::Number, _ => DetailKind::Date }, sums_to: None }).collect() }).collect(),
            boxes: arr(f, "o_chu").iter().map(|b| BoxField { key: s(&b["khoa"]), labels: list(b.get("nhan")) }).collect() });
    }
    Templates { body: Body { name: s(&body["ten"]), superior: s(&body["cap_tren"]), issuer: s(&body["co_quan"]), area: s(&body["dia_ban"]), whole: String::new(), place: s(&body["dia_danh"]), sign: String::new(), subject: vec![], addressees: vec![], opening: String::new(), signature: SignatureBlock { authority: vec![], office: vec![], name: String::new() }, recipients: vec![], legal_bases: vec![], national_figures: vec![], convention: PeriodConvention { first_day: 15 }, deadlines: Deadlines { unit_day: 16, unit_time: "16:00:00".parse().unwrap(), roll: true, body_working_days: 2 }, calendar: Calendar::default(), groups, blocks: vec![], names_with_digits: vec![], missing_stock: MissingStock::Excluded, drafting_unit: None, rank_by: None, name_low_units: false, compare_national: false, names_in_sentence: 3, small_base: 30 }, roster, indicators, targets, forms: Forms { list: forms, labels: HeaderLabels::default() }, rules: Rules::default(), annexes: vec![], report: String::new(), hashes: BTreeMap::new() }
}

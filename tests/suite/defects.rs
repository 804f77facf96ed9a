//! Every planted defect of the sample returns has the finding that the generator expects, and
//! nothing else of weight is found: the rules do not cry wolf.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::support::{MARCH, Sandbox, repository};

#[derive(Deserialize)]
struct Truth {
    defects: Vec<Defect>,
}

/// A planted defect; an empty code means that nothing may be found.
#[derive(Debug, Deserialize)]
struct Defect {
    #[expect(dead_code, reason = "shown when a defect is not found")]
    id: String,
    unit: String,
    file: String,
    cell: String,
    expected_code: String,
    expected_severity: String,
    expected_use: String,
}

#[derive(Debug, Deserialize)]
struct Finding {
    code: String,
    severity: String,
    #[serde(rename = "use")]
    usage: String,
    unit: Option<String>,
    file: Option<String>,
    cell: Option<String>,
    message: String,
    hint: String,
    cause: Option<String>,
    explanation: Option<String>,
}

fn defects() -> Vec<Defect> {
    let text = std::fs::read(repository().join("tests/truth/2024-03.json")).unwrap();
    serde_json::from_slice::<Truth>(&text).unwrap().defects
}

fn findings(sandbox: &Sandbox, period: &str) -> Vec<Finding> {
    let check = sandbox.da06(&["check", "--period", period, "--json"]);
    serde_json::from_str(&check.stdout).unwrap_or_else(|_| panic!("{}", check.stderr))
}

impl Defect {
    /// Extensions and corrections are findings about a row of the secretary's own files.
    fn stands_in_a_side_file(&self) -> bool {
        ["DA06-N03", "DA06-K05"].contains(&self.expected_code.as_str())
    }

    /// Of two files that contradict each other the finding may stand at the other one.
    fn is(&self, finding: &Finding) -> bool {
        let optional = |expected: &str, found: &Option<String>| {
            expected.is_empty() || found.as_deref() == Some(expected)
        };
        // A warning that the unit explains is kept for the record only.
        let severity =
            if finding.explanation.is_some() { "thông tin" } else { &self.expected_severity };
        finding.code == self.expected_code
            && finding.severity == severity
            && finding.usage == self.expected_use
            && optional(&self.unit, &finding.unit)
            && (self.stands_in_a_side_file()
                || (optional(&self.cell, &finding.cell)
                    && (optional(&self.file, &finding.file)
                        || finding.message.contains(&self.file))))
    }
}

#[test]
fn every_planted_defect_has_its_finding() {
    let findings = findings(&Sandbox::tien_lang(), MARCH);
    let mut missing = Vec::new();
    for defect in defects().iter().filter(|defect| !defect.expected_code.is_empty()) {
        if !findings.iter().any(|finding| defect.is(finding)) {
            let of_unit = findings
                .iter()
                .filter(|finding| finding.unit.as_deref().unwrap_or_default() == defect.unit);
            missing.push(format!("{defect:?}\n  found: {:#?}", of_unit.collect::<Vec<_>>()));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn nothing_else_of_weight_is_found() {
    let planted: BTreeSet<(String, String)> =
        defects().into_iter().map(|defect| (defect.unit, defect.expected_code)).collect();
    let sandbox = Sandbox::tien_lang();
    let unexpected: Vec<String> = findings(&sandbox, MARCH)
        .into_iter()
        .filter(|finding| finding.severity != "thông tin" && finding.cause.is_none())
        .filter(|finding| {
            let unit = finding.unit.clone().unwrap_or_default();
            // Two planted files leave traces of their own: the empty second submission, and the
            // unit whose only file is cut off.
            let traces = [("bach-dang", "DA06-H13"), ("y-te", "DA06-N01")];
            !planted.contains(&(unit.clone(), finding.code.clone()))
                && !traces.contains(&(unit.as_str(), finding.code.as_str()))
        })
        .map(|finding| format!("{finding:?}"))
        .collect();
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n"));
    for month in ["2024-01", "2024-02"] {
        let wrong: Vec<Finding> = findings(&sandbox, month)
            .into_iter()
            .filter(|finding| finding.severity != "thông tin")
            .collect();
        assert!(wrong.is_empty(), "{month}: {wrong:#?}");
    }
}

#[test]
fn every_message_is_a_sentence_with_something_to_do() {
    for finding in findings(&Sandbox::tien_lang(), MARCH) {
        let Finding { code, message, hint, .. } = finding;
        let ends = |text: &str| text.ends_with(['.', ')']);
        assert!(ends(&message) && ends(&hint), "{code}: {message} | {hint}");
        assert!(
            message.chars().next().unwrap().is_uppercase() || message.starts_with('“'),
            "{message}"
        );
        for word in ["tệ nhất", "yếu kém", "vi phạm", "phê bình", "error", "null", "None"]
        {
            assert!(!message.contains(word) && !hint.contains(word), "{code}: {message}");
        }
    }
}

#[test]
fn a_file_of_another_period_changes_neither_month_until_the_register_decides() {
    let sandbox = Sandbox::tien_lang();
    let figures = |sandbox: &Sandbox, period: &str| {
        let _ended = sandbox.da06(&["run", "--period", period]);
        sandbox.text(&format!("output/{period}/so-lieu-{period}.csv"))
    };
    let february = figures(&sandbox, "2024-02");
    let march = figures(&sandbox, MARCH);
    assert!(march.contains("B08.unit.tien-thang.value,"));
    assert!(value(&march, "B08.unit.tien-thang.value").is_empty(), "held, so missing");

    let file = "input/2024-03/BC T3 xa Tien Thang.xlsx";
    let held = sandbox.read(file);
    std::fs::remove_file(sandbox.path(file)).unwrap();
    assert!(figures(&sandbox, "2024-02") == february, "February must not change");

    sandbox.write(file, held);
    let register = sandbox.text("input/so-den.csv");
    let lines: Vec<String> =
        register.lines().map(|line| decided(line, "BC T3 xa Tien Thang.xlsx", MARCH)).collect();
    sandbox.write("input/so-den.csv", lines.join("\n"));
    let decided = figures(&sandbox, MARCH);
    assert!(!value(&decided, "B08.unit.tien-thang.value").is_empty(), "the register has decided");
    assert!(figures(&sandbox, "2024-02") == february);
}

/// Returns a line of the register with the period in its column `ky`, if it is about the file.
fn decided(line: &str, file: &str, period: &str) -> String {
    if !line.contains(file) {
        return line.to_owned();
    }
    let mut fields: Vec<&str> = line.split(';').collect();
    fields[6] = period;
    fields.join(";")
}

/// Returns the value of a figure in the table.
fn value(csv: &str, id: &str) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let record = reader.records().map(Result::unwrap).find(|record| &record[0] == id);
    record.unwrap_or_else(|| panic!("no {id}"))[10].to_owned()
}

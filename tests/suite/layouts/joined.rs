//! A return that a unit sent as several files: joined when they share no figure, else asked about.

use super::{
    facts::{communes, indicators},
    paper::workbook,
    style::Style,
    taken,
    unseen::{findings, message},
};
use crate::support::{MARCH, Sandbox, copy, repository};

#[test]
fn files_that_share_no_figure_are_one_return() {
    let (units, indicators) = (communes(), indicators());
    let unit = &units[0];
    let part = |stock: bool| {
        let rows: Vec<_> = indicators.iter().filter(|one| one.stock == stock).cloned().collect();
        workbook(&Style::default().papers(unit, &rows))
    };
    let sandbox = Sandbox::empty();
    copy(&repository().join("templates"), &sandbox.path("templates"));
    sandbox.write(&format!("input/{MARCH}/phan 1.xlsx"), part(false));
    sandbox.write(&format!("input/{MARCH}/phan 2.xlsx"), part(true));
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    let all = &taken(&sandbox)[&unit.key];
    for code in ["A02", "B06", "D01"] {
        assert_eq!(all.get(code).copied(), unit.figures[code], "{code}");
    }
    let found = findings(&sandbox);
    let joined = message(&found, "DA06-T63").expect("the secretary is told");
    assert!(joined.contains("phan 1.xlsx") && joined.contains("phan 2.xlsx"), "{joined}");
    assert_eq!(message(&found, "DA06-N06"), None, "no conflict");
    let missing = message(&found, "DA06-S09").unwrap_or_default();
    assert!(!missing.contains("B06"), "{missing}");
    let sources = String::from_utf8(sandbox.read(&format!("output/{MARCH}/nguon-{MARCH}.csv")));
    let sources = sources.unwrap();
    let file_of = |code: &str| {
        let mut lines = sources.lines();
        let line = lines.find(|line| line.contains(&format!(",{code},value,value,"))).unwrap();
        if line.contains("phan 1.xlsx") { 1 } else { 2 }
    };
    assert_eq!((file_of("A02"), file_of("B06")), (1, 2), "each figure has its own file");
}

#[test]
fn files_that_share_a_figure_with_other_values_are_a_conflict() {
    let (units, indicators) = (communes(), indicators());
    let mut other = units[0].clone();
    other.figures.insert("A02".to_owned(), Some(777));
    let sandbox = Sandbox::empty();
    copy(&repository().join("templates"), &sandbox.path("templates"));
    for (name, unit) in [("a", &units[0]), ("b", &other)] {
        let bytes = workbook(&Style::default().papers(unit, &indicators));
        sandbox.write(&format!("input/{MARCH}/{name}.xlsx"), bytes);
    }
    let found = findings(&sandbox);
    assert!(message(&found, "DA06-N06").is_some());
    assert_eq!(message(&found, "DA06-T63"), None);
}

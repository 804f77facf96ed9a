//! What programs make of a correct document, each in its own way, is no fault; and files that they
//! wrote (`programs/`, without font programs): `NAME.pdf` is right, `NAME--CHECK.pdf` fails that check
//! alone.

use std::fs;
use std::path::Path;

use super::failed;
use super::paper::{BOLD, Widths};
use super::plan::{Place, Plan};

#[test]
fn files_of_other_programs_fail_where_they_are_wrong_and_only_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/measured/programs");
    let (mut count, mut misses) = (0, Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let expected: Vec<&str> = name.split_once("--").into_iter().map(|(_, id)| id).collect();
        let found = failed(&fs::read(&path).unwrap());
        if found != expected {
            misses.push(format!("{name}: {found:?} found"));
        }
        count += 1;
    }
    assert!(count >= 20, "{count}");
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

/// Returns the checks that fail in the correct document after a change.
fn failed_with(change: fn(&mut Plan)) -> Vec<&'static str> {
    let mut plan = Plan::correct();
    change(&mut plan);
    failed(&plan.pdf(&Widths::load()))
}

#[test]
fn a_point_of_tex_is_a_point() {
    let found = failed_with(|plan| {
        let sizes = plan.lines.iter_mut().map(|line| &mut line.size);
        for size in sizes.chain(plan.paragraphs.iter_mut().map(|paragraph| &mut paragraph.size)) {
            *size *= 72.0 / 72.27;
        }
    });
    assert_eq!(found, Vec::<&str>::new());
}

#[test]
fn quoc_hieu_may_need_two_lines() {
    let found = failed_with(|plan| {
        let mut second = plan.line("nation").clone();
        (second.name, second.words, second.baseline) = ("nation 2", "NAM".to_owned(), 29.6);
        plan.line("nation").words = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT".to_owned();
        plan.lines.push(second);
        plan.line("motto").baseline = 35.3;
        plan.line("number").baseline = 44.0;
        plan.line("date").baseline = 44.0;
    });
    assert_eq!(found, Vec::<&str>::new());
}

#[test]
fn the_columns_of_the_head_may_nearly_touch() {
    let found = failed_with(|plan| {
        plan.line("superior").words = "UBND THÀNH PHỐ HẢI PHÒNG".to_owned();
        plan.line("nation").place = Place::Middle(140.0);
        for name in ["motto", "date"] {
            plan.line(name).place = Place::Middle(140.0);
        }
        for name in ["superior", "issuer", "number"] {
            plan.line(name).place = Place::Middle(57.3);
        }
    });
    assert_eq!(found, Vec::<&str>::new());
}

#[test]
fn a_rule_may_be_typed() {
    let solid = failed_with(|plan| {
        plan.rules.retain(|rule| rule.under != "motto");
        let mut rule = plan.line("motto").clone();
        (rule.name, rule.words, rule.size) = ("typed", "_".repeat(24), 14.28);
        rule.baseline += 1.5;
        plan.lines.push(rule);
    });
    assert_eq!(solid, Vec::<&str>::new());
    let hyphens = failed_with(|plan| {
        plan.rules.retain(|rule| rule.under != "motto");
        let mut rule = plan.line("motto").clone();
        (rule.name, rule.words, rule.face) = ("typed", "-".repeat(37), BOLD);
        rule.baseline += 5.0;
        plan.lines.push(rule);
    });
    assert_eq!(hyphens, ["tieu-ngu-duong-ke"]);
}

#[test]
fn words_in_an_old_code_page_are_one_fault() {
    let found = failed_with(|plan| {
        for paragraph in &mut plan.paragraphs {
            paragraph.words = "Céng hßa x· héi chñ nghÜa ViÖt Nam ".repeat(8);
        }
    });
    assert_eq!(found, ["ma-ky-tu"]);
}

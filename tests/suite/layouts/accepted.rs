//! Proposals accepted once: what was asked about becomes right, nothing becomes wrong, the next month
//! and other units of the layout are read without asking, and taking it back restores everything.

use std::collections::BTreeMap;

use super::{Layout, columns, heads_and_fields, others, rows_and_words, score, taken};
use crate::{
    layouts::{
        facts::{Indicator, Unit, communes, indicators},
        paper::workbook,
    },
    support::{MARCH, Sandbox, as_of_notepad, copy, repository},
};

type Taken = BTreeMap<String, BTreeMap<String, i64>>;

/// The layouts of which something is asked about, with how they are read before and after.
struct Asked {
    name: &'static str,
    before: (usize, usize),
    after: (usize, usize),
}

fn workspace() -> Sandbox {
    let sandbox = Sandbox::empty();
    copy(&repository().join("templates"), &sandbox.path("templates"));
    sandbox
}

fn read(sandbox: &Sandbox) -> Taken {
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    taken(sandbox)
}

fn layouts() -> Vec<Layout> {
    [columns(), rows_and_words(), heads_and_fields(), others::layouts()]
        .into_iter()
        .flatten()
        .collect()
}

fn layout(name: &str) -> Layout {
    layouts().into_iter().find(|layout| layout.name == name).unwrap()
}

fn put(sandbox: &Sandbox, unit: &Unit, all: &[Indicator], layout: &Layout) -> String {
    let file = format!("{MARCH}/{} {}.xlsx", unit.key, layout.name);
    sandbox.write(&format!("input/{file}"), workbook(&(layout.write)(unit, all)));
    file
}

#[test]
fn accepting_what_is_proposed_makes_it_right_and_changes_nothing_that_was_certain() {
    let (units, all) = (communes(), indicators());
    let mut asked = Vec::new();
    for layouts in layouts().chunks(units.len()) {
        let sandbox = workspace();
        let files: Vec<String> = layouts
            .iter()
            .zip(&units)
            .map(|(layout, unit)| put(&sandbox, unit, &all, layout))
            .collect();
        let before = read(&sandbox);
        for file in &files {
            let _code = sandbox.da06(&["map", file, "--accept"]);
        }
        let after = read(&sandbox);
        for (layout, unit) in layouts.iter().zip(&units) {
            let papers = (layout.write)(unit, &all);
            for (code, figure) in before.get(&unit.key).into_iter().flatten() {
                let still = after.get(&unit.key).and_then(|taken| taken.get(code));
                assert_eq!(still, Some(figure), "{}: {code} was certain", layout.name);
            }
            let [old, new] =
                [&before, &after].map(|taken| score(unit, &all, &papers, taken.get(&unit.key)));
            assert_eq!(new.wrong, Vec::<String>::new(), "{}", layout.name);
            if old.asked > 0 {
                let (name, before, after) =
                    (layout.name, (old.right, old.asked), (new.right, new.asked));
                asked.push(Asked { name, before, after });
            }
        }
    }
    let mut lines: Vec<String> = asked
        .iter()
        .map(|Asked { name, before, after }| {
            format!(
                "{:2} read, {:2} asked -> {:2} read, {:2} asked: {name}",
                before.0, before.1, after.0, after.1
            )
        })
        .collect();
    let right: usize = asked.iter().map(|asked| asked.after.0 - asked.before.0).sum();
    lines.push(format!("{right} more figures are right, 0 wrong, none that was certain changed"));
    expect_test::expect_file!["accepted.txt"].assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn a_mapping_holds_for_the_next_month_and_other_units_and_can_be_undone() {
    let (units, all) = (communes(), indicators());
    for name in ["a head that no one knows", "names cut short"] {
        let sandbox = workspace();
        let layout = layout(name);
        let file = put(&sandbox, &units[0], &all, &layout);
        let before = read(&sandbox);
        // A name that is cut short may be one that the office has listed.
        for (code, figure) in before.get(&units[0].key).into_iter().flatten() {
            assert_eq!((name, code.as_str()), ("names cut short", "A16"), "used unasked");
            assert_eq!(units[0].figures[code], Some(*figure));
        }
        let shown = sandbox.da06(&["map", &file]).ends_with(1).says(&["[1]", "--accept", "CHƯA"]);
        assert!(!sandbox.path("templates/anh-xa").exists(), "{name}: looking writes nothing");
        sandbox.da06(&["check", "--period", MARCH]).says(&["DA06-T50", "da06 map"]);
        let accepted = ["map", &file, "--accept", "--as-of", "2024-03-18", "--by", "Lê Thị Hoa"];
        sandbox.da06(&accepted).ends_with(0).says(&["ánh xạ đã duyệt", "đã ghi templates/anh-xa/"]);
        let names = sandbox.names("templates/anh-xa");
        assert_eq!(names.len(), 1);
        let mapping = format!("templates/anh-xa/{}", names[0]);
        let written = sandbox.text(&mapping);
        for words in ["ngay_duyet = \"2024-03-18\"", "nguoi_duyet = \"Lê Thị Hoa\"", file.as_str()]
        {
            assert!(written.contains(words), "{words}: {written}");
        }
        sandbox.write(&mapping, as_of_notepad(&written));
        // Another unit that uses the layout is read without asking.
        let other = put(&sandbox, &units[5], &all, &layout);
        sandbox.da06(&["map", &other]).ends_with(0).says(&["Đọc theo ánh xạ đã duyệt"]);
        let taken = read(&sandbox);
        for unit in [&units[0], &units[5]] {
            let score = score(unit, &all, &(layout.write)(unit, &all), taken.get(&unit.key));
            assert_eq!((score.asked, score.wrong), (0, Vec::new()), "{name}");
            assert!(score.right > 40, "{name}: {}", score.right);
        }
        sandbox.da06(&["check", "--period", MARCH]).says(&["DA06-T51", &names[0]]);
        sandbox.da06(&["map", &file, "--undo"]).ends_with(1).says(&["đã xóa"]);
        assert_eq!(sandbox.names("templates/anh-xa"), Vec::<String>::new());
        assert_eq!(sandbox.da06(&["map", &file]).stdout, shown.stdout, "{name}: as before");
        assert_eq!(read(&sandbox).get(&units[0].key), before.get(&units[0].key), "{name}");
    }
}

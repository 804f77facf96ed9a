//! Makes sample returns.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "interim")]
mod communes; mod draft; mod interim; mod offices; mod profile; mod random; mod villages; mod writer;
fn main() {
    let templates = interim::load(std::path::Path::new("templates"));
    let people: std::collections::BTreeMap<String, i64> = std::fs::read_to_string("/work/brief/populations.csv").expect("x").lines().skip(1).filter_map(|l| { let (k, v) = l.split_once(',')?; Some((k.to_owned(), v.trim().parse().ok()?)) }).collect();
    let period = "2024-03".parse().expect("p");
    std::fs::create_dir_all("/tmp/gen").expect("d");
    for unit in &templates.roster.units {
        let d = draft::clean(&templates, unit, period, people.get(&unit.key).copied().unwrap_or(0));
        let w = writer::write(&templates, &d).expect("w");
        std::fs::write(format!("/tmp/gen/{}.xlsx", unit.key), w.bytes).expect("w");
    }
    println!("ok");
}

//! What the layouts are filled with: the indicators as the templates print them and the figures of
//! the communes in a month without a defect.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::repository;

/// An indicator of form 01.
#[derive(Clone, Debug)]
pub struct Indicator {
    pub code: String,
    pub name: String,
    pub short: String,
    pub unit_of_count: String,
    pub stock: bool,
    pub tick: bool,
}

/// A commune with its figures.
#[derive(Clone, Debug)]
pub struct Unit {
    pub key: String,
    /// "UBND xã Tiên Minh".
    pub name: String,
    pub figures: BTreeMap<String, Option<i64>>,
    pub previous: BTreeMap<String, Option<i64>>,
}

/// Returns the indicators of the flows and stocks of form 01, in its order, and of the utilities.
pub fn indicators() -> Vec<Indicator> {
    let folder = repository().join("templates");
    let read = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        toml::from_str::<toml::Table>(&text).unwrap()
    };
    let (indicators, forms) = (read("chi-tieu.toml"), read("bieu-mau.toml"));
    let known: BTreeMap<&str, &toml::Value> = indicators["chi_tieu"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["ma"].as_str().unwrap(), row))
        .collect();
    let parts = forms["bieu"][0]["phan"].as_array().unwrap();
    let codes = parts.iter().flat_map(|part| part["chi_tieu"].as_array().unwrap());
    codes
        .map(|code| {
            let row = known[code.as_str().unwrap()];
            let word = |key: &str| row.get(key).and_then(toml::Value::as_str).map(str::to_owned);
            let name = word("ten").unwrap();
            Indicator {
                code: word("ma").unwrap(),
                short: word("ten_ngan").unwrap_or_else(|| name.clone()),
                name,
                unit_of_count: word("dvt").unwrap_or_default(),
                stock: row["loai"].as_str() == Some("luy_ke"),
                tick: row["loai"].as_str() == Some("co_khong"),
            }
        })
        .collect()
}

/// Returns the communes with the figures that they are given for March.
pub fn communes() -> Vec<Unit> {
    let month = |month: &str| -> Value {
        let path = repository().join(format!("tests/truth/{month}.json"));
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    };
    let (now, before) = (month("2024-02"), month("2024-01"));
    let figures_of = |truth: &Value, key: &str| -> BTreeMap<String, Option<i64>> {
        let units = truth["units"].as_array().unwrap();
        let unit = units.iter().find(|unit| unit["unit"] == key).unwrap();
        let figures = unit["figures"].as_object().unwrap().iter();
        figures.map(|(code, figure)| (code.clone(), figure.as_i64())).collect()
    };
    let roster = std::fs::read(repository().join("templates/don-vi.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(roster.as_slice());
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (key, name, group) = (column("khoa"), column("ten"), column("nhom"));
    reader
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[group] == "xa")
        .filter(|row| now["units"].as_array().unwrap().iter().any(|unit| unit["unit"] == row[key]))
        .map(|row| Unit {
            key: row[key].to_owned(),
            name: row[name].to_owned(),
            figures: figures_of(&now, &row[key]),
            previous: figures_of(&before, &row[key]),
        })
        .collect()
}

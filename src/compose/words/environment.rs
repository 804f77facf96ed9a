//! The language of `bao-cao.md`: functions, filters and tests over the figures. Everything that
//! data says is printed as a token, so that it is neither Markdown nor template; a figure or a bare
//! number that goes through no filter is a mistake of the template.

use std::{collections::BTreeMap, sync::Arc};

use minijinja::{
    Environment, Error, ErrorKind, UndefinedBehavior, Value, syntax::SyntaxConfig, value::Kwargs,
};

use super::{
    objects::{Number, Print},
    sayings::Quoted,
    snapshot::{Named, Snapshot},
    tokens::{Token, Tokens, UNFILTERED},
};
use crate::{
    compose::{document::Run, typography::NO_BREAK},
    template::{ChartPlace, Charts},
};

/// Steps that the words of a report may take; those of a province take a hundredth.
const MAX_STEPS: u64 = 20_000_000;
/// Name of the template in messages.
pub(super) const TEMPLATE: &str = "bao-cao.md";

/// A list of names with their figures, by code and group.
type List = fn(&Snapshot, &str, &str) -> Result<Vec<Named>, Error>;

/// What of a figure of the country is printed.
type PartOfQuote = fn(&Quoted) -> &Vec<Run>;

/// Returns the environment of a report.
pub(super) fn environment(snapshot: &Arc<Snapshot>, tokens: &Tokens) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(MAX_STEPS));
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_formatter(|output, _, value| {
        let printed = printable(value)?;
        output.write_str(printed).map_err(|error| {
            Error::new(ErrorKind::WriteFailure, "không ghi được lời văn").with_source(error)
        })
    });
    add_filters(&mut environment, tokens);
    add_tests(&mut environment);
    add_figures(&mut environment, snapshot, tokens);
    add_words(&mut environment, snapshot, tokens);
    environment
}

/// Returns an error of the template in our words.
pub(super) fn mistake(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into())
}

/// Returns what a value prints as, or why it may not be printed.
fn printable(value: &Value) -> Result<&str, Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    match value.as_str() {
        Some(words) if words.contains(UNFILTERED) => Err(unfiltered()),
        Some(words) if crate::compose::runs::has_digit(words) => Err(mistake(format!(
            "chữ số trong `{words}` không lấy từ bảng số liệu; con số in bằng |so, |pt, |diem, |dem"
        ))),
        // A macro ends with the line break of its last line, which would end the paragraph.
        Some(words) => Ok(words.trim_matches('\n')),
        None => Err(unfiltered()),
    }
}

fn unfiltered() -> Error {
    mistake("con số phải in qua |so, |pt, |diem hoặc |dem; danh sách in qua |liet_ke")
}

fn add_filters(environment: &mut Environment<'static>, tokens: &Tokens) {
    let prints = [
        ("so", Print::Number),
        ("pt", Print::Percent),
        ("diem", Print::Points),
        ("dem", Print::Count),
    ];
    for (name, print) in prints {
        let tokens = tokens.clone();
        environment.add_filter(name, move |value: Value| -> Result<String, Error> {
            let figure = number(&value)?.cite(print);
            Ok(tokens.keep(Token::Runs(vec![Run::figure(figure)])))
        });
    }
    environment.add_filter("do_lon", |value: Value| -> Result<Value, Error> {
        Ok(Value::from_object(Number { magnitude: true, ..number(&value)?.as_ref().clone() }))
    });
    environment.add_filter("liet_ke", |value: Value| -> Result<String, Error> {
        let words: Vec<Value> = value.try_iter()?.collect();
        let words: Option<Vec<&str>> = words.iter().map(Value::as_str).collect();
        words.map(|words| words.join(", ")).ok_or_else(|| mistake("|liet_ke cần danh sách tên"))
    });
}

fn add_tests(environment: &mut Environment<'static>) {
    let signum = |value: &Value| -> Result<Option<i64>, Error> {
        Ok(number(value)?.value.map(|value| value.scaled.signum()))
    };
    environment.add_test("tang", move |value: Value| Ok::<_, Error>(signum(&value)? == Some(1)));
    environment.add_test("giam", move |value: Value| Ok::<_, Error>(signum(&value)? == Some(-1)));
    environment
        .add_test("bang_khong", move |value: Value| Ok::<_, Error>(signum(&value)? == Some(0)));
    environment.add_test("co", move |value: Value| Ok::<_, Error>(signum(&value)?.is_some()));
}

/// Returns the number that a value holds.
fn number(value: &Value) -> Result<Arc<Number>, Error> {
    value.downcast_object::<Number>().ok_or_else(|| {
        mistake("ở đây phải là một con số của bảng số liệu, ví dụ cs(\"…\").gia_tri")
    })
}

fn add_figures(environment: &mut Environment<'static>, snapshot: &Arc<Snapshot>, tokens: &Tokens) {
    let all = Arc::clone(snapshot);
    environment.add_function("cs", move |code: String, options: Kwargs| -> Result<Value, Error> {
        let group = options.get::<Option<String>>("nhom")?;
        options.assert_all_used()?;
        all.indicator(&code, group.as_deref()).map(Value::from_dyn_object)
    });
    let lists: [(&str, List); 2] = [("dat_cao", Snapshot::reached), ("dat_thap", Snapshot::low)];
    for (name, list) in lists {
        let (all, tokens) = (Arc::clone(snapshot), tokens.clone());
        environment.add_function(
            name,
            move |code: String, options: Kwargs| -> Result<Vec<Value>, Error> {
                let group = options.get::<String>("nhom")?;
                options.assert_all_used()?;
                let named = list(&all, &code, &group)?;
                Ok(named.iter().map(|named| named_value(named, &tokens)).collect())
            },
        );
    }
    let (all, kept) = (Arc::clone(snapshot), tokens.clone());
    environment.add_function(
        "chua_co_so",
        move |code: String, options: Kwargs| -> Result<Vec<String>, Error> {
            let group = options.get::<String>("nhom")?;
            options.assert_all_used()?;
            let names = all.missing(&code, &group)?;
            Ok(names.iter().map(|name| kept.keep(Token::Runs(name.clone()))).collect())
        },
    );
    let (all, kept) = (Arc::clone(snapshot), tokens.clone());
    environment.add_function(
        "nhieu_nhat",
        move |codes: Vec<String>| -> Result<Vec<Value>, Error> {
            let named = all.most(&codes)?;
            Ok(named.iter().map(|named| named_value(named, &kept)).collect())
        },
    );
}

/// Returns a name with its figure, `ten` and `so_lieu`.
fn named_value(named: &Named, tokens: &Tokens) -> Value {
    let name = tokens.keep(Token::Runs(named.name.clone()));
    let number = Value::from_object(named.number.clone());
    let pair: [(&str, Value); 2] = [("ten", Value::from(name)), ("so_lieu", number)];
    Value::from(BTreeMap::from(pair))
}

fn add_words(environment: &mut Environment<'static>, snapshot: &Arc<Snapshot>, tokens: &Tokens) {
    for (name, runs) in &snapshot.words {
        let empty = runs.is_empty();
        let printed = if empty { String::new() } else { tokens.keep(Token::Runs(runs.clone())) };
        environment.add_global(name.clone(), printed);
    }
    environment.add_global("ky_dau_tien", snapshot.first_month);
    environment.add_global("da_dieu_chinh", snapshot.previous_corrected);
    let (all, kept) = (Arc::clone(snapshot), tokens.clone());
    environment.add_function("van_ban_giao", move |code: String| -> Result<String, Error> {
        let runs = all.decision(&code)?;
        Ok(if runs.is_empty() { String::new() } else { kept.keep(Token::Runs(runs)) })
    });
    let (all, kept) = (Arc::clone(snapshot), tokens.clone());
    environment.add_function("can_cu", move |number: String| -> Result<String, Error> {
        let runs = all.legal_bases.get(&number).ok_or_else(|| {
            let known: Vec<&str> = all.legal_bases.keys().map(String::as_str).collect();
            mistake(format!(
                "không có căn cứ `{number}` còn hiệu lực; các căn cứ được dùng: {}",
                known.join(", ")
            ))
        })?;
        Ok(kept.keep(Token::Runs(runs.clone())))
    });
    environment.add_global("phu_luc_bieu_do", unbroken(&snapshot.charts_annex));
    let parts: [(&str, PartOfQuote); 2] =
        [("toan_quoc", |quoted| &quoted.shown), ("toan_quoc_ky", |quoted| &quoted.month)];
    for (name, part) in parts {
        let (all, kept) = (Arc::clone(snapshot), tokens.clone());
        environment.add_function(name, move |key: String| -> String {
            let runs = all.national.get(&key).map(part);
            runs.map_or_else(String::new, |runs| kept.keep(Token::Runs(runs.clone())))
        });
    }
    let all = Arc::clone(snapshot);
    environment.add_function("co_loi_van", move |key: String| -> Result<bool, Error> {
        Ok(all.office_words(&key)?.is_some())
    });
    let (all, kept) = (Arc::clone(snapshot), tokens.clone());
    environment.add_function("loi_van", move |key: String| -> Result<String, Error> {
        let words = all.office_words(&key)?;
        Ok(words.map_or_else(String::new, |words| kept.keep(Token::OfficeWords(words.to_owned()))))
    });
    let (all, kept) = (Arc::clone(snapshot), tokens.clone());
    environment.add_function("bieu_do", move |keys: Vec<String>| -> Result<String, Error> {
        let runs = chart_reference(&all.charts, &keys)?;
        Ok(if runs.is_empty() { String::new() } else { kept.keep(Token::Runs(runs)) })
    });
    let all = Arc::clone(snapshot);
    environment.add_function("phu_luc", move |number: u32| -> Result<String, Error> {
        if number == 0 || number > all.annexes {
            return Err(mistake(no_annex(number)));
        }
        Ok(unbroken(&crate::compose::annexes::label(number, all.annexes)))
    });
}

/// Says that an annex is not there.
pub(super) fn no_annex(number: u32) -> String {
    format!("không có phụ lục thứ {number} trong phu-luc.toml")
}

/// Says that a chart is not there, and which are.
pub(super) fn no_chart(charts: &Charts, key: &str) -> String {
    let known: Vec<&str> = charts.list.iter().map(|chart| chart.key.as_str()).collect();
    format!("không có biểu đồ `{key}`; các biểu đồ: {}", known.join(", "))
}

/// Returns a label that stays on one line.
fn unbroken(label: &str) -> String {
    label.replace(' ', &NO_BREAK.to_string())
}

/// Returns "Biểu đồ 1, Biểu đồ 2", or nothing when the report has no charts.
fn chart_reference(charts: &Charts, keys: &[String]) -> Result<Vec<Run>, Error> {
    if charts.place == ChartPlace::Nowhere {
        return Ok(Vec::new());
    }
    let number = |key: &String| charts.number_of(key).ok_or_else(|| mistake(no_chart(charts, key)));
    let numbers: Vec<usize> = keys.iter().map(number).collect::<Result<_, _>>()?;
    Ok(crate::compose::charts::reference(&numbers))
}

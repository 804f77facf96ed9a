//! Mistakes of `bao-cao.md` that no figure is needed to see: syntax, names, filters, tests, codes of
//! indicators, groups, annexes, charts. They are found in every branch, whatever the month will be.

use std::{collections::BTreeSet, sync::Arc};

use minijinja::{Environment, ErrorKind, Value};

use super::{
    environment::{TEMPLATE, environment, mistake, no_annex, no_chart},
    forwarding::{Forwarding, listed},
    snapshot::Snapshot,
    source::{self, Part},
    template_error,
    tokens::Tokens,
};
use crate::{
    compose::{ComposeError, charts, lookup::DISCIPLINE},
    template::{ChartPlace, Templates},
    text,
};

/// Functions whose first argument is the code of an indicator, ratio or derived sum.
const OF_CODES: [&str; 5] = ["cs", "dat_cao", "dat_thap", "chua_co_so", "van_ban_giao"];

/// Checks the words of the report against the other templates.
pub(in crate::compose) fn check(templates: &Templates) -> Result<(), ComposeError> {
    let source = text::nfc(&templates.report);
    if let Some((line, digits)) = source::stray_digits(&source, &templates.body.names_with_digits) {
        return Err(ComposeError::StrayDigits { line: Some(line), digits });
    }
    let environment = environment(&Arc::new(Snapshot::of_names()), &Tokens::default());
    let template =
        environment.template_from_named_str(TEMPLATE, &source).map_err(template_error)?;
    let tags = source::tags(&source);
    let annexes = Forwarding::of("phu_luc", &tags);
    let charts = Forwarding::of("bieu_do", &tags);
    let known = Known { environment: &environment, templates, annexes, charts };
    for (line, parts) in &tags {
        if let Some((kind, message)) = known.mistake_in(parts) {
            return Err(at(*line, message, minijinja::Error::from(kind)));
        }
    }
    let declared: BTreeSet<&str> = environment.globals().map(|(name, _)| name).collect();
    let mut unknown: Vec<String> = template
        .undeclared_variables(false)
        .into_iter()
        .filter(|name| !declared.contains(name.as_str()) && !is_set(&tags, name))
        .collect();
    unknown.sort();
    unknown.first().map_or(Ok(()), |name| {
        let uses = |parts: &Vec<Part>| parts.iter().any(|part| part.is_word(name));
        let line = tags.iter().find(|(_, parts)| uses(parts)).map_or(1, |(line, _)| *line);
        let message = format!("dùng tên `{name}` chưa có");
        Err(at(line, message, minijinja::Error::from(ErrorKind::UndefinedError)))
    })
}

fn at(line: usize, message: String, source: minijinja::Error) -> ComposeError {
    ComposeError::Template { line: Some(line), message, source }
}

/// Returns whether some tag sets a name: "set x", or several before "=" or "in".
fn is_set(tags: &[(usize, Vec<Part>)], name: &str) -> bool {
    tags.iter().any(|(_, parts)| {
        let sets = parts.first().is_some_and(|part| ["set", "for", "macro"].contains(&part.word()));
        sets && parts.iter().any(|part| part.is_word(name))
    })
}

/// What the words may use.
struct Known<'a, 'source> {
    environment: &'a Environment<'source>,
    templates: &'a Templates,
    /// What is called with the number of an annex.
    annexes: Forwarding,
    /// What is called with the keys of charts.
    charts: Forwarding,
}

impl Known<'_, '_> {
    /// Returns the first mistake of a tag.
    fn mistake_in(&self, parts: &[Part]) -> Option<(ErrorKind, String)> {
        (0..parts.len()).find_map(|position| {
            let (before, rest) = parts.split_at(position);
            let last = before.last().map_or("", Part::word);
            match rest {
                [Part::Sign('|'), Part::Word(name), ..] => {
                    self.unknown(ErrorKind::UnknownFilter, name)
                }
                [Part::Word(is), Part::Word(not), Part::Word(name), ..]
                    if is == "is" && not == "not" =>
                {
                    self.unknown(ErrorKind::UnknownTest, name)
                }
                [Part::Word(is), Part::Word(name), ..] if is == "is" && name != "not" => {
                    self.unknown(ErrorKind::UnknownTest, name)
                }
                [Part::Word(name), Part::Sign('('), Part::Words(code), ..]
                    if OF_CODES.contains(&name.as_str()) && last != "macro" =>
                {
                    self.unknown_code(code)
                }
                [Part::Word(name), Part::Sign('='), Part::Words(key), ..] if name == "nhom" => {
                    self.unknown_group(key)
                }
                [Part::Word(name), call @ ..] if last != "macro" => {
                    self.mistake_in_call(name, call)
                }
                _ => None,
            }
        })
    }

    /// Returns the mistake when the template engine does not know a filter or a test.
    fn unknown(&self, kind: ErrorKind, name: &str) -> Option<(ErrorKind, String)> {
        let tried = match kind {
            ErrorKind::UnknownFilter => format!("{{{{ none|{name} }}}}"),
            _ => format!("{{% if none is {name} %}}{{% endif %}}"),
        };
        let error = self.environment.render_str(&tried, Value::from(())).err()?;
        (error.kind() == kind).then(|| (kind, format!("{}: `{name}`", unknown_words(kind))))
    }

    fn unknown_code(&self, code: &str) -> Option<(ErrorKind, String)> {
        let indicators = &self.templates.indicators;
        let mut codes: Vec<&str> = indicators.list.iter().map(|row| row.code.as_str()).collect();
        codes.extend(indicators.ratios.iter().map(|row| row.code.as_str()));
        codes.extend(indicators.derived.iter().map(|row| row.code.as_str()));
        codes.push(DISCIPLINE);
        (!codes.contains(&code)).then(|| {
            let known = codes.join(", ");
            invalid(format!("không có chỉ tiêu `{code}`; các mã được dùng: {known}"))
        })
    }

    fn unknown_group(&self, key: &str) -> Option<(ErrorKind, String)> {
        let groups: Vec<&str> =
            self.templates.body.groups.iter().map(|group| group.key.as_str()).collect();
        (!groups.contains(&key)).then(|| {
            let known = groups.join(", ");
            invalid(format!("không có nhóm `{key}`; các nhóm được dùng: {known}"))
        })
    }

    /// Returns the mistake of a call that names an annex or charts.
    fn mistake_in_call(&self, name: &str, call: &[Part]) -> Option<(ErrorKind, String)> {
        let annex = match call {
            [Part::Sign('('), Part::Word(number), ..] if self.annexes.has(name) => {
                self.unknown_annex(number)
            }
            _ => None,
        };
        let keys = if self.charts.has(name) { listed(call) } else { Vec::new() };
        annex.or_else(|| keys.into_iter().find_map(|key| self.unknown_chart(key)))
    }

    fn unknown_chart(&self, key: &str) -> Option<(ErrorKind, String)> {
        let charts = &self.templates.charts;
        let unknown = charts.place != ChartPlace::Nowhere && charts.number_of(key).is_none();
        unknown.then(|| invalid(no_chart(charts, key)))
    }

    fn unknown_annex(&self, number: &str) -> Option<(ErrorKind, String)> {
        let last = charts::annex_count(self.templates);
        let number: u32 = number.parse().ok()?;
        (number == 0 || number > last).then(|| invalid(no_annex(number)))
    }
}

fn invalid(message: String) -> (ErrorKind, String) {
    (mistake(message.as_str()).kind(), message)
}

/// Returns what the template does that the engine does not know.
pub(super) fn unknown_words(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnknownFilter => {
            "dùng bộ lọc chưa có; các bộ lọc: so, pt, diem, dem, do_lon, liet_ke"
        }
        _ => "dùng phép thử chưa có; các phép thử: tang, giam, bang_khong, co",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::fixtures;

    fn told(source: &str) -> String {
        let mut templates = fixtures::district();
        templates.report = source.to_owned();
        check(&templates).map_or_else(|error| error.to_string(), |()| "sound".to_owned())
    }

    #[test]
    fn mistakes_are_found_in_branches_that_no_month_takes() {
        let cases = [
            (
                "{{ 1|dim }}",
                "dòng 3: dùng bộ lọc chưa có; các bộ lọc: so, pt, diem, dem, do_lon, liet_ke: `dim`",
            ),
            ("{% if ky is tanh %}{% endif %}", "các phép thử: tang, giam, bang_khong, co: `tanh`"),
            ("{% if ky is not tanh %}{% endif %}", "`tanh`"),
            (
                "{{ cs(\"A91\").gia_tri|so }}",
                "dòng 3: không có chỉ tiêu `A91`; các mã được dùng: A01,",
            ),
            (
                "{{ cs(\"A01\", nhom=\"xã\").gia_tri|so }}",
                "không có nhóm `xã`; các nhóm được dùng: xa, phong",
            ),
            ("{{ phu_luc(9) }}", "không có phụ lục thứ 9 trong phu-luc.toml"),
            (
                "{{ bieu_do([\"cac_buoc\", \"buoc\"]) }}",
                "dòng 3: không có biểu đồ `buoc`; các biểu đồ:",
            ),
            ("{{ co_quang }}", "dòng 3: dùng tên `co_quang` chưa có"),
            ("{{ ten_ham(1) }}", "dùng tên `ten_ham` chưa có"),
            ("{% if %}", "viết sai cú pháp"),
        ];
        for (tag, message) in cases {
            let told = told(&format!("# I.\n{{% if ky_dau_tien %}}\n{tag}\n{{% endif %}}\n"));
            assert!(
                told.starts_with("templates/bao-cao.md") && told.contains(message),
                "{tag}: {told}"
            );
        }
    }

    #[test]
    fn a_mistake_in_the_argument_of_a_macro_is_told_where_the_macro_is_called() {
        let macros = "{% macro chi_tiet(so, khoa=[]) %}\n{% set hinh = bieu_do(khoa) %}\n\
                      {{ phu_luc(so) }}{{ hinh }}\n{% endmacro %}\n\
                      {% macro xem(so) %}{{ chi_tiet(so) }}{% endmacro %}\n";
        for (call, message) in [
            ("{{ chi_tiet(8) }}", "dòng 6: không có phụ lục thứ 8 trong phu-luc.toml"),
            ("{{ xem(0) }}", "dòng 6: không có phụ lục thứ 0"),
            ("{{ chi_tiet(1, [\"kich_hoat\", \"x\"]) }}", "dòng 6: không có biểu đồ `x`"),
            ("{{ chi_tiet(1, [\"kich_hoat\"]) }}{{ xem(2)|replace(\"a\", \"b\") }}", "sound"),
        ] {
            let told = told(&format!("{macros}{call}\n"));
            assert!(told.contains(message), "{call}: {told}");
        }
    }

    #[test]
    fn what_is_declared_in_the_words_themselves_is_known() {
        let source = "{% macro m(x, ten=\"a|b is c\") %}{{ ten }}{{ x.gia_tri|dem }}{% endmacro %}\n\
                      {% if ky_dau_tien %}{% set y = cs(\"B08\") %}{% endif %}{{ m(y) }}\n\
                      {% for z, w in [[ky, ky_truoc]] %}{{ z }}{{ w|upper }}{{ loop.last }}{% endfor %}\n\
                      {% set n = namespace(co=false) %}{% set n.co = true %}{# {{ cs(\"A91\") }} #}\n";
        assert_eq!(told(source), "sound");
        assert_eq!(told(&fixtures::district().report), "sound");
    }
}

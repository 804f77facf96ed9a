//! Reads `quy-tac.toml`: every rule is compiled, its names are looked up and it is tried out, so
//! that no rule can fail on a return.

use std::{collections::BTreeSet, ops::Range};

use cel::common::types::CelDouble;
use serde::Deserialize;

use super::{
    Compiled, Instance, MissingValues, Rule, Rules, Severity, Usage,
    expression::{Expression, ExpressionError, Kind, position},
    fact_name,
    message::Message,
};
use crate::template::{
    DetailColumn, Forms, IndicatorIx, Indicators, TemplateError,
    reading::{Source, Word, first_repeated, unknown},
};

/// Endings of a code in an expression: the month before, the median of the months before.
const ENDINGS: [&str; 3] = ["", "_truoc", "_trung_vi"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    #[serde(default)]
    quy_tac: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    ma: Word,
    bieu: Vec<Word>,
    #[serde(default)]
    voi_moi: Vec<Word>,
    dieu_kien: Word,
    muc_do: RawSeverity,
    su_dung: RawUsage,
    #[serde(default)]
    thieu: RawMissing,
    #[serde(default)]
    o: Vec<Word>,
    #[serde(default)]
    giai_trinh: bool,
    thong_bao: Word,
    mong_doi: Word,
    huong_dan: Word,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawSeverity {
    TuChoi,
    Loi,
    CanhBao,
    ThongTin,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawUsage {
    Dung,
    Nghi,
    Bo,
}

#[derive(Clone, Copy, Default, Deserialize)]
enum RawMissing {
    #[default]
    #[serde(rename = "bo_qua")]
    Skip,
    #[serde(rename = "bang_0")]
    Zero,
}

/// Returns the rules, compiled, checked against forms and indicators, and tried out.
pub(in crate::template) fn rules(
    source: &Source,
    forms: &Forms,
    indicators: &Indicators,
) -> Result<Rules, TemplateError> {
    let raw: RawRules = source.toml()?;
    if let Some(code) = first_repeated(raw.quy_tac.iter().map(|rule| &rule.ma)) {
        let message = format!("mã `{}` viết hai lần", code.get_ref());
        return Err(source.mistake(&code.span(), "quy tắc", message));
    }
    let mut rules = Rules::default();
    for entry in &raw.quy_tac {
        let reader = Reader::new(source, forms, indicators, entry)?;
        let (rule, compiled) = reader.rule()?;
        for instance in &compiled.instances {
            reader.try_out(&rules, &compiled.condition, instance)?;
        }
        rules.list.push(rule);
        rules.compiled.push(compiled);
    }
    Ok(rules)
}

/// Reads one rule.
struct Reader<'a> {
    source: &'a Source,
    indicators: &'a Indicators,
    raw: &'a RawRule,
    subject: String,
    /// Indicators that the rule may name: those of its forms and the assigned ones.
    on_forms: BTreeSet<IndicatorIx>,
    /// Facts of the detail tables of its forms.
    details: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn new(
        source: &'a Source,
        forms: &Forms,
        indicators: &'a Indicators,
        raw: &'a RawRule,
    ) -> Result<Self, TemplateError> {
        let subject = format!("quy tắc {}", raw.ma.get_ref());
        let assigned = |index: &IndicatorIx| indicators.get(*index).target_of.is_some();
        let mut on_forms: BTreeSet<IndicatorIx> = indicators.indices().filter(assigned).collect();
        let mut details = BTreeSet::new();
        for code in &raw.bieu {
            let Some(form) = forms.find(code.get_ref()) else {
                let codes = forms.list.iter().map(|form| form.code.as_str());
                let message = unknown("biểu", code.get_ref(), codes);
                return Err(source.mistake(&code.span(), &subject, message));
            };
            on_forms.extend(form.indicators(indicators));
            for table in &form.details {
                details.insert(format!("{}_dong", table.key));
                let sums = table.columns.iter().filter_map(DetailColumn::indicator);
                details.extend(
                    sums.map(|index| format!("{}_{}", table.key, indicators.get(index).code)),
                );
            }
        }
        Ok(Self { source, indicators, raw, subject, on_forms, details })
    }

    fn rule(&self) -> Result<(Rule, Compiled), TemplateError> {
        let raw = self.raw;
        let condition = Expression::compile(raw.dieu_kien.get_ref(), Kind::Truth)
            .map_err(|error| self.bad_expression(&raw.dieu_kien, "dieu_kien", error))?;
        self.check_names(&condition.variables, &raw.dieu_kien, "dieu_kien")?;
        let message = self.message(&raw.thong_bao, "thong_bao")?;
        let expected = self.message(&raw.mong_doi, "mong_doi")?;
        let cells = self.codes(&raw.o)?;
        let each = self.codes(&raw.voi_moi)?;
        let uses_each = condition.variables.iter().any(|name| is_at_hand(name));
        if uses_each && each.is_empty() {
            let text = "điều kiện dùng `x` nhưng quy tắc không có voi_moi";
            return Err(self.mistake(&raw.dieu_kien.span(), text.to_owned()));
        }
        if !uses_each && !each.is_empty() {
            let text = "quy tắc có voi_moi nhưng điều kiện không dùng `x`";
            return Err(self.mistake(&raw.dieu_kien.span(), text.to_owned()));
        }
        if each.is_empty() && cells.is_empty() {
            let text = "phải có khóa `o` (các chỉ tiêu được chỉ ra) hoặc `voi_moi`";
            return Err(self.mistake(&raw.ma.span(), text.to_owned()));
        }
        self.check_conduct()?;
        let instances = self.instances(&condition, &each, &cells);
        let rule = Rule {
            code: raw.ma.get_ref().clone(),
            forms: raw.bieu.iter().map(|code| code.get_ref().clone()).collect(),
            expression: raw.dieu_kien.get_ref().clone(),
            severity: raw.muc_do.severity(),
            usage: raw.su_dung.usage(),
            missing: raw.thieu.missing(),
            cells,
            message: raw.thong_bao.get_ref().clone(),
            expected: raw.mong_doi.get_ref().clone(),
            hint: raw.huong_dan.get_ref().clone(),
            explainable: raw.giai_trinh,
        };
        Ok((rule, Compiled { condition, message, expected, instances }))
    }

    /// Checks that only warnings can be explained away and that the hint is plain words.
    fn check_conduct(&self) -> Result<(), TemplateError> {
        let explainable = matches!(self.raw.muc_do, RawSeverity::CanhBao | RawSeverity::ThongTin);
        if self.raw.giai_trinh && !explainable {
            let text = "giai_trinh = true chỉ dùng với muc_do canh_bao hoặc thong_tin";
            return Err(self.mistake(&self.raw.ma.span(), text.to_owned()));
        }
        self.source.check_places(&self.raw.huong_dan, &[], &self.subject)
    }

    fn instances(
        &self,
        condition: &Expression,
        each: &[IndicatorIx],
        cells: &[IndicatorIx],
    ) -> Vec<Instance> {
        let instance = |at_hand: Option<IndicatorIx>| {
            let code = at_hand.map(|index| self.indicators.get(index).code.as_str());
            Instance {
                at_hand: code.map(str::to_owned),
                facts: condition.variables.iter().map(|name| fact_name(name, code)).collect(),
                cells: at_hand.into_iter().chain(cells.iter().copied()).collect(),
            }
        };
        if each.is_empty() {
            return vec![instance(None)];
        }
        each.iter().map(|index| instance(Some(*index))).collect()
    }

    fn message(&self, word: &Word, key: &str) -> Result<Message, TemplateError> {
        let message = Message::compile(word.get_ref())
            .map_err(|error| self.bad_expression(word, key, error))?;
        let names: Vec<String> = message.variables().cloned().collect();
        self.check_names(&names, word, key)?;
        if self.raw.voi_moi.is_empty()
            && let Some(name) = names.iter().find(|name| is_at_hand(name))
        {
            let text = format!("{key} dùng `{name}` nhưng quy tắc không có voi_moi");
            return Err(self.mistake(&word.span(), text));
        }
        Ok(message)
    }

    /// Checks that every variable is a figure that one of the rule's forms can give.
    fn check_names(&self, names: &[String], word: &Word, key: &str) -> Result<(), TemplateError> {
        for name in names {
            if is_at_hand(name) || self.details.contains(name) {
                continue;
            }
            let code = ENDINGS.iter().skip(1).find_map(|ending| name.strip_suffix(ending));
            let code = code.unwrap_or(name);
            let found = self.indicators.find(code);
            if found.is_some_and(|index| self.on_forms.contains(&index)) {
                continue;
            }
            let place = position(word.get_ref(), name);
            let what = match found {
                Some(_) => format!("chỉ tiêu `{code}` không có trong biểu của quy tắc"),
                None => self.unknown_indicator(code),
            };
            return Err(self.mistake(&word.span(), format!("{key}, ký tự {place}: {what}")));
        }
        Ok(())
    }

    fn codes(&self, words: &[Word]) -> Result<Vec<IndicatorIx>, TemplateError> {
        words
            .iter()
            .map(|word| match self.indicators.find(word.get_ref()) {
                Some(index) if self.on_forms.contains(&index) => Ok(index),
                Some(_) => {
                    let code = word.get_ref();
                    let text = format!("chỉ tiêu `{code}` không có trong biểu của quy tắc");
                    Err(self.mistake(&word.span(), text))
                }
                None => Err(self.mistake(&word.span(), self.unknown_indicator(word.get_ref()))),
            })
            .collect()
    }

    fn unknown_indicator(&self, code: &str) -> String {
        let codes = self.on_forms.iter().map(|index| self.indicators.get(*index).code.as_str());
        let details = self.details.iter().map(String::as_str);
        unknown("chỉ tiêu", code, codes.chain(details))
    }

    /// Evaluates a condition with sample figures.
    fn try_out(
        &self,
        rules: &Rules,
        condition: &Expression,
        instance: &Instance,
    ) -> Result<(), TemplateError> {
        let context = rules.context();
        let count = u16::try_from(instance.facts.len()).unwrap_or(u16::MAX);
        let rising: Vec<f64> = (0..count).map(f64::from).collect();
        let falling: Vec<f64> = rising.iter().rev().copied().collect();
        for sample in [vec![0.0; rising.len()], rising, falling] {
            let values: Vec<CelDouble> = sample.into_iter().map(CelDouble::from).collect();
            if condition.truth(&context, &values).is_none() {
                let text = "điều kiện không tính được với số liệu thử".to_owned();
                return Err(self.mistake(&self.raw.dieu_kien.span(), text));
            }
        }
        Ok(())
    }

    fn bad_expression(&self, word: &Word, key: &str, error: ExpressionError) -> TemplateError {
        let message = format!("{key}, ký tự {}: {}", error.position, error.message);
        let cause = error.cause.map(|cause| Box::new(cause).into());
        self.source.mistake_because(&word.span(), &self.subject, message, cause)
    }

    fn mistake(&self, span: &Range<usize>, message: String) -> TemplateError {
        self.source.mistake(span, &self.subject, message)
    }
}

/// Returns whether a variable stands for the indicator at hand.
fn is_at_hand(name: &str) -> bool {
    name.strip_prefix('x').is_some_and(|ending| ENDINGS.contains(&ending))
}

impl RawSeverity {
    fn severity(self) -> Severity {
        match self {
            Self::TuChoi => Severity::Rejected,
            Self::Loi => Severity::Error,
            Self::CanhBao => Severity::Warning,
            Self::ThongTin => Severity::Information,
        }
    }
}

impl RawUsage {
    fn usage(self) -> Usage {
        match self {
            Self::Dung => Usage::Used,
            Self::Nghi => Usage::Doubtful,
            Self::Bo => Usage::Dropped,
        }
    }
}

impl RawMissing {
    fn missing(self) -> MissingValues {
        match self {
            Self::Skip => MissingValues::Skip,
            Self::Zero => MissingValues::Zero,
        }
    }
}

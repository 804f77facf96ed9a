//! Reads `chi-tieu.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Source, Word, first_repeated, plain, unknown};
use crate::{
    template::{
        Body, Derived, Duty, Indicator, IndicatorIx, IndicatorKind, Indicators, Ratio, Roster,
        Section, TemplateError, Term, TermStatistic, UnitIx, without_count,
    },
    text,
};

/// Ending of the value of the period before.
const PREVIOUS: &str = "_truoc";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndicators {
    phan: Vec<RawSection>,
    chi_tieu: Vec<RawIndicator>,
    #[serde(default)]
    ty_le: Vec<RawRatio>,
    #[serde(default)]
    tong: Vec<RawDerived>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    ma: String,
    ten: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndicator {
    ma: Word,
    ten: String,
    #[serde(default)]
    ten_moi: Vec<RawName>,
    ten_ngan: Option<String>,
    #[serde(default)]
    ten_khac: Vec<Word>,
    dvt: String,
    loai: RawKind,
    #[serde(default)]
    so_le: u8,
    nhom: Vec<Word>,
    #[serde(default)]
    tuy_chon: Vec<Word>,
    #[serde(default)]
    tru: Vec<Word>,
    chi_tieu_giao_cua: Option<Word>,
    muc_tai_khoan: Option<String>,
    nguon_chinh: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawName {
    tu: Word,
    ten: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRatio {
    ma: Word,
    ten: String,
    tu_so: Vec<Word>,
    mau_so: Vec<Word>,
    so_le: u8,
    #[serde(default)]
    mau_la_dan_so: bool,
    #[serde(default)]
    mau_la_chi_tieu_giao: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDerived {
    ma: Word,
    ten: String,
    dvt: String,
    loai: RawKind,
    so_hang: Vec<Word>,
}

/// How a kind of indicator is written in the templates.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::template) enum RawKind {
    PhatSinh,
    LuyKe,
    CoKhong,
}

impl RawKind {
    /// Returns the kind.
    pub(in crate::template) fn kind(self) -> IndicatorKind {
        match self {
            Self::PhatSinh => IndicatorKind::Flow,
            Self::LuyKe => IndicatorKind::Stock,
            Self::CoKhong => IndicatorKind::Tick,
        }
    }
}

/// Returns the indicators, checked against groups and units.
pub(in crate::template) fn indicators(
    source: &Source,
    body: &Body,
    roster: &Roster,
) -> Result<Indicators, TemplateError> {
    let raw: RawIndicators = source.toml()?;
    check_codes(source, &raw)?;
    check_other_names(source, &raw)?;
    let sections = raw.phan.into_iter().map(|raw| Section { code: raw.ma, name: raw.ten });
    let mut indicators = Indicators { sections: sections.collect(), ..Indicators::default() };
    for entry in &raw.chi_tieu {
        let mut indicator = entry.indicator(source, &indicators.sections)?;
        indicator.owner = entry.owner(source, roster)?;
        entry.check_references(source, body, roster)?;
        indicators.list.push(indicator);
    }
    for entry in &raw.chi_tieu {
        if let Some(target) = &entry.chi_tieu_giao_cua {
            find(source, &indicators, target, &entry.subject())?;
        }
    }
    for entry in &raw.ty_le {
        let ratio = entry.ratio(source, &indicators)?;
        indicators.ratios.push(ratio);
    }
    for entry in &raw.tong {
        let derived = entry.derived(source, &indicators)?;
        indicators.derived.push(derived);
    }
    Ok(indicators)
}

/// Returns the indicator of a code.
pub(super) fn find(
    source: &Source,
    indicators: &Indicators,
    code: &Word,
    subject: &str,
) -> Result<IndicatorIx, TemplateError> {
    indicators.find(code.get_ref()).ok_or_else(|| {
        let codes = indicators.list.iter().map(|indicator| indicator.code.as_str());
        source.mistake(&code.span(), subject, unknown("chỉ tiêu", code.get_ref(), codes))
    })
}

fn check_codes(source: &Source, raw: &RawIndicators) -> Result<(), TemplateError> {
    let ratios = raw.ty_le.iter().map(|ratio| &ratio.ma);
    let derived = raw.tong.iter().map(|derived| &derived.ma);
    let codes: Vec<&Word> =
        raw.chi_tieu.iter().map(|entry| &entry.ma).chain(ratios).chain(derived).collect();
    for code in &codes {
        let text = code.get_ref();
        let starts = text.starts_with(|first: char| first.is_ascii_uppercase());
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !(starts && plain) {
            let message = format!(
                "mã `{text}` phải bắt đầu bằng chữ in hoa không dấu và chỉ gồm chữ, chữ số"
            );
            return Err(source.mistake(&code.span(), "khóa `ma`", message));
        }
    }
    if let Some(code) = first_repeated(codes) {
        let message = format!("mã `{}` viết hai lần", code.get_ref());
        return Err(source.mistake(&code.span(), "khóa `ma`", message));
    }
    Ok(())
}

/// Checks that no other name of an indicator is a name of another one: neither would be understood.
fn check_other_names(source: &Source, raw: &RawIndicators) -> Result<(), TemplateError> {
    let key = |name: &str| {
        let folded = text::fold(name);
        without_count(&folded).map_or(folded.clone(), str::to_owned)
    };
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for entry in &raw.chi_tieu {
        let names = [&entry.ten].into_iter().chain(&entry.ten_ngan);
        owners.extend(names.map(|name| (key(name), entry.ma.get_ref().as_str())));
    }
    for entry in &raw.chi_tieu {
        for name in &entry.ten_khac {
            let code = entry.ma.get_ref().as_str();
            let owner = *owners.entry(key(name.get_ref())).or_insert(code);
            if owner != code {
                let message = format!("tên `{}` đã là của chỉ tiêu {owner}", name.get_ref());
                return Err(source.mistake(&name.span(), "khóa `ten_khac`", message));
            }
        }
    }
    Ok(())
}

impl RawIndicator {
    fn subject(&self) -> String {
        format!("chỉ tiêu {}", self.ma.get_ref())
    }

    fn indicator(&self, source: &Source, sections: &[Section]) -> Result<Indicator, TemplateError> {
        let (code, subject) = (self.ma.get_ref(), self.subject());
        let Some(section) = sections.iter().find(|section| code.starts_with(&section.code)) else {
            let message = unknown("phần của mã", code, sections.iter().map(|s| s.code.as_str()));
            return Err(source.mistake(&self.ma.span(), &subject, message));
        };
        if self.so_le > 6 {
            let message = format!("{} số lẻ là quá nhiều; tối đa 6", self.so_le);
            return Err(source.mistake(&self.ma.span(), &subject, message));
        }
        let mut names = vec![(None, self.ten.clone())];
        for name in &self.ten_moi {
            names.push((Some(source.date(&name.tu, &subject)?), name.ten.clone()));
        }
        names.sort_by_key(|(from, _)| *from);
        Ok(Indicator {
            code: code.clone(),
            section: section.code.clone(),
            names,
            short_name: self.ten_ngan.clone().unwrap_or_else(|| self.ten.clone()),
            other_names: plain(&self.ten_khac),
            unit_of_count: self.dvt.clone(),
            kind: self.loai.kind(),
            decimals: self.so_le,
            groups: plain(&self.nhom),
            not_for: plain(&self.tru),
            target_of: self.chi_tieu_giao_cua.as_ref().map(|code| code.get_ref().clone()),
            required: self.chi_tieu_giao_cua.is_none() && self.tuy_chon.len() < self.nhom.len(),
            optional_for: plain(&self.tuy_chon),
            owner: None,
            level: self.muc_tai_khoan.clone(),
        })
    }

    /// Returns the unit whose list is the main source; a figure that is assigned has none.
    fn owner(&self, source: &Source, roster: &Roster) -> Result<Option<UnitIx>, TemplateError> {
        let Some(owner) = &self.nguon_chinh else { return Ok(None) };
        let mistake = |message| Err(source.mistake(&owner.span(), &self.subject(), message));
        if self.chi_tieu_giao_cua.is_some() {
            return mistake("chỉ tiêu giao không có nguon_chinh".to_owned());
        }
        let unit = roster.find(owner.get_ref());
        let duty = unit.map(|unit| roster.get(unit).duty);
        if duty.is_none_or(|duty| duty == Duty::Structural) {
            let units = roster.units.iter().filter(|unit| unit.duty != Duty::Structural);
            let keys = units.map(|unit| unit.key.as_str());
            return mistake(unknown("đơn vị", owner.get_ref(), keys));
        }
        Ok(unit)
    }

    fn check_references(
        &self,
        source: &Source,
        body: &Body,
        roster: &Roster,
    ) -> Result<(), TemplateError> {
        let subject = self.subject();
        let keys = || body.groups.iter().map(|group| group.key.as_str());
        for group in &self.nhom {
            if keys().all(|key| key != group.get_ref()) {
                let message = unknown("nhóm", group.get_ref(), keys());
                return Err(source.mistake(&group.span(), &subject, message));
            }
        }
        for group in &self.tuy_chon {
            if self.nhom.iter().all(|known| known.get_ref() != group.get_ref()) {
                let message =
                    format!("nhóm `{}` trong tuy_chon không có trong nhom", group.get_ref());
                return Err(source.mistake(&group.span(), &subject, message));
            }
        }
        for unit in &self.tru {
            if roster.find(unit.get_ref()).is_none() {
                let keys = roster.units.iter().map(|unit| unit.key.as_str());
                let message = unknown("đơn vị", unit.get_ref(), keys);
                return Err(source.mistake(&unit.span(), &subject, message));
            }
        }
        Ok(())
    }
}

impl RawRatio {
    fn ratio(&self, source: &Source, indicators: &Indicators) -> Result<Ratio, TemplateError> {
        let subject = format!("tỷ lệ {}", self.ma.get_ref());
        let side = |codes: &[Word]| {
            codes
                .iter()
                .map(|code| find(source, indicators, code, &subject))
                .collect::<Result<Vec<_>, _>>()
        };
        let (numerator, denominator) = (side(&self.tu_so)?, side(&self.mau_so)?);
        if numerator.is_empty() || denominator.is_empty() || self.so_le > 4 {
            let message = "tu_so và mau_so phải có ít nhất một chỉ tiêu, so_le từ 0 đến 4";
            return Err(source.mistake(&self.ma.span(), &subject, message.to_owned()));
        }
        Ok(Ratio {
            code: self.ma.get_ref().clone(),
            name: self.ten.clone(),
            numerator,
            denominator,
            decimals: self.so_le,
            of_population: self.mau_la_dan_so,
            of_target: self.mau_la_chi_tieu_giao,
        })
    }
}

impl RawDerived {
    fn derived(&self, source: &Source, indicators: &Indicators) -> Result<Derived, TemplateError> {
        let subject = format!("số tính ra {}", self.ma.get_ref());
        let terms = self.so_hang.iter().map(|word| term(source, indicators, word, &subject));
        let terms = terms.collect::<Result<Vec<_>, _>>()?;
        let decimals = |term: &Term| indicators.get(term.indicator).decimals;
        if terms.is_empty() || terms.windows(2).any(|pair| decimals(&pair[0]) != decimals(&pair[1]))
        {
            let message = "so_hang phải có ít nhất một chỉ tiêu, và các chỉ tiêu cùng số lẻ";
            return Err(source.mistake(&self.ma.span(), &subject, message.to_owned()));
        }
        Ok(Derived {
            code: self.ma.get_ref().clone(),
            name: self.ten.clone(),
            unit_of_count: self.dvt.clone(),
            kind: self.loai.kind(),
            terms,
        })
    }
}

/// Returns the term of `B06`, `-B08` or `B08_truoc`.
fn term(
    source: &Source,
    indicators: &Indicators,
    word: &Word,
    subject: &str,
) -> Result<Term, TemplateError> {
    let text = word.get_ref().as_str();
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (statistic, code) = match text.strip_suffix(PREVIOUS) {
        Some(code) => (TermStatistic::Previous, code),
        None => (TermStatistic::Value, text),
    };
    let code = Word::new(word.span(), code.to_owned());
    Ok(Term { sign, indicator: find(source, indicators, &code, subject)?, statistic })
}

//! Reads `bieu-mau.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{
    Source, Word,
    details::{RawBox, RawDetail},
    first_repeated,
    indicators::{RawKind, find},
    plain,
};
use crate::template::{
    Body, ComposedHeads, Form, FormColumn, Forms, HeaderLabels, IndicatorIx, IndicatorKind,
    Indicators, Measure, Part, TemplateError,
};
use crate::text::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForms {
    tu_ngu: RawLabels,
    bieu: Vec<RawForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLabels {
    don_vi: Vec<String>,
    ma_don_vi: Vec<String>,
    ky: Vec<String>,
    lan_gui: Vec<String>,
    stt: Vec<String>,
    ma: Vec<String>,
    chi_tieu: Vec<String>,
    dvt: Vec<String>,
    ghi_chu: Vec<String>,
    tong: Vec<String>,
    ky_ten: Vec<String>,
    so_lieu_mau: Vec<String>,
    khong_phat_sinh: Vec<String>,
    khong_co_so_lieu: Vec<String>,
    khong_ap_dung: Vec<String>,
    co: Vec<String>,
    khong_danh_dau: Vec<String>,
    #[serde(default)]
    cung_don_vi_tinh: Vec<Vec<String>>,
    #[serde(default)]
    ghep_tieu_de: RawComposed,
    #[serde(default)]
    viet_tat: Vec<(String, String)>,
    #[serde(default)]
    loi_quen: Vec<String>,
    #[serde(default)]
    loi_giai_thich: Vec<String>,
}

/// Words of which heads of values are put together.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawComposed {
    #[serde(default)]
    noi_dung: Vec<String>,
    #[serde(default)]
    canh_noi_dung: Vec<String>,
    so_lieu: Vec<Word>,
    trong_ky: Vec<Word>,
    luy_ke: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForm {
    ma: Word,
    ten: String,
    tieu_de: String,
    phan: Vec<RawPart>,
    #[serde(default)]
    chi_tiet: Vec<RawDetail>,
    #[serde(default)]
    o_chu: Vec<RawBox>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPart {
    khoa: Word,
    tieu_de: Word,
    loai: RawKind,
    chi_tieu: Vec<Word>,
    cot: Vec<RawColumn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawColumn {
    loai: RawMeasure,
    ten: Vec<Word>,
    hau_to: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawMeasure {
    TrongKy,
    KyTruoc,
    LuyKeNam,
    TangGiam,
}

/// Returns the forms, checked against the indicators and the groups that fill them.
pub(in crate::template) fn forms(
    source: &Source,
    body: &Body,
    indicators: &Indicators,
) -> Result<Forms, TemplateError> {
    let raw: RawForms = source.toml()?;
    let RawComposed { trong_ky, luy_ke, .. } = &raw.tu_ngu.ghep_tieu_de;
    for time in trong_ky.iter().chain(luy_ke) {
        source.check_places(time, &["tu", "den"], "ghep_tieu_de")?;
    }
    if let Some(code) = first_repeated(raw.bieu.iter().map(|form| &form.ma)) {
        return Err(repeated(source, "biểu", code));
    }
    let mut list = Vec::new();
    for entry in &raw.bieu {
        let form = entry.form(source, indicators)?;
        check_coverage(source, &entry.ma, &form, body, indicators)?;
        list.push(form);
    }
    Ok(Forms { list, labels: raw.tu_ngu.labels() })
}

fn repeated(source: &Source, subject: &str, word: &Word) -> TemplateError {
    source.mistake(&word.span(), subject, format!("`{}` viết hai lần", word.get_ref()))
}

/// Checks that the groups of a form find on it whatever they report, and nothing else.
fn check_coverage(
    source: &Source,
    code: &Word,
    form: &Form,
    body: &Body,
    indicators: &Indicators,
) -> Result<(), TemplateError> {
    let groups: Vec<&str> = body
        .groups
        .iter()
        .filter(|group| group.form == form.code)
        .map(|group| group.key.as_str())
        .collect();
    let on_form = form.indicators(indicators);
    for index in indicators.indices() {
        let indicator = indicators.get(index);
        let reported = indicator.groups.iter().find(|group| groups.contains(&group.as_str()));
        let subject = format!("biểu {}", form.code);
        match (reported, on_form.contains(&index)) {
            (Some(group), false) if indicator.target_of.is_none() => {
                let message = format!(
                    "nhóm `{group}` phải báo cáo chỉ tiêu {} (tệp chi-tieu.toml) nhưng biểu không \
                     có dòng này",
                    indicator.code
                );
                return Err(source.mistake(&code.span(), &subject, message));
            }
            (None, true) if !groups.is_empty() => {
                let message = format!(
                    "biểu có chỉ tiêu {} nhưng tệp chi-tieu.toml không giao cho nhóm {}",
                    indicator.code,
                    groups.join(", ")
                );
                return Err(source.mistake(&code.span(), &subject, message));
            }
            _ => {}
        }
    }
    Ok(())
}

impl RawForm {
    fn form(&self, source: &Source, indicators: &Indicators) -> Result<Form, TemplateError> {
        let subject = format!("biểu {}", self.ma.get_ref());
        let keys = [
            first_repeated(self.phan.iter().map(|part| &part.khoa)),
            first_repeated(self.chi_tiet.iter().map(|detail| &detail.khoa)),
            first_repeated(self.o_chu.iter().map(|field| &field.khoa)),
            first_repeated(self.phan.iter().flat_map(|part| &part.chi_tieu)),
        ];
        if let Some(word) = keys.into_iter().flatten().next() {
            return Err(repeated(source, &subject, word));
        }
        let parts = self.phan.iter().map(|part| part.part(source, indicators, &subject));
        let details = self.chi_tiet.iter().map(|table| table.table(source, indicators, &subject));
        let boxes = self.o_chu.iter().map(RawBox::field);
        Ok(Form {
            code: self.ma.get_ref().clone(),
            name: self.ten.clone(),
            title: self.tieu_de.clone(),
            parts: parts.collect::<Result<_, _>>()?,
            details: details.collect::<Result<_, _>>()?,
            boxes: boxes.collect(),
        })
    }
}

impl RawPart {
    fn part(
        &self,
        source: &Source,
        indicators: &Indicators,
        form: &str,
    ) -> Result<Part, TemplateError> {
        let subject = format!("{form}, phần {}", self.khoa.get_ref());
        let kind = self.loai.kind();
        self.check_titles(source, &subject)?;
        let rows = self.rows(source, indicators, &subject)?;
        for suffix in self.cot.iter().filter_map(|column| column.hau_to.as_ref()) {
            for code in &self.chi_tieu {
                let suffixed = Word::new(code.span(), format!("{}{suffix}", code.get_ref()));
                find(source, indicators, &suffixed, &subject)?;
            }
        }
        let own_value = |column: &RawColumn| {
            matches!(column.loai, RawMeasure::TrongKy) && column.hau_to.is_none()
        };
        if self.cot.iter().filter(|column| own_value(column)).count() != 1 {
            let message = "phần phải có đúng một cột trong_ky không có hau_to";
            return Err(source.mistake(&self.khoa.span(), &subject, message.to_owned()));
        }
        let columns = self.cot.iter().map(RawColumn::column).collect();
        Ok(Part {
            key: self.khoa.get_ref().clone(),
            title: self.tieu_de.get_ref().clone(),
            kind,
            indicators: rows,
            columns,
        })
    }
}

impl RawPart {
    /// Returns the indicators of the rows.
    fn rows(
        &self,
        source: &Source,
        indicators: &Indicators,
        subject: &str,
    ) -> Result<Vec<IndicatorIx>, TemplateError> {
        let (kind, mut rows, mut names) = (self.loai.kind(), Vec::new(), BTreeSet::new());
        for code in &self.chi_tieu {
            let index = find(source, indicators, code, subject)?;
            let indicator = indicators.get(index);
            let message = if indicator.target_of.is_some() {
                "là số được giao (tệp chi-tieu-giao.csv), đơn vị không tự ghi".to_owned()
            } else if indicator.kind != kind {
                let (own, part) = (kind_name(indicator.kind), kind_name(kind));
                format!("là {own}, không đặt được trong phần {part}")
            } else if !indicator.names.iter().all(|(_, name)| names.insert(fold(name))) {
                "có tên trùng với một chỉ tiêu khác của phần".to_owned()
            } else {
                rows.push(index);
                continue;
            };
            let message = format!("chỉ tiêu {} {message}", indicator.code);
            return Err(source.mistake(&code.span(), subject, message));
        }
        Ok(rows)
    }

    fn check_titles(&self, source: &Source, subject: &str) -> Result<(), TemplateError> {
        source.check_places(&self.tieu_de, &["tu", "den"], subject)?;
        for title in self.cot.iter().flat_map(|column| &column.ten) {
            source.check_places(title, &["tu", "den", "den_truoc", "dau_nam"], subject)?;
        }
        Ok(())
    }
}

impl RawColumn {
    fn column(&self) -> FormColumn {
        let measure = match self.loai {
            RawMeasure::TrongKy => Measure::Value,
            RawMeasure::KyTruoc => Measure::Previous,
            RawMeasure::LuyKeNam => Measure::YearToDate,
            RawMeasure::TangGiam => Measure::Change,
        };
        FormColumn { measure, titles: plain(&self.ten), suffix: self.hau_to.clone() }
    }
}

impl RawLabels {
    fn labels(self) -> HeaderLabels {
        HeaderLabels {
            unit: self.don_vi,
            unit_code: self.ma_don_vi,
            period: self.ky,
            submission: self.lan_gui,
            ordinal: self.stt,
            code: self.ma,
            indicator: self.chi_tieu,
            unit_of_count: self.dvt,
            note: self.ghi_chu,
            total: self.tong,
            sign_off: self.ky_ten,
            sample_mark: self.so_lieu_mau,
            nothing: self.khong_phat_sinh,
            not_available: self.khong_co_so_lieu,
            not_applicable: self.khong_ap_dung,
            yes: self.co,
            no: self.khong_danh_dau,
            same_units: self.cung_don_vi_tinh,
            composed: ComposedHeads {
                names: self.ghep_tieu_de.noi_dung,
                beside_names: self.ghep_tieu_de.canh_noi_dung,
                figures: plain(&self.ghep_tieu_de.so_lieu),
                of_period: plain(&self.ghep_tieu_de.trong_ky),
                of_stock: plain(&self.ghep_tieu_de.luy_ke),
            },
            abbreviations: self.viet_tat,
            familiar: self.loi_quen,
            reasons: self.loi_giai_thich,
        }
    }
}

fn kind_name(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::Flow => "số phát sinh",
        IndicatorKind::Stock => "số lũy kế",
        IndicatorKind::Tick => "đánh dấu có/không",
    }
}

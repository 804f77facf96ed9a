//! Reads `phu-luc.toml`.

use std::{collections::BTreeMap, ops::Range};

use serde::{Deserialize, de::IgnoredAny};
use toml::Spanned;

use super::{Source, Word, plain, unknown};
use crate::template::{
    Annex, AnnexColumn, AnnexTable, Body, ColumnContent, DetailTable, Forms, Indicators, RowSource,
    TemplateError,
};

/// Statistics as written in the templates and as named by the figures table.
const STATISTICS: [(&str, &str); 19] = [
    ("ky_nay", "value"),
    ("ky_truoc", "previous"),
    ("tang_giam", "change"),
    ("tang_giam_pt", "change_percent"),
    ("so_sanh_duoc", "like_for_like"),
    ("so_sanh_duoc_truoc", "previous_like_for_like"),
    ("luy_ke_nam", "ytd"),
    ("ty_le", "ratio"),
    ("ty_le_truoc", "previous_ratio"),
    ("tu_so", "ratio_numerator"),
    ("mau_so", "ratio_denominator"),
    ("diem_phan_tram", "point_change"),
    ("giao", "target"),
    ("ty_le_giao", "target_ratio"),
    ("con_thieu", "remaining"),
    ("xep_thu", "rank"),
    ("so_don_vi_dat", "target_reached"),
    ("so_don_vi", "reported"),
    ("tong_don_vi", "expected"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnnexes {
    #[serde(default)]
    phu_luc: Vec<RawAnnex>,
    /// Read by `charts`.
    #[serde(rename = "bieu_do")]
    _charts: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnnex {
    ten: Vec<Word>,
    trang_tinh: String,
    kho_ngang: bool,
    bang: Vec<RawTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    ten: Option<String>,
    dong: Spanned<RawRows>,
    dong_tong: Option<String>,
    cot: Vec<Spanned<RawColumn>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRows {
    loai: RawRowKind,
    nhom: Option<Word>,
    #[serde(default)]
    theo_khoi: bool,
    #[serde(default)]
    chi_tieu: Vec<Word>,
    bang: Option<Word>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawRowKind {
    DonVi,
    ChiTieu,
    ChiTiet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawColumn {
    tieu_de: Vec<String>,
    loai: RawContent,
    ma: Option<Word>,
    thong_ke: Option<Word>,
    hau_to: Option<Word>,
    cot: Option<Word>,
    theo_dong: Option<BTreeMap<String, Word>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawContent {
    Stt,
    Ten,
    Dvt,
    So,
    SoDong,
    ChiTiet,
    Chu,
    SoTheoDong,
    GhiChu,
}

/// What the annexes may refer to.
pub(in crate::template) struct Known<'a> {
    pub(in crate::template) body: &'a Body,
    pub(in crate::template) indicators: &'a Indicators,
    pub(in crate::template) forms: &'a Forms,
}

/// Returns the annexes, checked against groups, indicators and forms.
pub(in crate::template) fn annexes(
    source: &Source,
    known: &Known<'_>,
) -> Result<Vec<Annex>, TemplateError> {
    let raw: RawAnnexes = source.toml()?;
    raw.phu_luc
        .into_iter()
        .map(|annex| {
            let reader =
                Reader { source, known, subject: format!("phụ lục `{}`", annex.trang_tinh) };
            for line in &annex.ten {
                source.check_places(line, &["ky", "den"], &reader.subject)?;
            }
            let tables = annex.bang.into_iter().map(|table| reader.table(table));
            Ok(Annex {
                title: plain(&annex.ten),
                landscape: annex.kho_ngang,
                tables: tables.collect::<Result<_, _>>()?,
                sheet: annex.trang_tinh,
            })
        })
        .collect()
}

/// Checks what an annex or a chart names.
pub(super) struct Reader<'a> {
    /// The file.
    pub(super) source: &'a Source,
    /// What it may refer to.
    pub(super) known: &'a Known<'a>,
    /// Names the annex or the chart in messages.
    pub(super) subject: String,
}

impl Reader<'_> {
    fn table(&self, raw: RawTable) -> Result<AnnexTable, TemplateError> {
        let rows = self.rows(&raw.dong)?;
        let columns = raw.cot.into_iter().map(|column| self.column(column, &rows));
        Ok(AnnexTable {
            caption: raw.ten,
            columns: columns.collect::<Result<_, _>>()?,
            rows,
            total: raw.dong_tong,
        })
    }

    fn rows(&self, raw: &Spanned<RawRows>) -> Result<RowSource, TemplateError> {
        let (span, rows) = (raw.span(), raw.get_ref());
        let group = rows.nhom.as_ref().map(|group| self.group(group)).transpose()?;
        match rows.loai {
            RawRowKind::DonVi => Ok(RowSource::Units {
                group: self.given(group, &span, "nhom")?,
                by_block: rows.theo_khoi,
            }),
            RawRowKind::ChiTieu => {
                for code in &rows.chi_tieu {
                    self.indicator(code, "")?;
                }
                let codes = rows.chi_tieu.iter().map(|code| code.get_ref().clone()).collect();
                Ok(RowSource::Indicators { codes, group })
            }
            RawRowKind::ChiTiet => {
                let group = self.given(group, &span, "nhom")?;
                let table = self.given(rows.bang.clone(), &span, "bang")?;
                self.detail_table(&group, table.get_ref()).ok_or_else(|| {
                    let message = unknown("bảng chi tiết", table.get_ref(), self.details(&group));
                    self.mistake(&table.span(), message)
                })?;
                Ok(RowSource::Details { group, table: table.get_ref().clone() })
            }
        }
    }

    fn column(
        &self,
        raw: Spanned<RawColumn>,
        rows: &RowSource,
    ) -> Result<AnnexColumn, TemplateError> {
        let span = raw.span();
        let raw = raw.into_inner();
        let content = match raw.loai {
            RawContent::Stt => ColumnContent::Ordinal,
            RawContent::Ten => ColumnContent::Name,
            RawContent::Dvt => ColumnContent::UnitOfCount,
            RawContent::GhiChu => ColumnContent::Note,
            RawContent::So => {
                let code = self.given(raw.ma, &span, "ma")?;
                self.subject_of_figure(&code)?;
                let statistic = self.statistic(raw.thong_ke, &span)?;
                ColumnContent::Figure { code: code.into_inner(), statistic }
            }
            RawContent::SoDong => {
                let suffix = raw.hau_to.map(Spanned::into_inner);
                for code in self.codes(rows, &span)? {
                    let code = Word::new(span.clone(), code.clone());
                    self.indicator(&code, suffix.as_deref().unwrap_or_default())?;
                }
                ColumnContent::RowFigure { suffix, statistic: self.statistic(raw.thong_ke, &span)? }
            }
            RawContent::ChiTiet => {
                let column = self.given(raw.cot, &span, "cot")?;
                self.detail_column(rows, &column)?;
                ColumnContent::Detail { column: column.into_inner() }
            }
            RawContent::Chu => {
                let by_code = self.by_code(raw.theo_dong, rows, &span)?;
                let words = by_code.into_iter().map(|(code, word)| (code, word.into_inner()));
                ColumnContent::Word { by_code: words.collect() }
            }
            RawContent::SoTheoDong => {
                let by_code = self.by_code(raw.theo_dong, rows, &span)?;
                for code in by_code.values() {
                    self.subject_of_figure(code)?;
                }
                let codes = by_code.into_iter().map(|(code, word)| (code, word.into_inner()));
                ColumnContent::FigureByRow {
                    by_code: codes.collect(),
                    statistic: self.statistic(raw.thong_ke, &span)?,
                }
            }
        };
        if raw.tieu_de.is_empty() {
            return Err(self.mistake(&span, "cột phải có tieu_de".to_owned()));
        }
        Ok(AnnexColumn { head: raw.tieu_de, content })
    }

    fn by_code(
        &self,
        by_code: Option<BTreeMap<String, Word>>,
        rows: &RowSource,
        span: &Range<usize>,
    ) -> Result<BTreeMap<String, Word>, TemplateError> {
        let by_code = self.given(by_code, span, "theo_dong")?;
        let codes = self.codes(rows, span)?;
        if let Some((wrong, word)) = by_code.iter().find(|(code, _)| !codes.contains(code)) {
            let message = unknown("dòng", wrong, codes.iter().map(String::as_str));
            return Err(self.mistake(&word.span(), message));
        }
        Ok(by_code)
    }

    /// Returns the codes of a table whose rows are indicators.
    fn codes<'r>(
        &self,
        rows: &'r RowSource,
        span: &Range<usize>,
    ) -> Result<&'r [String], TemplateError> {
        match rows {
            RowSource::Indicators { codes, .. } => Ok(codes),
            RowSource::Units { .. } | RowSource::Details { .. } => {
                let message = "loại cột này chỉ dùng trong bảng có dòng là chỉ tiêu";
                Err(self.mistake(span, message.to_owned()))
            }
        }
    }

    pub(super) fn statistic(
        &self,
        word: Option<Word>,
        span: &Range<usize>,
    ) -> Result<String, TemplateError> {
        let word = self.given(word, span, "thong_ke")?;
        let known = STATISTICS.iter().find(|(name, _)| name == word.get_ref());
        known.map(|(_, statistic)| (*statistic).to_owned()).ok_or_else(|| {
            let names = STATISTICS.iter().map(|(name, _)| *name);
            self.mistake(&word.span(), unknown("thống kê", word.get_ref(), names))
        })
    }

    pub(super) fn group(&self, group: &Word) -> Result<String, TemplateError> {
        let keys = || self.known.body.groups.iter().map(|group| group.key.as_str());
        if keys().any(|key| key == group.get_ref()) {
            return Ok(group.get_ref().clone());
        }
        Err(self.mistake(&group.span(), unknown("nhóm", group.get_ref(), keys())))
    }

    pub(super) fn indicator(&self, code: &Word, suffix: &str) -> Result<(), TemplateError> {
        let full = format!("{}{suffix}", code.get_ref());
        if self.known.indicators.find(&full).is_some() {
            return Ok(());
        }
        let codes = self.known.indicators.list.iter().map(|indicator| indicator.code.as_str());
        Err(self.mistake(&code.span(), unknown("chỉ tiêu", &full, codes)))
    }

    pub(super) fn subject_of_figure(&self, code: &Word) -> Result<(), TemplateError> {
        let indicators = self.known.indicators;
        let ratios = indicators.ratios.iter().map(|ratio| ratio.code.as_str());
        let derived = indicators.derived.iter().map(|derived| derived.code.as_str());
        let list = indicators.list.iter().map(|indicator| indicator.code.as_str());
        let codes: Vec<&str> = list.chain(ratios).chain(derived).collect();
        if codes.contains(&code.get_ref().as_str()) {
            return Ok(());
        }
        Err(self.mistake(&code.span(), unknown("chỉ tiêu", code.get_ref(), codes)))
    }

    fn details(&self, group: &str) -> impl Iterator<Item = &str> {
        let group = self.known.body.groups.iter().find(|known| known.key == group);
        let form = group.and_then(|group| self.known.forms.find(&group.form));
        form.into_iter().flat_map(|form| form.details.iter().map(|table| table.key.as_str()))
    }

    fn detail_table(&self, group: &str, table: &str) -> Option<&DetailTable> {
        let group = self.known.body.groups.iter().find(|known| known.key == group)?;
        let form = self.known.forms.find(&group.form)?;
        form.details.iter().find(|known| known.key == table)
    }

    fn detail_column(&self, rows: &RowSource, column: &Word) -> Result<(), TemplateError> {
        let table = match rows {
            RowSource::Details { group, table } => self.detail_table(group, table),
            RowSource::Units { .. } | RowSource::Indicators { .. } => None,
        };
        let keys = table.into_iter().flat_map(|table| &table.columns);
        let keys: Vec<&str> = keys.map(|column| column.key.as_str()).collect();
        if keys.contains(&column.get_ref().as_str()) {
            return Ok(());
        }
        Err(self.mistake(&column.span(), unknown("cột chi tiết", column.get_ref(), keys)))
    }

    pub(super) fn given<T>(
        &self,
        value: Option<T>,
        span: &Range<usize>,
        key: &str,
    ) -> Result<T, TemplateError> {
        value.ok_or_else(|| self.mistake(span, format!("thiếu khóa `{key}`")))
    }

    pub(super) fn mistake(&self, span: &Range<usize>, message: String) -> TemplateError {
        self.source.mistake(span, &self.subject, message)
    }
}

//! Reads `[bieu_do]` of `phu-luc.toml`.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{
    Source, Word,
    annexes::{Known, Reader},
    plain,
};
use crate::template::{
    ChartContent, ChartPlace, ChartTemplate, Charts, FigureName, FunnelStage, NamedCode,
    NamedFigure, NamedStatistic, TemplateError,
};

/// Months of a line when the template does not say.
const MONTHS: u8 = 12;

#[derive(Deserialize)]
struct RawFile {
    bieu_do: Option<RawCharts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCharts {
    ten: Vec<Word>,
    trang_tinh: String,
    vi_tri: RawPlace,
    #[serde(default)]
    hinh: Vec<Spanned<RawChart>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawPlace {
    PhuLuc,
    TrongBaoCao,
    Khong,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChart {
    khoa: Word,
    ten: Word,
    loai: RawKind,
    nhom: Option<Word>,
    thanh: Option<Vec<RawFigure>>,
    moc: Option<RawFigure>,
    xep_theo: Option<RawFigure>,
    #[serde(default)]
    ghi_ben: Vec<RawFigure>,
    buoc: Option<Vec<RawStage>>,
    duong: Option<Vec<RawLine>>,
    so_thang: Option<Spanned<u8>>,
    chi_tieu: Option<Vec<Word>>,
    hau_to: Option<Word>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawKind {
    DonVi,
    Pheu,
    Thang,
    ChiTieu,
}

/// A figure; `ma` is left out where the code is that of the row.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFigure {
    ten: Option<String>,
    ma: Option<Word>,
    thong_ke: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStage {
    ten: String,
    ma: Word,
    thong_ke: Word,
    ty_le: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    ten: String,
    ma: Word,
}

/// Returns the charts, checked against groups and indicators; none without `[bieu_do]`.
pub(in crate::template) fn charts(
    source: &Source,
    known: &Known<'_>,
) -> Result<Charts, TemplateError> {
    let raw: RawFile = source.toml()?;
    let Some(raw) = raw.bieu_do else { return Ok(Charts::default()) };
    for line in &raw.ten {
        source.check_places(line, &["ky", "den"], "biểu đồ, khóa `ten`")?;
    }
    let mut list: Vec<ChartTemplate> = Vec::new();
    for chart in raw.hinh {
        let key = chart.get_ref().khoa.clone();
        let subject = format!("biểu đồ `{}`", key.get_ref());
        let reader = Reader { source, known, subject };
        if list.iter().any(|known| known.key == *key.get_ref()) {
            let message = format!("khóa `{}` đã dùng cho biểu đồ khác", key.get_ref());
            return Err(reader.mistake(&key.span(), message));
        }
        list.push(chart_template(&reader, chart)?);
    }
    Ok(Charts {
        title: plain(&raw.ten),
        sheet: raw.trang_tinh,
        place: match raw.vi_tri {
            RawPlace::PhuLuc => ChartPlace::Annex,
            RawPlace::TrongBaoCao => ChartPlace::Body,
            RawPlace::Khong => ChartPlace::Nowhere,
        },
        list,
    })
}

fn chart_template(
    reader: &Reader<'_>,
    raw: Spanned<RawChart>,
) -> Result<ChartTemplate, TemplateError> {
    let span = raw.span();
    let raw = raw.into_inner();
    reader.source.check_places(&raw.ten, &["ky", "den"], &reader.subject)?;
    let (key, title) = (raw.khoa.get_ref().clone(), raw.ten.get_ref().clone());
    let group = raw.nhom.as_ref().map(|group| reader.group(group)).transpose()?;
    let content = match raw.loai {
        RawKind::DonVi => ChartContent::Units {
            group: reader.given(group, &span, "nhom")?,
            bars: only(reader, raw.thanh, &span)?,
            target: raw.moc.map(|mark| named(reader, mark, &span)).transpose()?,
            order: raw.xep_theo.map(|order| figure(reader, order, &span)).transpose()?,
            beside: raw
                .ghi_ben
                .into_iter()
                .map(|beside| named(reader, beside, &span))
                .collect::<Result<_, _>>()?,
        },
        RawKind::Pheu => {
            let stages = filled(reader, raw.buoc, &span, "buoc")?;
            let stages = stages.into_iter().map(|raw| stage(reader, raw, &span));
            ChartContent::Funnel { group, stages: stages.collect::<Result<_, _>>()? }
        }
        RawKind::Thang => {
            let lines = filled(reader, raw.duong, &span, "duong")?;
            let lines = lines.into_iter().map(|line| {
                reader.subject_of_figure(&line.ma)?;
                Ok(NamedCode { name: line.ten, code: line.ma.into_inner() })
            });
            ChartContent::Months {
                group,
                lines: lines.collect::<Result<_, _>>()?,
                months: months(reader, raw.so_thang)?,
            }
        }
        RawKind::ChiTieu => indicators(reader, group, raw, &span)?,
    };
    Ok(ChartTemplate { key, title, content })
}

fn indicators(
    reader: &Reader<'_>,
    group: Option<String>,
    raw: RawChart,
    span: &Range<usize>,
) -> Result<ChartContent, TemplateError> {
    let suffix = raw.hau_to.map(Spanned::into_inner).unwrap_or_default();
    let codes = filled(reader, raw.chi_tieu, span, "chi_tieu")?;
    for code in &codes {
        reader.indicator(code, "")?;
        reader.indicator(code, &suffix)?;
    }
    let bars = filled(reader, raw.thanh, span, "thanh")?.into_iter().map(|bar| {
        let name = reader.given(bar.ten, span, "ten")?;
        Ok(NamedStatistic { name, statistic: reader.statistic(Some(bar.thong_ke), span)? })
    });
    Ok(ChartContent::Indicators {
        group,
        codes: codes.into_iter().map(Spanned::into_inner).collect(),
        suffix,
        bars: bars.collect::<Result<_, _>>()?,
    })
}

fn months(reader: &Reader<'_>, months: Option<Spanned<u8>>) -> Result<u8, TemplateError> {
    let Some(months) = months else { return Ok(MONTHS) };
    if (2..=MONTHS).contains(months.get_ref()) {
        return Ok(months.into_inner());
    }
    let message = format!("`so_thang` từ 2 đến {MONTHS}, không phải {}", months.get_ref());
    Err(reader.mistake(&months.span(), message))
}

fn stage(
    reader: &Reader<'_>,
    raw: RawStage,
    span: &Range<usize>,
) -> Result<FunnelStage, TemplateError> {
    let share = raw.ty_le.map(|code| {
        reader.subject_of_figure(&code)?;
        Ok(FigureName { code: code.into_inner(), statistic: "ratio".to_owned() })
    });
    let size = RawFigure { ten: Some(raw.ten), ma: Some(raw.ma), thong_ke: raw.thong_ke };
    Ok(FunnelStage { size: named(reader, size, span)?, share: share.transpose()? })
}

/// Returns the only entry of `thanh` of a chart of units.
fn only(
    reader: &Reader<'_>,
    bars: Option<Vec<RawFigure>>,
    span: &Range<usize>,
) -> Result<NamedFigure, TemplateError> {
    let mut bars = filled(reader, bars, span, "thanh")?;
    if let (Some(bar), true) = (bars.pop(), bars.is_empty()) {
        return named(reader, bar, span);
    }
    let message = "biểu đồ các đơn vị chỉ có một loại thanh trong `thanh`";
    Err(reader.mistake(span, message.to_owned()))
}

fn named(
    reader: &Reader<'_>,
    mut raw: RawFigure,
    span: &Range<usize>,
) -> Result<NamedFigure, TemplateError> {
    let name = reader.given(raw.ten.take(), span, "ten")?;
    Ok(NamedFigure { name, figure: figure(reader, raw, span)? })
}

fn figure(
    reader: &Reader<'_>,
    raw: RawFigure,
    span: &Range<usize>,
) -> Result<FigureName, TemplateError> {
    let code = reader.given(raw.ma, span, "ma")?;
    reader.subject_of_figure(&code)?;
    let statistic = reader.statistic(Some(raw.thong_ke), span)?;
    Ok(FigureName { code: code.into_inner(), statistic })
}

/// Returns a list that must be there and not empty.
fn filled<T>(
    reader: &Reader<'_>,
    list: Option<Vec<T>>,
    span: &Range<usize>,
    key: &str,
) -> Result<Vec<T>, TemplateError> {
    reader.given(list.filter(|list| !list.is_empty()), span, key)
}

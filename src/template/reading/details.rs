//! Reads the detail tables and the boxes of `bieu-mau.toml`.

use serde::Deserialize;

use super::{Source, Word, first_repeated, indicators::find, unknown};
use crate::template::{
    BoxField, BoxKind, DetailColumn, DetailKind, DetailTable, IndicatorIx, Indicators,
    TemplateError,
};

/// Rows of a detail table in a form that is given out, when nothing else is said, and at most.
const ROWS: u32 = 20;
const MOST_ROWS: u32 = 500;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDetail {
    pub(super) khoa: Word,
    ten: Vec<String>,
    trang_tinh: String,
    so_dong: Option<toml::Spanned<u32>>,
    #[serde(default)]
    ghi_san: Vec<Word>,
    cot: Vec<RawDetailColumn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDetailColumn {
    khoa: Word,
    ten: Vec<String>,
    loai: RawDetailKind,
    cong_vao: Option<Word>,
    khong_qua: Option<Word>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawDetailKind {
    Chu,
    So,
    Ngay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBox {
    pub(super) khoa: Word,
    nhan: Vec<String>,
    #[serde(default)]
    kieu: RawBoxKind,
    #[serde(default)]
    ghi_san: bool,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawBoxKind {
    #[default]
    Doan,
    Dong,
    Ngay,
}

impl RawDetail {
    pub(super) fn table(
        &self,
        source: &Source,
        indicators: &Indicators,
        form: &str,
    ) -> Result<DetailTable, TemplateError> {
        let subject = format!("{form}, bảng chi tiết `{}`", self.khoa.get_ref());
        let is_name = |text: &str| {
            text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && !text.is_empty()
        };
        if !is_name(self.khoa.get_ref()) {
            let message = "khóa của bảng chi tiết chỉ được gồm chữ thường không dấu và dấu _";
            return Err(source.mistake(&self.khoa.span(), &subject, message.to_owned()));
        }
        if let Some(key) = first_repeated(self.cot.iter().map(|column| &column.khoa)) {
            let message = format!("`{}` viết hai lần", key.get_ref());
            return Err(source.mistake(&key.span(), &subject, message));
        }
        if let Some(rows) =
            self.so_dong.as_ref().filter(|rows| !(1..=MOST_ROWS).contains(rows.get_ref()))
        {
            let message = format!("so_dong phải từ 1 đến {MOST_ROWS}");
            return Err(source.mistake(&rows.span(), &subject, message));
        }
        for key in &self.ghi_san {
            if !self.cot.iter().any(|column| column.khoa.get_ref() == key.get_ref()) {
                let keys = self.cot.iter().map(|column| column.khoa.get_ref().as_str());
                let message = unknown("cột", key.get_ref(), keys);
                return Err(source.mistake(&key.span(), &subject, message));
            }
        }
        let columns = self.cot.iter().map(|column| column.column(source, indicators, &subject));
        Ok(DetailTable {
            key: self.khoa.get_ref().clone(),
            titles: self.ten.clone(),
            sheet: self.trang_tinh.clone(),
            columns: columns.collect::<Result<_, _>>()?,
            rows: self.so_dong.as_ref().map_or(ROWS, |rows| *rows.get_ref()),
            kept: self.ghi_san.iter().map(|key| key.get_ref().clone()).collect(),
        })
    }
}

impl RawDetailColumn {
    fn column(
        &self,
        source: &Source,
        indicators: &Indicators,
        subject: &str,
    ) -> Result<DetailColumn, TemplateError> {
        let index = |code: &Option<Word>| -> Result<Option<IndicatorIx>, TemplateError> {
            code.as_ref().map(|code| find(source, indicators, code, subject)).transpose()
        };
        let kind = match self.loai {
            RawDetailKind::Chu => DetailKind::Text,
            RawDetailKind::So => DetailKind::Number,
            RawDetailKind::Ngay => DetailKind::Date,
        };
        let compared = self.cong_vao.as_ref().or(self.khong_qua.as_ref());
        if let Some(code) = compared.filter(|_| kind != DetailKind::Number) {
            let message = format!(
                "cột `{}` không phải là số nên không so được với chỉ tiêu {}",
                self.khoa.get_ref(),
                code.get_ref()
            );
            return Err(source.mistake(&code.span(), subject, message));
        }
        Ok(DetailColumn {
            key: self.khoa.get_ref().clone(),
            titles: self.ten.clone(),
            kind,
            sums_to: index(&self.cong_vao)?,
            at_most: index(&self.khong_qua)?,
        })
    }
}

impl RawBox {
    pub(super) fn field(&self) -> BoxField {
        BoxField {
            key: self.khoa.get_ref().clone(),
            labels: self.nhan.clone(),
            kind: match self.kieu {
                RawBoxKind::Doan => BoxKind::Paragraph,
                RawBoxKind::Dong => BoxKind::Line,
                RawBoxKind::Ngay => BoxKind::Date,
            },
            is_kept: self.ghi_san,
        }
    }
}

//! Reads `anh-xa/*.toml`: accepted mappings, checked against forms and indicators. What is unknown,
//! contradictory or without a place in its table is a mistake with file, line and key.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Source, Word, not_a_date, parse_date, plain, unknown};
use crate::{
    template::{
        ColumnMeaning, Forms, Indicators, LayoutMapping, MAPPINGS, MappedColumn, MappedRow,
        MappedTable, TemplateError,
    },
    text,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMapping {
    ngay_duyet: Option<Word>,
    #[serde(default)]
    nguoi_duyet: String,
    #[serde(default)]
    tep_nguon: String,
    #[serde(default)]
    sha256: String,
    bang: Vec<RawTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    #[serde(default)]
    trang_tinh: String,
    tieu_de_cot: Spanned<Vec<Word>>,
    chu_cac_dong: Vec<Word>,
    #[serde(default)]
    cot: Vec<RawColumn>,
    #[serde(default)]
    dong: Vec<RawRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawColumn {
    tieu_de: Word,
    hieu_la: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    chu: Word,
    lan: Option<Word>,
    chi_tieu: Word,
}

/// Codes of rows that a form asks for, as the templates write them.
struct Known {
    codes: Vec<String>,
}

/// Returns the accepted mappings of the files below `anh-xa/`, by name.
pub(in crate::template) fn mappings(
    files: &BTreeMap<String, Vec<u8>>,
    forms: &Forms,
    indicators: &Indicators,
) -> Result<Vec<LayoutMapping>, TemplateError> {
    let parts = forms.list.iter().flat_map(|form| &form.parts);
    let mut codes: Vec<String> = parts
        .flat_map(|part| &part.indicators)
        .map(|index| indicators.get(*index).code.clone())
        .collect();
    codes.sort();
    codes.dedup();
    let known = Known { codes };
    let mut list: Vec<LayoutMapping> = Vec::new();
    for file in files.keys().filter(|file| file.starts_with(MAPPINGS)) {
        let source = Source::required(files, file)?;
        let raw: RawMapping = source.toml()?;
        let mapping = raw.mapping(file, &source, &known)?;
        for (table, raw) in mapping.tables.iter().zip(&raw.bang) {
            check_single(table, raw, &source, &list)?;
        }
        list.push(mapping);
    }
    Ok(list)
}

/// Checks that no earlier file has a table of the same heads and rows.
fn check_single(
    table: &MappedTable,
    raw: &RawTable,
    source: &Source,
    earlier: &[LayoutMapping],
) -> Result<(), TemplateError> {
    let shape = table.shape();
    let same = |known: &&LayoutMapping| known.tables.iter().any(|known| known.shape() == shape);
    let Some(other) = earlier.iter().find(same) else { return Ok(()) };
    let message = format!(
        "bảng này đã có ánh xạ ở templates/{}; mỗi cách trình bày chỉ có một ánh xạ, đề nghị xóa một \
         trong hai tệp",
        other.file
    );
    Err(source.mistake(&raw.tieu_de_cot.span(), "khóa `tieu_de_cot`", message))
}

impl RawMapping {
    fn mapping(
        &self,
        file: &str,
        source: &Source,
        known: &Known,
    ) -> Result<LayoutMapping, TemplateError> {
        if let Some(day) = &self.ngay_duyet
            && parse_date(day.get_ref()).is_none()
        {
            let message = not_a_date(day.get_ref());
            return Err(source.mistake(&day.span(), "khóa `ngay_duyet`", message));
        }
        let tables = self.bang.iter().map(|table| table.table(source, known));
        let day = self.ngay_duyet.as_ref().map(|day| day.get_ref().clone());
        Ok(LayoutMapping {
            file: file.to_owned(),
            accepted_on: day.unwrap_or_default(),
            accepted_by: self.nguoi_duyet.clone(),
            source: self.tep_nguon.clone(),
            sha256: self.sha256.clone(),
            tables: tables.collect::<Result<_, _>>()?,
        })
    }
}

impl RawTable {
    fn table(&self, source: &Source, known: &Known) -> Result<MappedTable, TemplateError> {
        if self.tieu_de_cot.get_ref().is_empty() {
            let message = "phải có ít nhất một tiêu đề cột để nhận ra bảng".to_owned();
            return Err(source.mistake(&self.tieu_de_cot.span(), "khóa `tieu_de_cot`", message));
        }
        let mut table = MappedTable {
            sheet: self.trang_tinh.clone(),
            heads: plain(self.tieu_de_cot.get_ref()),
            rows: plain(&self.chu_cac_dong),
            columns: Vec::new(),
            entries: Vec::new(),
        };
        for raw in &self.cot {
            let column = raw.column(source, &table)?;
            table.columns.push(column);
        }
        for raw in &self.dong {
            let row = raw.row(source, known, &table)?;
            table.entries.push(row);
        }
        Ok(table)
    }
}

/// Returns how many of some words are these, as they are compared.
fn count(list: &[String], words: &str) -> usize {
    let words = text::undated(words);
    list.iter().filter(|word| text::undated(word) == words).count()
}

impl RawColumn {
    fn column(&self, source: &Source, table: &MappedTable) -> Result<MappedColumn, TemplateError> {
        let head = self.tieu_de.get_ref().clone();
        let subject = format!("cột `{head}`");
        let mistake = |word: &Word, message| source.mistake(&word.span(), &subject, message);
        match count(&table.heads, &head) {
            1 => {}
            0 => {
                let message = "không có trong `tieu_de_cot` của bảng".to_owned();
                return Err(mistake(&self.tieu_de, message));
            }
            _ => {
                let message =
                    "bảng có hai cột cùng tiêu đề này nên không phân biệt được".to_owned();
                return Err(mistake(&self.tieu_de, message));
            }
        }
        let key = self.hieu_la.get_ref();
        let meaning = ColumnMeaning::of_key(key).ok_or_else(|| {
            let allowed = ColumnMeaning::ALL.into_iter().map(ColumnMeaning::key);
            mistake(&self.hieu_la, unknown("loại cột", key, allowed))
        })?;
        let same_head = |known: &&MappedColumn| count(std::slice::from_ref(&known.head), &head) > 0;
        if table.columns.iter().any(|known| same_head(&known)) {
            return Err(mistake(&self.tieu_de, "cột này viết hai lần".to_owned()));
        }
        let other = table.columns.iter().find(|known| known.meaning.contradicts(meaning));
        if let Some(other) = other {
            let message =
                format!("mâu thuẫn với cột `{}` đã hiểu là {}", other.head, other.meaning.key());
            return Err(mistake(&self.hieu_la, message));
        }
        Ok(MappedColumn { head, meaning })
    }
}

impl RawRow {
    fn row(
        &self,
        source: &Source,
        known: &Known,
        table: &MappedTable,
    ) -> Result<MappedRow, TemplateError> {
        let words = self.chu.get_ref().clone();
        let subject = format!("dòng `{words}`");
        let mistake = |word: &Word, message| source.mistake(&word.span(), &subject, message);
        let rows = count(&table.rows, &words);
        if rows == 0 {
            return Err(mistake(&self.chu, "không có trong `chu_cac_dong` của bảng".to_owned()));
        }
        let nth = match &self.lan {
            None if rows == 1 => None,
            None => {
                let message = format!("bảng có {rows} dòng cùng chữ; thêm khóa lan = \"1/{rows}\"");
                return Err(mistake(&self.chu, message));
            }
            Some(lan) => Some(nth(lan.get_ref(), rows).ok_or_else(|| {
                let message =
                    format!("`{}` phải từ \"1/{rows}\" đến \"{rows}/{rows}\"", lan.get_ref());
                mistake(lan, message)
            })?),
        };
        let code = self.chi_tieu.get_ref().clone();
        if !known.codes.contains(&code) {
            let codes = known.codes.iter().map(String::as_str);
            return Err(mistake(&self.chi_tieu, unknown("chỉ tiêu", &code, codes)));
        }
        let same = text::undated(&words);
        for other in &table.entries {
            let same_row = text::undated(&other.words) == same && other.nth == nth;
            if same_row || other.code == code {
                let message = if same_row {
                    format!("dòng này đã hiểu là chỉ tiêu {}", other.code)
                } else {
                    format!("chỉ tiêu {code} đã là dòng `{}`", other.words)
                };
                return Err(mistake(&self.chi_tieu, message));
            }
        }
        Ok(MappedRow { words, nth, code })
    }
}

/// Returns which row "2/3" is, when there are three.
fn nth(words: &str, rows: usize) -> Option<(u16, u16)> {
    let (nth, of) = words.split_once('/')?;
    let (nth, of): (u16, u16) = (nth.trim().parse().ok()?, of.trim().parse().ok()?);
    (usize::from(of) == rows && (1..=of).contains(&nth)).then_some((nth, of))
}

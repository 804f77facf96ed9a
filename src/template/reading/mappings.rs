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
    chi_tieu_theo: Option<Word>,
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
    lan: Option<Word>,
    hieu_la: Option<Word>,
    chi_tieu: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    chu: Word,
    lan: Option<Word>,
    hieu_la: Option<Word>,
    chi_tieu: Option<Word>,
}

/// A column or a row of a table as it is written.
struct RawLine<'a> {
    words: &'a Word,
    lan: Option<&'a Word>,
    hieu_la: Option<&'a Word>,
    chi_tieu: Option<&'a Word>,
    names: LineNames,
}

/// What a column or a row is called in messages.
#[derive(Clone, Copy)]
struct LineNames {
    /// "cột" or "dòng".
    name: &'static str,
    /// Key of the list that has its words.
    list: &'static str,
}

const COLUMN: LineNames = LineNames { name: "cột", list: "tieu_de_cot" };
const ROW: LineNames = LineNames { name: "dòng", list: "chu_cac_dong" };

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
        let is_across = match &self.chi_tieu_theo {
            None => false,
            Some(word) if word.get_ref() == "cot" => true,
            Some(word) if word.get_ref() == "dong" => false,
            Some(word) => {
                let message = unknown("cách trình bày", word.get_ref(), ["dong", "cot"]);
                return Err(source.mistake(&word.span(), "khóa `chi_tieu_theo`", message));
            }
        };
        let (heads, rows) = (plain(self.tieu_de_cot.get_ref()), plain(&self.chu_cac_dong));
        let (heads, rows) = if is_across { (rows, heads) } else { (heads, rows) };
        let sheet = self.trang_tinh.clone();
        let mut table =
            MappedTable { sheet, is_across, heads, rows, columns: Vec::new(), entries: Vec::new() };
        let columns = self.cot.iter().map(RawColumn::line);
        let rows = self.dong.iter().map(RawRow::line);
        let (measures, indicators): (Vec<_>, Vec<_>) = if is_across {
            (rows.collect(), columns.collect())
        } else {
            (columns.collect(), rows.collect())
        };
        for line in measures {
            let column = line.measure(source, &table)?;
            table.columns.push(column);
        }
        for line in indicators {
            let row = line.indicator(source, known, &table)?;
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
    fn line(&self) -> RawLine<'_> {
        RawLine {
            words: &self.tieu_de,
            lan: self.lan.as_ref(),
            hieu_la: self.hieu_la.as_ref(),
            chi_tieu: self.chi_tieu.as_ref(),
            names: COLUMN,
        }
    }
}

impl RawRow {
    fn line(&self) -> RawLine<'_> {
        RawLine {
            words: &self.chu,
            lan: self.lan.as_ref(),
            hieu_la: self.hieu_la.as_ref(),
            chi_tieu: self.chi_tieu.as_ref(),
            names: ROW,
        }
    }
}

impl<'a> RawLine<'a> {
    fn mistake(&self, source: &Source, word: &Word, message: String) -> TemplateError {
        let subject = format!("{} `{}`", self.names.name, self.words.get_ref());
        source.mistake(&word.span(), &subject, message)
    }

    /// Returns the key that must be there; the other must not.
    fn key(
        &self,
        source: &Source,
        (name, key): (&str, Option<&'a Word>),
        (other_name, other): (&str, Option<&Word>),
    ) -> Result<&'a Word, TemplateError> {
        if let Some(other) = other {
            let message = format!("bảng này không dùng khóa `{other_name}` ở {}", self.names.name);
            return Err(self.mistake(source, other, message));
        }
        key.ok_or_else(|| self.mistake(source, self.words, format!("thiếu khóa `{name}`")))
    }

    /// Reads a line that holds what is measured: a column, or a row of a table turned.
    fn measure(&self, source: &Source, table: &MappedTable) -> Result<MappedColumn, TemplateError> {
        let LineNames { name, list } = self.names;
        let head = self.words.get_ref().clone();
        let own = ("hieu_la", self.hieu_la);
        let word = self.key(source, own, ("chi_tieu", self.chi_tieu))?;
        match count(&table.heads, &head) {
            1 => {}
            0 => {
                let message = format!("không có trong `{list}` của bảng");
                return Err(self.mistake(source, self.words, message));
            }
            _ => {
                let message = format!("bảng có hai {name} cùng chữ này nên không phân biệt được");
                return Err(self.mistake(source, self.words, message));
            }
        }
        let key = word.get_ref();
        let meaning = ColumnMeaning::of_key(key).ok_or_else(|| {
            let allowed = ColumnMeaning::ALL.into_iter().map(ColumnMeaning::key);
            self.mistake(source, word, unknown(&format!("loại {name}"), key, allowed))
        })?;
        let same_head = |known: &&MappedColumn| count(std::slice::from_ref(&known.head), &head) > 0;
        if table.columns.iter().any(|known| same_head(&known)) {
            return Err(self.mistake(source, self.words, format!("{name} này viết hai lần")));
        }
        let other = table.columns.iter().find(|known| known.meaning.contradicts(meaning));
        if let Some(other) = other {
            let message =
                format!("mâu thuẫn với {name} `{}` đã hiểu là {}", other.head, other.meaning.key());
            return Err(self.mistake(source, word, message));
        }
        Ok(MappedColumn { head, meaning })
    }

    /// Reads a line that names an indicator: a row, or a column of a table turned.
    fn indicator(
        &self,
        source: &Source,
        known: &Known,
        table: &MappedTable,
    ) -> Result<MappedRow, TemplateError> {
        let LineNames { name, list } = self.names;
        let words = self.words.get_ref().clone();
        let own = ("chi_tieu", self.chi_tieu);
        let word = self.key(source, own, ("hieu_la", self.hieu_la))?;
        let rows = count(&table.rows, &words);
        if rows == 0 {
            let message = format!("không có trong `{list}` của bảng");
            return Err(self.mistake(source, self.words, message));
        }
        let nth = match self.lan {
            None if rows == 1 => None,
            None => {
                let message =
                    format!("bảng có {rows} {name} cùng chữ; thêm khóa lan = \"1/{rows}\"");
                return Err(self.mistake(source, self.words, message));
            }
            Some(lan) => Some(nth(lan.get_ref(), rows).ok_or_else(|| {
                let message =
                    format!("`{}` phải từ \"1/{rows}\" đến \"{rows}/{rows}\"", lan.get_ref());
                self.mistake(source, lan, message)
            })?),
        };
        let code = word.get_ref().clone();
        if !known.codes.contains(&code) {
            let codes = known.codes.iter().map(String::as_str);
            return Err(self.mistake(source, word, unknown("chỉ tiêu", &code, codes)));
        }
        let same = text::undated(&words);
        for other in &table.entries {
            let same_row = text::undated(&other.words) == same && other.nth == nth;
            if same_row || other.code == code {
                let message = if same_row {
                    format!("{name} này đã hiểu là chỉ tiêu {}", other.code)
                } else {
                    format!("chỉ tiêu {code} đã là {name} `{}`", other.words)
                };
                return Err(self.mistake(source, word, message));
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

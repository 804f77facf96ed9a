//! Accepted mappings (`anh-xa/*.toml`): what a person said once about the heads and rows of a
//! layout. They are written here as the secretary reads them; read in `reading::mappings`.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::text;

/// What was accepted for the tables of one layout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutMapping {
    /// Name of the file below `templates/`: "anh-xa/3f9a1c22d04b.toml".
    pub file: String,
    /// Day on which it was accepted, "2024-03-18"; empty when nobody wrote it down.
    pub accepted_on: String,
    /// Who accepted it; may be empty.
    pub accepted_by: String,
    /// The return on which it was accepted, as a path below `input/` or a name.
    pub source: String,
    /// SHA-256 of that return.
    pub sha256: String,
    /// The tables of the layout for which something was accepted.
    pub tables: Vec<MappedTable>,
}

/// What was accepted for a table. One with the indicators across is turned: its `rows` and `entries`
/// are columns of the sheet, its `heads` and `columns` rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedTable {
    /// Name of the sheet, for people only.
    pub sheet: String,
    /// Whether it is turned.
    pub is_across: bool,
    /// Heads of the columns by which the table is known, from left to right.
    pub heads: Vec<String>,
    /// Words of the rows by which the table is known, from top to bottom.
    pub rows: Vec<String>,
    /// Columns that were mapped.
    pub columns: Vec<MappedColumn>,
    /// Rows that were mapped.
    pub entries: Vec<MappedRow>,
}

/// A column that was mapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Its head.
    pub head: String,
    /// What it holds.
    pub meaning: ColumnMeaning,
}

/// A row that was mapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedRow {
    /// Its words.
    pub words: String,
    /// Which of several rows of these words it is, from 1, and of how many; holds only as long as
    /// all rows of the table are the same.
    pub nth: Option<(u16, u16)>,
    /// Code of the indicator, as the templates write it.
    pub code: String,
}

/// What a mapped column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnMeaning {
    /// The value of the period of every row.
    #[serde(rename = "trong_ky")]
    Value,
    /// The value of the rows that count what happened in the period; stocks are elsewhere.
    #[serde(rename = "phat_sinh")]
    Flow,
    /// The value of the rows that are stocks; flows are elsewhere.
    #[serde(rename = "luy_ke")]
    Stock,
    /// What the unit states of the period before.
    #[serde(rename = "ky_truoc")]
    Previous,
    /// What the unit states of the year so far.
    #[serde(rename = "luy_ke_nam")]
    YearToDate,
    /// What the unit states as the change.
    #[serde(rename = "tang_giam")]
    Change,
    /// Nothing that the forms ask for.
    #[serde(rename = "bo_qua")]
    Ignored,
}

impl ColumnMeaning {
    /// Every meaning, the most usual first.
    pub const ALL: [Self; 7] = [
        Self::Value,
        Self::Flow,
        Self::Stock,
        Self::Previous,
        Self::YearToDate,
        Self::Change,
        Self::Ignored,
    ];

    /// Returns the word by which it is written in files and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Value => "trong_ky",
            Self::Flow => "phat_sinh",
            Self::Stock => "luy_ke",
            Self::Previous => "ky_truoc",
            Self::YearToDate => "luy_ke_nam",
            Self::Change => "tang_giam",
            Self::Ignored => "bo_qua",
        }
    }

    /// Returns its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "số của kỳ",
            Self::Flow => "số phát sinh trong kỳ",
            Self::Stock => "số lũy kế đến hết kỳ",
            Self::Previous => "số kỳ trước",
            Self::YearToDate => "lũy kế từ đầu năm",
            Self::Change => "tăng, giảm",
            Self::Ignored => "không dùng",
        }
    }

    /// Returns the meaning that is written so.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.key() == key)
    }

    /// Returns whether two columns of one table cannot hold both: the same twice, or all values and
    /// some of them.
    pub fn contradicts(self, other: Self) -> bool {
        let is_part = |one: Self, whole: Self| {
            whole == Self::Value && matches!(one, Self::Value | Self::Flow | Self::Stock)
        };
        self != Self::Ignored && (self == other || is_part(self, other) || is_part(other, self))
    }
}

impl MappedTable {
    /// Returns heads and rows as they are compared.
    pub fn shape(&self) -> (Vec<String>, Vec<String>) {
        let compared = |words: &[String]| words.iter().map(|word| text::undated(word)).collect();
        (compared(&self.heads), compared(&self.rows))
    }
}

impl LayoutMapping {
    /// Returns the file as a person reads it; its name is not part of it.
    pub fn to_toml(&self) -> String {
        let mut out = String::from(
            "# ÁNH XẠ ĐÃ DUYỆT: một cách trình bày biểu khác mẫu được hiểu như thế nào.\n\
             # Do lệnh `da06 map` ghi; có thể sửa tay. Xóa tệp này (hoặc `da06 map TỆP --undo`) là bỏ\n\
             # ánh xạ. Chỉ dùng cho bảng có đúng các tiêu đề cột dưới đây và phần lớn các dòng như\n\
             # dưới đây (bảng mỗi cột một chỉ tiêu: phần lớn các tiêu đề cột); tên đơn vị, ngày tháng\n\
             # và số liệu không tính.\n\n",
        );
        for (key, value) in [
            ("ngay_duyet", &self.accepted_on),
            ("nguoi_duyet", &self.accepted_by),
            ("tep_nguon", &self.source),
            ("sha256", &self.sha256),
        ] {
            if !value.is_empty() {
                let _infallible = writeln!(out, "{key} = {}", quoted(value));
            }
        }
        for table in &self.tables {
            table.write(&mut out);
        }
        out
    }
}

impl MappedTable {
    fn write(&self, out: &mut String) {
        let _infallible = write!(
            out,
            "\n[[bang]]\ntrang_tinh = {}\n# Cách nhận ra bảng: tiêu đề các cột và chữ ở các dòng.\n",
            quoted(&self.sheet)
        );
        let (heads, rows) =
            if self.is_across { (&self.rows, &self.heads) } else { (&self.heads, &self.rows) };
        if self.is_across {
            out.push_str("chi_tieu_theo = \"cot\" # mỗi cột là một chỉ tiêu\n");
        }
        for (key, words) in [("tieu_de_cot", heads), ("chu_cac_dong", rows)] {
            let _infallible = writeln!(out, "{key} = [");
            for word in words {
                let _infallible = writeln!(out, "  {},", quoted(word));
            }
            out.push_str("]\n");
        }
        let (column_key, row_key) = if self.is_across {
            (("dong", "chu"), ("cot", "tieu_de", "cột"))
        } else {
            (("cot", "tieu_de"), ("dong", "chu", "dòng"))
        };
        for column in &self.columns {
            let (table, words) = column_key;
            let _infallible = write!(
                out,
                "\n[[bang.{table}]] # {}\n{words} = {}\nhieu_la = {}\n",
                column.meaning.name(),
                quoted(&column.head),
                quoted(column.meaning.key())
            );
        }
        for row in &self.entries {
            let (table, words, name) = row_key;
            let _infallible = write!(out, "\n[[bang.{table}]]\n{words} = {}\n", quoted(&row.words));
            if let Some((nth, of)) = row.nth {
                let _infallible = writeln!(
                    out,
                    "lan = \"{nth}/{of}\" # {name} thứ {nth} trong {of} {name} cùng chữ"
                );
            }
            let _infallible = writeln!(out, "chi_tieu = {}", quoted(&row.code));
        }
    }
}

/// Returns words as a TOML string on one line.
fn quoted(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 2);
    out.push('"');
    for character in text::nfc(words).chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => {
                let _infallible = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

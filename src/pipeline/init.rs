//! A new workspace: the templates of huyện Tiên Lãng as the example, or blank ones. What is there
//! already is never touched.

use super::{Error, Workspace};
use crate::files;

/// What a new workspace starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// Huyện Tiên Lãng, March 2024.
    TienLang,
    /// The same indicators, forms and rules, with places to fill in and no units.
    Blank,
}

const TIEN_LANG: [(&str, &str); 9] = [
    ("co-quan.toml", include_str!("../../templates/co-quan.toml")),
    ("don-vi.csv", include_str!("../../templates/don-vi.csv")),
    ("bien-dong.csv", include_str!("../../templates/bien-dong.csv")),
    ("chi-tieu.toml", include_str!("../../templates/chi-tieu.toml")),
    ("chi-tieu-giao.csv", include_str!("../../templates/chi-tieu-giao.csv")),
    ("bieu-mau.toml", include_str!("../../templates/bieu-mau.toml")),
    ("quy-tac.toml", include_str!("../../templates/quy-tac.toml")),
    ("phu-luc.toml", include_str!("../../templates/phu-luc.toml")),
    ("bao-cao.md", include_str!("../../templates/bao-cao.md")),
];

/// `co-quan.toml` with places to fill in.
const BLANK_BODY: &str = include_str!("blank/co-quan.toml");

/// Creates the folders and templates of a workspace and returns the names of the files.
pub fn init(workspace: &Workspace, example: Example) -> Result<Vec<&'static str>, Error> {
    let folder = workspace.templates();
    if folder.exists() {
        return Err(Error::NotFound {
            what: format!("`{}` đã có sẵn nên không tạo lại", folder.display()),
            hint: "chọn thư mục khác, hoặc xóa thư mục templates nếu muốn làm lại từ đầu"
                .to_owned(),
        });
    }
    for part in [&folder, &workspace.input(), &workspace.root.join("output")] {
        files::create_folder(part)?;
    }
    for (name, text) in TIEN_LANG {
        let text = match example {
            Example::TienLang => text.to_owned(),
            Example::Blank => blank(name, text),
        };
        files::write(&folder.join(name), text.as_bytes())?;
    }
    Ok(TIEN_LANG.map(|(name, _)| name).to_vec())
}

/// Returns a template without what belongs to one office: names, units and their exceptions.
fn blank(name: &str, text: &str) -> String {
    match name {
        "co-quan.toml" => BLANK_BODY.to_owned(),
        "chi-tieu.toml" => without_exceptions(text),
        "don-vi.csv" | "bien-dong.csv" | "chi-tieu-giao.csv" => {
            format!("{}\n", text.lines().next().unwrap_or_default())
        }
        _ => text.to_owned(),
    }
}

/// Returns the indicators without their lists of units that are excepted (`tru = [...]`).
fn without_exceptions(text: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.lines() {
        inside |= line.starts_with("tru = [");
        if !inside {
            kept.push_str(line);
            kept.push('\n');
        }
        inside &= !line.trim_end().ends_with(']');
    }
    kept
}

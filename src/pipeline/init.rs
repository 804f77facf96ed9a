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

/// Values of `co-quan.toml` that belong to one office, by key.
const PLACES: [(&str, &str); 12] = [
    ("ten", "[tên cơ quan, như Tổ công tác Đề án 06 huyện]"),
    ("chu_quan", "[TÊN CƠ QUAN CHỦ QUẢN]"),
    ("ban_hanh", "[TÊN CƠ QUAN BAN HÀNH]"),
    ("dia_ban", "[địa bàn, như huyện Tiên Lãng]"),
    ("dia_danh", "[địa danh]"),
    ("ky_hieu", "[ký hiệu, như BC-TCTĐA06]"),
    ("quyen_han", ""),
    ("chuc_vu", ""),
    ("ho_ten", "[họ và tên người ký]"),
    ("can_cu_mo_dau", ""),
    ("kinh_gui", ""),
    ("noi_nhan", ""),
];

/// Creates the folders and templates of a workspace and returns the names of the files.
pub fn init(workspace: &Workspace, example: Example) -> Result<Vec<&'static str>, Error> {
    let folder = workspace.templates();
    if folder.exists() {
        return Err(Error::NotFound {
            what: format!("`{}` đã có sẵn nên không tạo lại", folder.display()),
            hint: "chọn thư mục khác, hoặc xóa thư mục templates nếu muốn làm lại từ đầu".to_owned(),
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

/// Returns a template without what belongs to one office.
fn blank(name: &str, text: &str) -> String {
    if std::path::Path::new(name).extension().is_some_and(|extension| extension == "csv") {
        let head = text.lines().next().unwrap_or_default();
        return format!("{head}\n");
    }
    text.to_owned()
}

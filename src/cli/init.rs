//! `da06 init`: a new workspace.

use super::{
    Outcome,
    args::{Arguments, InitCommand},
    console::Console,
};
use crate::pipeline::{self, Error, Example, Workspace};

/// Creates a workspace and says what to do next.
pub(super) fn init(
    command: &InitCommand,
    arguments: &Arguments,
    console: &Console,
) -> Result<Outcome, Error> {
    let root = command.folder.clone().unwrap_or_else(|| arguments.workspace.clone());
    let example = if command.blank { Example::Blank } else { Example::TienLang };
    let names = pipeline::init(&Workspace { root: root.clone() }, example)?;
    let next = match example {
        Example::TienLang => "Sửa các tệp trong templates cho cơ quan mình",
        Example::Blank => {
            "Điền các chỗ [...] trong templates/co-quan.toml và danh sách đơn vị trong templates/don-vi.csv"
        }
    };
    console.data(&format!(
        "Đã tạo {} tệp trong `{}`.\n{next}, đặt tệp của đơn vị vào input rồi chạy `da06 run`.",
        names.len(),
        root.display()
    ));
    Ok(Outcome::Done)
}

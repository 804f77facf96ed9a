//! The templates of the repository and of the tiny province, for the tests of every room.

use std::collections::BTreeMap;

use super::{Templates, load};

macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        [$(($name.to_owned(), include_bytes!(concat!("../../", $folder, "/", $name)).to_vec())),+]
            .into()
    };
}

/// Returns the files of `templates/`.
pub(crate) fn district_files() -> BTreeMap<String, Vec<u8>> {
    files!("templates": "co-quan.toml", "don-vi.csv", "bien-dong.csv", "chi-tieu.toml",
        "chi-tieu-giao.csv", "bieu-mau.toml", "quy-tac.toml", "phu-luc.toml", "bao-cao.md")
}

/// Returns the templates of the repository.
pub(crate) fn district() -> Templates {
    load(&district_files()).expect("the templates of the repository load")
}

/// Returns the files of the tiny province.
pub(crate) fn province_files() -> BTreeMap<String, Vec<u8>> {
    files!("tests/workspaces/tinh/templates": "co-quan.toml", "don-vi.csv", "chi-tieu.toml",
        "bieu-mau.toml", "quy-tac.toml", "phu-luc.toml", "bao-cao.md")
}

/// Returns the templates of the tiny province: three units under two parents, five indicators,
/// calendar months.
pub(crate) fn province() -> Templates {
    load(&province_files()).expect("the templates of the province load")
}

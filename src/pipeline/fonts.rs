//! The office's own fonts: the files of `templates/phong-chu/`, when there are any.

use std::collections::BTreeMap;

use super::{Error, StageError, Workspace};
use crate::{
    files,
    render::{
        RenderError,
        pdf::{FontFiles, PdfError},
    },
};

/// The folder below `templates/`.
const FOLDER: &str = "phong-chu";

/// The fonts of a run.
pub(super) struct OfficeFonts {
    /// The four files.
    pub(super) files: FontFiles,
    /// SHA-256 of the office's own, by path below `templates/`.
    pub(super) hashes: BTreeMap<String, String>,
}

/// Returns the fonts of a workspace: its own, or those of the program.
pub(super) fn of_office(workspace: &Workspace) -> Result<OfficeFonts, Error> {
    let folder = workspace.templates().join(FOLDER);
    let mut own = Vec::new();
    let mut hashes = BTreeMap::new();
    if folder.is_dir() {
        for name in files::names_in(&folder)?.into_iter().filter(|name| is_font(name)) {
            let bytes = files::read(&folder.join(&name))?;
            let path = format!("{FOLDER}/{name}");
            hashes.insert(path.clone(), files::sha256(&bytes));
            own.push((format!("templates/{path}"), bytes));
        }
    }
    let files = if own.is_empty() {
        FontFiles::embedded()
    } else {
        let fault = |fault| StageError::from(RenderError::from(PdfError::OfficeFonts(fault)));
        FontFiles::of_office(own).map_err(fault)?
    };
    Ok(OfficeFonts { files, hashes })
}

/// Returns whether a file is meant as a font; a licence or a note beside is not.
fn is_font(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    !name.starts_with('.') && matches!(extension.as_deref(), Some("ttf" | "ttc" | "otf"))
}

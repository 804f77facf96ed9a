//! Small files that ask for much work: many sheets, areas over areas, many files of nobody.

use std::time::Instant;

use super::{
    Files,
    packages::patched,
    silent::{one, run},
    watch::watched,
    workspace,
};
use crate::support::MARCH;

#[test]
fn many_sheets_and_areas_take_no_time() {
    let (path, bytes) = one("Dong Hung bao cao");
    let sheets = "<table:table table:name=\"x\"><table:table-row/></table:table>".repeat(50_000);
    let crowd = patched(&bytes, "content.xml", |text| {
        text.replacen("</office:spreadsheet>", &format!("{sheets}</office:spreadsheet>"), 1)
    });
    let wide = "<table:table-cell table:number-columns-spanned=\"100\" \
                table:number-rows-spanned=\"4000\" office:value-type=\"string\"><text:p>a</text:p>\
                </table:table-cell>";
    let rows = format!("<table:table-row>{}</table:table-row>", wide.repeat(2)).repeat(900);
    let covered = patched(&bytes, "content.xml", |text| {
        text.replacen("</table:table>", &format!("{rows}</table:table>"), 1)
    });
    for bytes in [crowd, covered] {
        let start = Instant::now();
        let _calm = run(&path, &bytes);
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }
}

#[test]
fn a_folder_of_files_of_nobody_is_summed_up() {
    let files: Files =
        (0..5_600).map(|at| (format!("{MARCH}/x{at}.xlsx"), b"x".to_vec())).collect();
    let sandbox = workspace(&files);
    let start = Instant::now();
    watched(&sandbox, &["run", "--period", MARCH]).assert_calm("files of nobody");
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
    let book = sandbox.read(&format!("output/{MARCH}/kiem-tra-{MARCH}.xlsx"));
    let words: Vec<u8> =
        super::packages::parts(&book).into_iter().flat_map(|(_, content)| content).collect();
    let words = String::from_utf8_lossy(&words);
    assert!(words.contains("nội dung khác; xem đủ bằng lệnh da06 check --json"));
}

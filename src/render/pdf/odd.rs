//! Documents that no month should bring and some will: empty, crowded, endless. Whatever is in
//! them, no text leaves the text block and no text lies on another.

use super::laid::{Item, Laid, Mark, Origin, Page, Tag, Text};
use super::{FontFiles, Fonts, PageBox, sample, write};
use crate::compose::document::{
    Align, Block, Cell, Column, Document, HeaderCell, Orientation, Row, RowKind, Run, Table,
};

fn texts(page: &Page) -> Vec<&Text> {
    let texts = page.items.iter().filter_map(|item| match &item.mark {
        Mark::Text(text) => Some(text),
        Mark::Line(_) | Mark::Shape(_) => None,
    });
    texts.collect()
}

/// Returns left, right, top and bottom of the ink of a text: small letters with their marks.
fn ink(text: &Text) -> [f64; 4] {
    [text.x, text.x + text.width, text.y - text.size * 0.68, text.y + text.size * 0.2]
}

fn assert_sound(laid: &Laid, name: &str) {
    for (number, page) in laid.pages.iter().enumerate() {
        let landscape = page.width > page.height;
        let block =
            PageBox::of(if landscape { Orientation::Landscape } else { Orientation::Portrait });
        let texts = texts(page);
        for (index, text) in texts.iter().enumerate() {
            let [left, right, top, bottom] = ink(text);
            if !matches!(text.origin, Origin::Artifact(_)) {
                let inside = left >= block.left - 0.05
                    && right <= block.right + 0.05
                    && top >= block.top - 1.0
                    && bottom <= block.bottom + 1.0;
                assert!(inside, "{name}, page {number}: {text:?}");
            }
            for other in &texts[index + 1..] {
                let [other_left, other_right, other_top, other_bottom] = ink(other);
                let across = right.min(other_right) - left.max(other_left);
                let down = bottom.min(other_bottom) - top.max(other_top);
                let raised = (text.size - other.size).abs() > 2.0;
                assert!(
                    across < 0.1 || down < 0.1 || raised,
                    "{name}, page {number}: “{}” and “{}”",
                    text.text,
                    other.text
                );
            }
        }
    }
}

/// Lays out a report with this table in the wide annex, and writes it.
fn tried(name: &str, table: Table) -> Laid {
    let mut document = sample::report(3);
    let blocks = &mut document.sections[2].blocks;
    let last = blocks.len() - 1;
    blocks[last] = Block::Table(table);
    tried_document(name, &document)
}

fn tried_document(name: &str, document: &Document) -> Laid {
    let laid = sample::laid(document);
    assert_sound(&laid, name);
    let files = FontFiles::embedded();
    write(laid.clone(), &Fonts::load(&files).unwrap()).unwrap();
    laid
}

fn remark(characters: usize) -> Vec<Run> {
    let words = "Đơn vị đề nghị cấp trên xem xét, hỗ trợ thiết bị và đường truyền; ";
    vec![Run::text(words.chars().cycle().take(characters).collect::<String>())]
}

fn group(words: &str) -> Row {
    let runs = vec![Run::text(words)];
    Row { kind: RowKind::Group, cells: vec![Cell { runs, column_span: 17, formula: None }] }
}

#[test]
fn names_of_two_hundred_characters_wrap_within_their_column() {
    let mut table = sample::wide_table(25);
    for row in &mut table.rows {
        if row.cells.len() == 17 {
            row.cells[1].runs = remark(200);
        }
    }
    let laid = tried("long names", table);
    assert!(laid.pages.len() > 5);
}

#[test]
fn a_remark_of_five_thousand_characters_goes_over_pages_under_a_repeated_head() {
    let mut table = sample::wide_table(4);
    table.rows[2].cells[1].runs = remark(5_000);
    let laid = tried("a long remark", table);
    let wide = laid.pages.iter().filter(|page| page.width > page.height);
    for page in wide {
        assert!(texts(page).iter().any(|text| text.text == "STT"), "each page has a head");
    }
    let written: String =
        laid.texts().map(|(_, text)| text.text.trim_end()).collect::<Vec<_>>().join("");
    assert!(written.matches("Đơn").count() >= 70, "nothing of it is lost");
    let mut document = sample::report(0);
    document.sections[0].blocks.insert(5, sample::paragraph(remark(5_000)));
    tried_document("a long paragraph", &document);
}

#[test]
fn words_without_blanks_are_broken_in_text_heads_and_cells() {
    let endless = || vec![Run::text("Nghiêngngả".repeat(120))];
    let mut table = sample::wide_table(4);
    table.rows[1].cells[1].runs = endless();
    table.header[1][0].runs = endless();
    table.notes.push(endless());
    table.caption = Some(endless());
    let laid = tried("endless words", table);
    assert!(laid.pages.len() > 4);
    let mut document = sample::report(0);
    document.sections[0].blocks.insert(5, sample::paragraph(endless()));
    if let Block::AnnexHead(head) = &mut document.sections[2].blocks[0] {
        head.title = vec![endless()];
    }
    tried_document("endless words in text", &document);
}

#[test]
fn groups_without_units_and_a_table_without_rows_are_drawn() {
    let mut table = sample::wide_table(2);
    table.rows.insert(1, group("Khối không có đơn vị"));
    table.rows.insert(1, group("Khối khác không có đơn vị"));
    tried("empty groups", table);
    let mut table = sample::wide_table(0);
    table.rows.clear();
    let laid = tried("no rows", table);
    assert!(texts(laid.pages.last().unwrap()).iter().any(|text| text.text == "STT"));
    let mut table = sample::wide_table(0);
    table.rows = vec![group("Chỉ có tên khối")];
    tried("a group alone", table);
}

#[test]
fn forty_columns_stay_apart() {
    let columns = 40;
    let head = |column| HeaderCell {
        column,
        column_span: 1,
        row_span: 1,
        runs: vec![Run::text("Số lượt người được hướng dẫn")],
    };
    let row = |number: i64| {
        let cell = |column: i64| Cell {
            runs: vec![sample::figure("B02.xa.tien_minh.value", number * column * 37)],
            column_span: 1,
            formula: None,
        };
        Row { kind: RowKind::Plain, cells: (0..40).map(cell).collect() }
    };
    let table = Table {
        caption: None,
        unit_of_count: None,
        columns: vec![Column { align: Align::Right, stretch: 0 }; columns],
        header: vec![(0..columns).map(head).collect()],
        column_numbers: (1..=columns).map(|column| format!("({column})")).collect(),
        rows: (1..40).map(row).collect(),
        notes: Vec::new(),
    };
    tried("forty columns", table);
}

#[test]
fn one_unit_and_a_row_higher_than_a_page() {
    tried("one unit", sample::wide_table(1));
    let mut table = sample::wide_table(1);
    for cell in &mut table.rows[1].cells {
        cell.runs = remark(900);
    }
    let laid = tried("a row higher than a page", table);
    let cells = laid.pages.iter().flat_map(|page| &page.items);
    let parted = cells.filter(|item| matches!(item, Item { tag: Tag::Node(_), .. })).count();
    assert!(parted > 500);
}

#[test]
#[should_panic(expected = "planted, page 0")]
fn a_text_on_another_is_noticed() {
    let mut laid = sample::laid(&sample::report(1));
    let mut moved = laid.pages[0].items.iter_mut().filter_map(|item| match &mut item.mark {
        Mark::Text(text) if text.text.contains("phát thanh") => Some(text),
        _ => None,
    });
    moved.next().unwrap().y += 8.0;
    assert_sound(&laid, "planted");
}

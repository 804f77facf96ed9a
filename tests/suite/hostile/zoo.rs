//! Hostile and foreign files made by hand, each with the code of the finding that it must have.

use super::{
    Files,
    packages::{compound, package, parts, patched, records, small, stored, stream, xls},
};
use crate::support::MARCH;

/// A file that no unit should send.
pub struct Animal {
    pub name: String,
    pub bytes: Vec<u8>,
    pub expected: &'static str,
}

impl Animal {
    pub fn path(&self) -> String {
        format!("{MARCH}/{}", self.name)
    }
}

const NOT_A_WORKBOOK: &str = "DA06-T01";
const DAMAGED: &str = "DA06-T02";
const ENCRYPTED: &str = "DA06-T03";
const TOO_LARGE: &str = "DA06-T04";
const EMPTY: &str = "DA06-T06";
const NO_FORM: &str = "DA06-T07";
const TEMPORARY: &str = "DA06-T08";
const OUTDATED: &str = "DA06-T21";
const STILL_WRITTEN: &str = "DA06-T23";

/// Returns all of them; good returns serve as their bodies.
pub fn animals(good: &Files) -> Vec<Animal> {
    let find =
        |words: &str| &good.iter().find(|(path, _)| path.contains(words)).expect(words).1[..];
    let book = find("Tien Minh T3.xlsx");
    let mut animals = others();
    animals.extend(bombs(book));
    animals.extend(lies(book));
    animals.extend(packages_of_zips(book));
    animals.extend(binary(find("Kho bạc")));
    animals.extend(documents(find("Phu nu huyen.ods")));
    animals
}

fn animal(name: &str, bytes: impl Into<Vec<u8>>, expected: &'static str) -> Animal {
    Animal { name: name.to_owned(), bytes: bytes.into(), expected }
}

/// Files that are something else.
fn others() -> Vec<Animal> {
    let pptx = small(&[("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"<p/>")]);
    let docx = small(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    vec![
        animal("x rong.xlsx", "", EMPTY),
        animal("x toan so 0.xlsx", vec![0; 20_000], EMPTY),
        animal("~$x.xlsx", [&[4][..], b"User", &[0; 160]].concat(), TEMPORARY),
        animal("x.xlsx.crdownload", "PK\x03\x04", TEMPORARY),
        animal("x thu.docx", docx, NOT_A_WORKBOOK),
        animal("x bai.pptx", pptx, NOT_A_WORKBOOK),
        animal("x ban ky.pdf", "%PDF-1.7\n%%EOF", NOT_A_WORKBOOK),
        animal("x.rar", "Rar!\x1a\x07\x01\0", NOT_A_WORKBOOK),
        animal("x.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), NOT_A_WORKBOOK),
        animal("x anh.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), NOT_A_WORKBOOK),
        animal("x anh.xlsx", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), NOT_A_WORKBOOK),
        animal("x.exe", b"MZ\x90\0\x03\0\0\0".to_vec(), NOT_A_WORKBOOK),
        animal("x tin nhan.txt", "Kính gửi Văn phòng, xã gửi báo cáo.\n", NO_FORM),
        animal("x trang.xls", "<html><table><tr><td>Không có gì</table>", NO_FORM),
        animal("x.csv", "a;b\n".repeat(400_000), NO_FORM),
        animal("x dau va.html", format!("<table><tr><td>{}", "&".repeat(2_000_000)), NO_FORM),
        animal("x long nhau.html", "<table><tr><td>x".repeat(300_000), NO_FORM),
        animal("x ten\n hai dong 😀.xlsx", "PK\x03\x04 cut", DAMAGED),
        animal("-x --help.xlsx", "", EMPTY),
        animal(&format!("{}.xlsx", "ỉ".repeat(80)), "", EMPTY),
        animal("x Excel 2.xls", b"\x09\0\x04\0\x02\0\x10\0\x0a\0\0\0".to_vec(), OUTDATED),
        animal("x Excel 3.xls", b"\x09\x02\x06\0\0\0\x10\0\0\0\x0a\0\0\0".to_vec(), OUTDATED),
        animal("x Excel 4.xls", b"\x09\x04\x06\0\0\0\x10\0\0\0\x0a\0\0\0".to_vec(), OUTDATED),
    ]
}

/// Returns a workbook that promises many strings. A comment leaves its sheet to the library, which
/// makes room for what is promised.
fn promising(book: &[u8]) -> Vec<u8> {
    let unusual = patched(book, "xl/worksheets/sheet1.xml", |text| {
        text.replacen("<sheetData>", "<!-- --><sheetData>", 1)
    });
    patched(&unusual, "xl/sharedStrings.xml", |text| {
        let (head, rest) = text.split_once("uniqueCount=\"").unwrap();
        let (_, rest) = rest.split_once('"').unwrap();
        format!("{head}uniqueCount=\"4294967295\"{rest}")
    })
}

/// Workbooks that are small on the disk.
fn bombs(book: &[u8]) -> Vec<Animal> {
    let sheet = "xl/worksheets/sheet1.xml";
    let strings = "xl/sharedStrings.xml";
    let with = |name: &str, content: Vec<u8>| {
        let mut parts = parts(book);
        parts.iter_mut().find(|(part, _)| part == name).expect(name).1 = content;
        package(&parts)
    };
    let huge = with(sheet, vec![b' '; 210 << 20]);
    let lying = lying(&huge, 210 << 20);
    let many = format!("<row>{}</row>", "<c><v>7</v></c>".repeat(300_000));
    let many = format!("<worksheet><sheetData>{many}</sheetData></worksheet>");
    let row = |row: u32| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>");
    let rows = (1..=260_000).map(row).collect::<Vec<_>>().concat();
    let long = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let entity = "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    vec![
        animal("x bom trang.xlsx", huge, TOO_LARGE),
        animal("x bom noi doi.xlsx", lying, DAMAGED),
        animal("x bom chuoi.xlsx", promising(book), TOO_LARGE),
        animal(
            "x chuoi dai.xlsx",
            with(
                strings,
                [b"<sst><si><t>", &vec![b'x'; 150 << 20][..], b"</t></si></sst>"].concat(),
            ),
            DAMAGED,
        ),
        animal("x nhieu o.xlsx", with(sheet, many.into_bytes()), "DA06-T07"),
        animal("x nhieu dong.xlsx", with(sheet, long.into_bytes()), "DA06-T07"),
        animal("x long nhau.xlsx", with(sheet, "<a>".repeat(2_000_000).into_bytes()), DAMAGED),
        animal(
            "x thuc the.xlsx",
            patched(book, strings, |text| {
                let (head, rest) = text.split_once("<sst").unwrap();
                format!("{head}{entity}<sst{}", rest.replacen("<t>", "<t>&b;", 1))
            }),
            DAMAGED,
        ),
        animal(
            "x khoa.xlsx",
            compound(&[("/EncryptionInfo", b"\x04\0\x04\0"), ("/EncryptedPackage", &[0; 512])]),
            ENCRYPTED,
        ),
        animal("x dang chep.xlsx", [&book[..6_000], &[0; 8_000]].concat(), STILL_WRITTEN),
        animal(
            "x duong dan la.xlsx",
            patched(book, "xl/_rels/workbook.xml.rels", |text| {
                text.replace("worksheets/sheet", "../../../../etc/passwd")
            }),
            DAMAGED,
        ),
    ]
}

/// Workbooks of which programs would read different things, or the same thing over and over.
fn lies(book: &[u8]) -> Vec<Animal> {
    let sheet = "xl/worksheets/sheet1.xml";
    let mut twins = parts(book);
    twins.push(("xl/worksheets/SHEET1.xml".to_owned(), b"<worksheet/>".to_vec()));
    let mut changed = stored(&parts(book));
    let figure = changed.windows(6).position(|six| six == b"<v>4</").expect("a figure");
    changed[figure + 3] = b'7';
    let mut locked = package(&parts(book));
    let directory = locked.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    let crowd = |text: String| {
        let sheet = |at| format!("<sheet name=\"s{at}\" sheetId=\"{at}\" r:id=\"rId1\"/>");
        let sheets = (10..2_010).map(sheet).collect::<Vec<_>>().concat();
        let (head, rest) = text.split_once("<sheets>").unwrap();
        let (_, tail) = rest.split_once("</sheets>").unwrap();
        format!("{head}<sheets>{sheets}</sheets>{tail}")
    };
    let crowd = patched(book, "xl/workbook.xml", crowd);
    // The one that is left is a list, no form.
    let crowd = patched(&crowd, sheet, |_| {
        let cells = "<c t=\"inlineStr\"><is><t>Điện thoại</t></is></c>".repeat(20);
        format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>")
    });
    let twice = |text: String| text.replacen("<v>2</v>", "<v>2</v><v>3</v>", 1);
    vec![
        animal("x hai phan mot ten.xlsx", package(&twins), DAMAGED),
        animal("x doi so.xlsx", changed, DAMAGED),
        animal("x khoa mot phan.xlsx", locked, ENCRYPTED),
        animal("x mot phan nhieu trang.xlsx", crowd, DAMAGED),
        animal("x hai gia tri.xlsx", patched(book, sheet, twice), DAMAGED),
    ]
}

/// Returns a package that says, in its directory and in the head of the part, that the part of this
/// size is a small one.
fn lying(package: &[u8], size: u32) -> Vec<u8> {
    let mut lying = package.to_vec();
    let size = size.to_le_bytes();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
        }
    }
    lying
}

/// Zips within zips, and zips that lock or multiply.
fn packages_of_zips(book: &[u8]) -> Vec<Animal> {
    let inner = small(&[("a.xlsx", book)]);
    let mut locked = inner.clone();
    // The flag "encrypted" in the head of the part and in the directory.
    locked[6] |= 1;
    let directory = locked.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    let many: Vec<(String, Vec<u8>)> =
        (0..1_200).map(|at| (format!("{at}.csv"), Vec::new())).collect();
    let parts: Vec<(String, Vec<u8>)> =
        (0..12_000).map(|at| (format!("xl/{at}"), Vec::new())).collect();
    let crowded =
        [("xl/workbook.xml".to_owned(), Vec::new())].into_iter().chain(parts).collect::<Vec<_>>();
    vec![
        animal("x nhieu tep.zip", package(&many), TOO_LARGE),
        animal("x nhieu phan.xlsx", package(&crowded), TOO_LARGE),
        animal("x rong.zip", small(&[("thu muc/", b"")]), EMPTY),
        Animal {
            name: "x nen hai lan.zip/b.zip".to_owned(),
            bytes: Vec::new(),
            expected: "DA06-T24",
        },
        Animal { name: "x khoa.zip/a.xlsx".to_owned(), bytes: Vec::new(), expected: ENCRYPTED },
        Animal { name: "x bom.zip/0.csv".to_owned(), bytes: Vec::new(), expected: TOO_LARGE },
        animal("x nen hai lan.zip", small(&[("b.zip", &inner)]), "DA06-T26"),
        animal("x khoa.zip", locked, "DA06-T26"),
        animal("x bom.zip", small(&[("0.csv", &vec![b'0'; 60 << 20])]), "DA06-T26"),
    ]
}

/// Old binary workbooks.
fn binary(book: &[u8]) -> Vec<Animal> {
    let records = records(&stream(book));
    let with = |at: usize, record: (u16, Vec<u8>)| {
        let mut records = records.clone();
        records.insert(at, record);
        xls(&records)
    };
    let sheet = records.iter().rposition(|(kind, _)| *kind == 0x0200).unwrap();
    let mut wide = records.clone();
    wide[sheet].1 = [0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0].to_vec();
    let stray = [0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].to_vec();
    let mut endless = book.to_vec();
    // The first chain of the table of sectors leads back to its beginning.
    let table = 512 * (1 + u32::from_le_bytes(endless[76..80].try_into().unwrap()) as usize);
    for sector in 0..40 {
        endless[table + sector * 4..table + sector * 4 + 4].copy_from_slice(&0_u32.to_le_bytes());
    }
    let without_end: Vec<_> = records.iter().filter(|(kind, _)| *kind != 0x000a).cloned().collect();
    vec![
        animal("x khoa.xls", with(1, (0x002f, vec![1, 0, 1, 0, 1, 0])), ENCRYPTED),
        animal("x khoa xor.xls", with(1, (0x002f, vec![0, 0, 0x12, 0x34, 0x56, 0x78])), ENCRYPTED),
        animal("x rong bat thuong.xls", xls(&wide), TOO_LARGE),
        animal("x o xa.xls", with(sheet + 1, (0x0203, stray)), TOO_LARGE),
        animal("x vong.xls", endless, DAMAGED),
        animal("x khong BOF.xls", compound(&[("/Workbook", b"\0\0\0\0")]), DAMAGED),
        animal("x khong het.xls", xls(&without_end), DAMAGED),
        animal("x la.xls", compound(&[("/Contents", b"1")]), NOT_A_WORKBOOK),
    ]
}

/// OpenDocument spreadsheets.
fn documents(book: &[u8]) -> Vec<Animal> {
    let repeated = patched(book, "content.xml", |text| {
        let row = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
                   table:number-columns-repeated=\"16384\" office:value-type=\"float\" \
                   office:value=\"1\"/></table:table-row><table:table-row";
        text.replacen("<table:table-row", row, 1)
    });
    let locked = patched(book, "META-INF/manifest.xml", |text| {
        text.replace("</manifest:manifest>", "<manifest:encryption-data/></manifest:manifest>")
    });
    let mut deep = parts(book);
    deep.iter_mut().find(|(name, _)| name == "content.xml").unwrap().1 =
        "<table:table>".repeat(2_000_000).into_bytes();
    let mut none = parts(book);
    none.retain(|(name, _)| name != "META-INF/manifest.xml");
    for (name, content) in &mut none {
        if name == "content.xml" {
            content.clear();
        }
    }
    vec![
        animal("x lap.ods", repeated, TOO_LARGE),
        animal("x khoa.ods", locked, ENCRYPTED),
        animal("x long nhau.ods", package(&deep), DAMAGED),
        animal("x rong ruot.ods", package(&none), NO_FORM),
    ]
}

//! A correct report of four pages as data: named lines, rules tied to lines, paragraphs with their
//! spacings. A defect is one small change of it.

use super::paper::{BOLD, BOLD_ITALIC, ITALIC, REGULAR, Stroke, Text, Widths, pdf};

const MM: f64 = 72.0 / 25.4;
const BLACK: [f64; 3] = [0.0; 3];
/// Middles of the two halves of the head and of the ending.
const HEAD_LEFT: f64 = 59.0;
const HEAD_RIGHT: f64 = 140.0;
const SIGNER: f64 = 146.0;

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    Left(f64),
    Middle(f64),
    /// In the middle of the text, moved by so much.
    Centre(f64),
    /// At the left edge of the text, moved by so much.
    Edge(f64),
}

/// A line with a name.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: &'static str,
    pub page: usize,
    pub words: String,
    pub place: Place,
    pub baseline: f64,
    pub size: f64,
    pub face: usize,
    pub ink: [f64; 3],
}

/// A rule under a named line.
#[derive(Clone, Debug)]
pub struct Tied {
    pub under: &'static str,
    /// Share of the line's width.
    pub share: f64,
    pub shift: f64,
    pub is_dashed: bool,
}

/// A paragraph of the text.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub page: usize,
    pub words: String,
    pub face: usize,
    pub size: f64,
    pub indent: f64,
    /// How far full lines end before the edge, every second line.
    pub ragged: f64,
}

/// The whole document.
#[derive(Clone, Debug)]
pub struct Plan {
    pub paper: (f64, f64),
    pub left: f64,
    pub right: f64,
    /// Base line to base line, in points.
    pub leading: f64,
    /// Room between paragraphs, in points.
    pub gap: f64,
    /// First base line of pages 1 and 2.
    pub begins: [f64; 2],
    pub lines: Vec<Named>,
    pub rules: Vec<Tied>,
    pub paragraphs: Vec<Paragraph>,
}

impl Plan {
    /// Returns a document without a fault.
    pub fn correct() -> Self {
        let mut plan = Self {
            paper: (210.0, 297.0),
            left: 30.0,
            right: 190.0,
            leading: 18.0,
            gap: 6.0,
            begins: [96.0, 25.0],
            lines: Vec::new(),
            rules: Vec::new(),
            paragraphs: Vec::new(),
        };
        plan.head();
        plan.ending();
        plan.annexes();
        plan.words();
        plan.rules = vec![
            tied("issuer", 0.42),
            tied("motto", 1.0),
            tied("subject 2", 0.42),
            tied("attached I", 0.42),
            tied("attached II", 0.42),
        ];
        plan
    }

    fn add(&mut self, name: &'static str, page: usize, words: &str, set: (Place, f64, f64, usize)) {
        let (place, baseline, size, face) = set;
        let words = words.to_owned();
        self.lines.push(Named { name, page, words, place, baseline, size, face, ink: BLACK });
    }

    fn head(&mut self) {
        let (left, right) = (Place::Middle(HEAD_LEFT), Place::Middle(HEAD_RIGHT));
        let centre = Place::Centre(0.0);
        self.add("superior", 1, "UBND HUYỆN TIÊN LÃNG", (left, 24.4, 13.0, REGULAR));
        self.add("issuer", 1, "TỔ CÔNG TÁC ĐỀ ÁN 06", (left, 30.1, 13.0, BOLD));
        self.add("nation", 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (right, 24.4, 13.0, BOLD));
        self.add("motto", 1, "Độc lập - Tự do - Hạnh phúc", (right, 30.1, 14.0, BOLD));
        self.add("number", 1, "Số: 15/BC-TCTĐA06", (left, 39.2, 13.0, REGULAR));
        let date = "Tiên Lãng, ngày 15 tháng 3 năm 2024";
        self.add("date", 1, date, (right, 39.2, 14.0, ITALIC));
        self.add("kind", 1, "BÁO CÁO", (centre, 51.0, 14.0, BOLD));
        self.add(
            "subject 1",
            1,
            "Kết quả triển khai thực hiện Đề án 06",
            (centre, 57.0, 14.0, BOLD),
        );
        let subject = "trên địa bàn huyện Tiên Lãng tháng 3 năm 2024";
        self.add("subject 2", 1, subject, (centre, 63.0, 14.0, BOLD));
        let to = "Kính gửi: Tổ công tác Đề án 06 thành phố";
        self.add("addressees", 1, to, (centre, 80.0, 14.0, REGULAR));
        self.add("page 2", 2, "2", (centre, 14.0, 14.0, REGULAR));
    }

    fn ending(&mut self) {
        let (signer, edge) = (Place::Middle(SIGNER), Place::Edge(0.0));
        self.add("label", 2, "Nơi nhận:", (edge, 200.0, 12.0, BOLD_ITALIC));
        self.add("recipient 1", 2, "- Như trên;", (edge, 205.0, 11.0, REGULAR));
        self.add("recipient 2", 2, "- UBND các xã, thị trấn;", (edge, 209.5, 11.0, REGULAR));
        self.add("recipient 3", 2, "- Lưu: VT, CAH.", (edge, 214.0, 11.0, REGULAR));
        self.add("authority", 2, "TM. TỔ CÔNG TÁC ĐỀ ÁN 06", (signer, 200.0, 14.0, BOLD));
        self.add("office", 2, "TỔ TRƯỞNG", (signer, 206.0, 14.0, BOLD));
        self.add("name", 2, "Nguyễn Thị Bích Hương", (signer, 240.0, 14.0, BOLD));
    }

    fn annexes(&mut self) {
        let (centre, edge) = (Place::Centre(0.0), Place::Edge(0.0));
        let attached = "(Kèm theo Báo cáo số 15/BC-TCTĐA06 ngày 15 tháng 3 năm 2024)";
        self.add("label I", 3, "Phụ lục I", (centre, 25.0, 14.0, BOLD));
        self.add("title I", 3, "KẾT QUẢ CỦA CÁC XÃ, THỊ TRẤN", (centre, 31.0, 14.0, BOLD));
        self.add("attached I", 3, attached, (centre, 37.0, 14.0, ITALIC));
        self.add("note I", 3, "Các xã, thị trấn đã gửi đủ số liệu.", (edge, 60.0, 13.0, REGULAR));
        self.add("page I-2", 4, "2", (centre, 14.0, 14.0, REGULAR));
        self.add("note I-2", 4, "Số liệu đã được đối chiếu.", (edge, 25.0, 13.0, REGULAR));
        self.add("label II", 5, "Phụ lục II", (centre, 25.0, 14.0, BOLD));
        self.add("title II", 5, "KẾT QUẢ CỦA CÁC PHÒNG, BAN, NGÀNH", (centre, 31.0, 14.0, BOLD));
        self.add("attached II", 5, attached, (centre, 37.0, 14.0, ITALIC));
        self.add("note II", 5, "Các phòng, ban đã gửi đủ số liệu.", (edge, 60.0, 13.0, REGULAR));
    }

    fn words(&mut self) {
        let base = |words: &str| (1, ITALIC, words.to_owned());
        let text = |page: usize, words: &str| (page, REGULAR, words.to_owned());
        let head = |page: usize, words: &str| (page, BOLD, words.to_owned());
        let all = [
            base(
                "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư và các quy định có liên quan;",
            ),
            base(
                "Căn cứ Kế hoạch số 21/KH-UBND ngày 22/01/2024 của Ủy ban nhân dân huyện về triển khai thực hiện Đề án 06 năm 2024.",
            ),
            text(
                1,
                "Thực hiện Quyết định số 06/QĐ-TTg của Thủ tướng Chính phủ, Tổ công tác Đề án 06 huyện Tiên Lãng báo cáo kết quả tuyên truyền, triển khai thực hiện trong tháng như sau:",
            ),
            head(1, "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
            text(
                1,
                "Trong kỳ, các cơ quan, đơn vị trên địa bàn huyện Tiên Lãng đã ban hành nhiều văn bản chỉ đạo, kế hoạch về tuyên truyền theo Điều 12 và khoản 1 Điều 13 của quy chế làm việc.",
            ),
            head(1, "1. Công tác tuyên truyền"),
            text(
                1,
                "a) Ủy ban nhân dân xã Tiên Minh, xã Tiên Thắng và các xã, thị trấn khác đã tổ chức tuyên truyền trực tiếp tại các thôn, tổ dân phố trên địa bàn.",
            ),
            text(
                1,
                "b) Phòng Tư pháp phối hợp với Công an huyện hướng dẫn người dân cài đặt, kích hoạt tài khoản định danh điện tử tại bộ phận một cửa.",
            ),
            text(2, "II. KẾT QUẢ THỰC HIỆN"),
            text(
                2,
                "Các Tổ công tác cấp thôn đã đến tuyên truyền, hướng dẫn tại nhà nhiều hộ gia đình; số liệu cụ thể của từng đơn vị được trình bày tại các phụ lục kèm theo báo cáo này.",
            ),
            text(
                2,
                "Trên đây là báo cáo kết quả triển khai thực hiện Đề án 06 trong tháng, Tổ công tác Đề án 06 huyện trân trọng báo cáo và đề nghị thành phố xem xét, chỉ đạo./.",
            ),
        ];
        self.paragraphs = all
            .into_iter()
            .map(|(page, face, words)| Paragraph {
                page,
                face: if words.starts_with("II. ") { BOLD } else { face },
                words,
                size: 14.0,
                indent: 12.7,
                ragged: 0.0,
            })
            .collect();
    }

    /// Returns the line of a name.
    pub fn line(&mut self, name: &str) -> &mut Named {
        self.lines.iter_mut().find(|line| line.name == name).unwrap_or_else(|| panic!("{name}"))
    }

    /// Returns the rule under a line.
    pub fn rule(&mut self, under: &str) -> &mut Tied {
        self.rules.iter_mut().find(|rule| rule.under == under).unwrap()
    }

    /// Returns the paragraph that begins so.
    pub fn paragraph(&mut self, begin: &str) -> &mut Paragraph {
        self.paragraphs.iter_mut().find(|p| p.words.starts_with(begin)).unwrap()
    }

    /// Returns the PDF of the plan.
    pub fn pdf(&self, widths: &Widths) -> Vec<u8> {
        let mut texts: Vec<Text> = self.lines.iter().map(|line| self.text(line, widths)).collect();
        let strokes: Vec<Stroke> = self
            .rules
            .iter()
            .map(|rule| {
                let line = self.lines.iter().find(|line| line.name == rule.under).unwrap();
                let width = widths.of(&line.words, line.face.min(3), line.size);
                let left =
                    self.text(line, widths).left + rule.shift + width * (1.0 - rule.share) / 2.0;
                Stroke {
                    page: line.page,
                    left,
                    right: left + width * rule.share,
                    y: line.baseline + 2.1,
                    is_dashed: rule.is_dashed,
                }
            })
            .collect();
        let mut baseline = self.begins[0];
        let mut page = 1;
        for paragraph in &self.paragraphs {
            if paragraph.page != page {
                page = paragraph.page;
                baseline = self.begins[page - 1];
            }
            baseline = self.paragraph_lines(paragraph, baseline, widths, &mut texts);
        }
        let pages = self.lines.iter().map(|line| line.page).max().unwrap();
        pdf(&vec![self.paper; pages], &texts, &strokes, widths)
    }

    /// Returns a page without a word.
    pub fn blank(&self) -> Vec<u8> {
        pdf(&[self.paper], &[], &[], &Widths::load())
    }

    fn text(&self, line: &Named, widths: &Widths) -> Text {
        let width = widths.of(&line.words, line.face, line.size);
        let left = match line.place {
            Place::Left(left) => left,
            Place::Middle(middle) => middle - width / 2.0,
            Place::Centre(by) => f64::midpoint(self.left, self.right) + by - width / 2.0,
            Place::Edge(by) => self.left + by,
        };
        Text {
            page: line.page,
            words: line.words.clone(),
            left,
            baseline: line.baseline,
            size: line.size,
            face: line.face,
            ink: line.ink,
            stretched_to: None,
        }
    }

    /// Sets a paragraph and returns where the next one begins.
    fn paragraph_lines(
        &self,
        paragraph: &Paragraph,
        begin: f64,
        widths: &Widths,
        texts: &mut Vec<Text>,
    ) -> f64 {
        let Paragraph { page, face, size, .. } = *paragraph;
        let mut rows: Vec<String> = vec![String::new()];
        for word in paragraph.words.split(' ') {
            let indent = if rows.len() == 1 { paragraph.indent } else { 0.0 };
            let row = rows.last_mut().unwrap();
            let longer = if row.is_empty() { word.to_owned() } else { format!("{row} {word}") };
            if widths.of(&longer, face, size) + indent <= self.right - self.left {
                *row = longer;
            } else {
                rows.push(word.to_owned());
            }
        }
        let mut baseline = begin;
        let last = rows.len() - 1;
        for (place, words) in rows.into_iter().enumerate() {
            let indent = if place == 0 { paragraph.indent } else { 0.0 };
            let short = if place % 2 == 0 { paragraph.ragged } else { 0.0 };
            texts.push(Text {
                page,
                words,
                left: self.left + indent,
                baseline,
                size,
                face,
                ink: BLACK,
                stretched_to: (place < last).then_some(self.right - short),
            });
            baseline += self.leading / MM;
        }
        baseline + self.gap / MM
    }
}

fn tied(under: &'static str, share: f64) -> Tied {
    Tied { under, share, shift: 0.0, is_dashed: false }
}

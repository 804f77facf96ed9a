//! The guide made ready for matching: folded words, patterns and codes, computed once for a run.

use std::{collections::BTreeSet, sync::Arc};

pub(super) use super::part_words::PartWords;
use super::{
    GuideDetail, GuideLabels, ReadingGuide,
    abbreviations::Abbreviations,
    codes::{KnownCodes, codes_by_form},
    details::DetailHead,
    familiar::{Familiar, NameHeads},
    head_memo::HeadMemo,
    header::ValueHeader,
    heads::Heads,
    mapping::{self, FormRows, Mappings},
    names::AnyName,
    of_units::OfUnits,
    part_words::parts_of,
    withdrawn::TitleMemo,
    word_row::RowMemo,
};
use crate::{
    crew::{Crew, both},
    template::{DetailKind, UnitWords},
    text::{HashMap, HashSet, fold, without_marks},
};

/// Everything that words and codes of a sheet are compared with.
#[derive(Debug)]
pub(super) struct Matcher {
    /// Parts of forms, in the order of the guide.
    pub(super) parts: Vec<PartWords>,
    /// Forms in the order of the guide, with the codes of all their rows as the templates write
    /// them.
    pub(super) forms: Vec<(String, BTreeSet<String>)>,
    /// Detail tables, in the order of the guide.
    pub(super) details: Vec<DetailWords>,
    /// Keys of boxes.
    pub(super) boxes: Vec<String>,
    /// Rows of the forms with their words, for proposals.
    pub(super) form_rows: Vec<FormRows>,
    /// Accepted mappings.
    pub(super) mappings: Mappings,
    /// Abbreviations of offices.
    pub(super) abbreviations: Arc<Abbreviations>,
    /// All codes of all parts.
    pub(super) codes: KnownCodes,
    /// Units of count by code as the templates write it, folded.
    units_of_count: HashMap<String, String>,
    /// The folded name of the section of each code.
    sections: HashMap<String, String>,
    /// Words for what is counted, by the same codes.
    unit_words: HashMap<String, UnitWords>,
    /// All names of all parts.
    pub(super) any_name: AnyName,
    /// Folded labels by their first letter, longest first.
    labels: HashMap<char, Vec<(String, Field)>>,
    row_heads: Heads<RowHead>,
    /// Of every column of values: index of the part and of the column in it.
    pub(super) value_heads: Heads<(usize, usize)>,
    /// Of every column of detail tables.
    detail_heads: Heads<()>,
    /// What may stand around tables without a word about it.
    pub(super) familiar: Familiar,
    name_heads: NameHeads,
    /// Heads of tables that were read before.
    pub(super) heads: HeadMemo<Arc<[ValueHeader]>>,
    /// The same of detail tables.
    pub(super) heads_of_details: HeadMemo<Option<DetailHead>>,
    /// What titles say against the numbers below them.
    pub(super) titles: TitleMemo,
    /// Rows of words that come again.
    pub(super) rows: RowMemo,
    /// Names of units, folded, with and without marks.
    unit_names: HashSet<String>,
    /// The same without the words for their kind: "Tiên Minh".
    bare_unit_names: HashSet<String>,
    /// Day of a month with which a period begins.
    pub(super) first_day: u32,
    total: Vec<String>,
    sign_off: Vec<String>,
    sample_mark: Vec<String>,
}

/// A detail table.
#[derive(Debug)]
pub(super) struct DetailWords {
    /// Its key.
    pub(super) key: String,
    /// Its columns.
    pub(super) columns: Vec<DetailColumnWords>,
}

/// A column of a detail table.
#[derive(Debug)]
pub(super) struct DetailColumnWords {
    /// Its key.
    pub(super) key: String,
    /// What its cells hold.
    pub(super) kind: DetailKind,
    /// Heads.
    titles: Heads<()>,
}

/// What a column says of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowHead {
    Code,
    Indicator,
    Note,
    Ordinal,
    UnitOfCount,
}

/// What a label in the head or the foot of a return announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// "Đơn vị báo cáo".
    Unit,
    /// "Mã đơn vị".
    UnitCode,
    /// "Kỳ báo cáo".
    Period,
    /// "Lần gửi".
    Submission,
    /// A box; index of [`Matcher::boxes`].
    Box(usize),
}

impl Matcher {
    /// Returns the guide made ready, by a crew.
    pub(super) fn new(guide: &ReadingGuide, crew: &dyn Crew) -> Self {
        let labels = &guide.labels;
        let abbreviations = Arc::new(Abbreviations::new(&guide.abbreviations));
        let (of_units, (parts, value_heads)) =
            both(crew, || OfUnits::new(guide, crew), || parts_of(guide, &abbreviations));
        let OfUnits { familiar, names: unit_names, bare_names: bare_unit_names } = of_units;
        Self {
            codes: KnownCodes::new(guide, parts.iter().map(|part| &part.codes)),
            forms: codes_by_form(parts.iter().map(|part| (&part.form, &part.codes))),
            units_of_count: guide
                .indicators
                .iter()
                .map(|known| (known.code.clone(), fold(&known.unit_of_count)))
                .collect(),
            sections: guide
                .indicators
                .iter()
                .map(|known| (known.code.clone(), fold(&known.section)))
                .collect(),
            unit_words: unit_words(guide),
            any_name: AnyName::of(&parts.iter().map(|part| &part.names)),
            parts,
            form_rows: mapping::form_rows(guide),
            mappings: Mappings::new(&guide.mappings),
            details: guide.details.iter().map(DetailWords::new).collect(),
            boxes: guide.boxes.iter().map(|(key, _)| key.clone()).collect(),
            labels: labels_of(labels, &guide.boxes),
            row_heads: Heads::new([
                (RowHead::Code, &labels.code),
                (RowHead::Indicator, &labels.indicator),
                (RowHead::Note, &labels.note),
                (RowHead::Ordinal, &labels.ordinal),
                (RowHead::UnitOfCount, &labels.unit_of_count),
            ]),
            value_heads,
            familiar,
            name_heads: NameHeads::new(&guide.name_heads),
            abbreviations,
            heads: HeadMemo::default(),
            heads_of_details: HeadMemo::default(),
            titles: TitleMemo::default(),
            rows: RowMemo::default(),
            detail_heads: Heads::new(
                guide
                    .details
                    .iter()
                    .flat_map(|detail| &detail.columns)
                    .map(|(_, heads, _)| ((), heads)),
            ),
            unit_names,
            bare_unit_names,
            first_day: guide.first_day,
            total: folded(&labels.total),
            sign_off: folded(&labels.sign_off),
            sample_mark: folded(&labels.sample_mark),
        }
    }

    /// Returns whether folded words head the column of codes.
    pub(super) fn is_code_head(&self, words: &str) -> bool {
        self.row_heads.is_of(RowHead::Code, words)
    }

    /// Returns whether folded words head the column of names; they may name the month: "nội dung báo cáo
    /// tháng 3".
    pub(super) fn is_indicator_head(&self, words: &str) -> bool {
        let is_head =
            |words| self.row_heads.is_of(RowHead::Indicator, words) || self.name_heads.has(words);
        is_head(words)
            || words.split_once(" tháng ").is_some_and(|(before, month)| {
                month.starts_with(|first: char| first.is_ascii_digit()) && is_head(before)
            })
    }

    /// Returns whether folded words head the column of notes.
    pub(super) fn is_note_head(&self, words: &str) -> bool {
        self.row_heads.is_of(RowHead::Note, words)
    }

    /// Returns whether folded words head the column of ordinals.
    pub(super) fn is_ordinal_head(&self, words: &str) -> bool {
        self.row_heads.is_of(RowHead::Ordinal, words)
    }

    /// Returns whether folded words head the column of units of count.
    pub(super) fn is_unit_of_count_head(&self, words: &str) -> bool {
        self.row_heads.is_of(RowHead::UnitOfCount, words)
    }

    /// Returns whether folded words head a column that says what a row is: ordinal, code, name, unit
    /// of count or note.
    pub(super) fn is_row_head(&self, words: &str) -> bool {
        self.row_heads.is_any(words) || self.is_indicator_head(words)
    }

    /// Returns whether folded words name another unit of count than that of a code as the templates write it.
    pub(super) fn is_other_unit_of_count(&self, code: &str, words: &str) -> bool {
        let known = self.unit_words.get(code);
        words.contains(char::is_alphanumeric)
            && known.is_some_and(|known| !known.is_named_by(words))
    }

    /// Returns the folded unit of count of a code as the templates write it.
    pub(super) fn unit_of_count(&self, code: &str) -> &str {
        self.units_of_count.get(code).map_or("", String::as_str)
    }

    /// Returns the folded name of the section of a normalised code.
    pub(super) fn section(&self, code: &str) -> &str {
        self.sections.get(&self.written_code(code)).map_or("", String::as_str)
    }

    /// Returns whether folded words are the name of a unit.
    pub(super) fn is_unit(&self, words: &str) -> bool {
        self.unit_names.contains(words)
    }

    /// Returns whether folded words are the name of a unit without the words for its kind.
    pub(super) fn is_bare_unit(&self, words: &str) -> bool {
        self.bare_unit_names.contains(words)
    }

    /// Returns whether folded words head a column of any detail table.
    pub(super) fn is_detail_head(&self, words: &str) -> bool {
        self.detail_heads.is_any(words)
    }

    /// Returns whether folded words begin a total row; after a single word such as "Cộng" nothing
    /// may follow, for there are thôn of that name.
    pub(super) fn is_total(&self, words: &str) -> bool {
        self.total.iter().any(|total| {
            let Some(behind) = words.strip_prefix(total.as_str()) else { return false };
            let rest = behind.trim_start();
            rest.is_empty()
                || rest.starts_with([':', '('])
                || (total.contains(' ') && begins_with(words, total))
        })
    }

    /// Returns whether folded words begin the sign-off block.
    pub(super) fn is_sign_off(&self, words: &str) -> bool {
        self.sign_off.iter().any(|sign_off| begins_with(words, sign_off))
    }

    /// Returns whether folded words hold the mark of sample figures.
    pub(super) fn is_sample_mark(&self, words: &str) -> bool {
        self.sample_mark.iter().any(|mark| words.contains(mark.as_str()))
    }

    /// Returns the field whose label begins the folded words, with the label; the longest counts.
    pub(super) fn label(&self, words: &str) -> Option<(Field, &str)> {
        let mut labels = self.labels.get(&words.chars().next()?)?.iter();
        let (label, field) = labels.find(|(label, _)| begins_with(words, label))?;
        Some((*field, label.as_str()))
    }
}

impl DetailWords {
    fn new(guide: &GuideDetail) -> Self {
        let columns = guide.columns.iter().map(|(key, titles, kind)| DetailColumnWords {
            key: key.clone(),
            kind: *kind,
            titles: Heads::new([((), titles)]),
        });
        Self { key: guide.key.clone(), columns: columns.collect() }
    }
}

impl DetailColumnWords {
    /// Returns whether folded words are its head.
    pub(super) fn is_head(&self, words: &str) -> bool {
        self.titles.is_any(words)
    }
}

/// Returns whether folded words begin with others and end there or go on with another word.
fn begins_with(words: &str, beginning: &str) -> bool {
    !beginning.is_empty()
        && words
            .strip_prefix(beginning)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
}

/// Returns words as they are compared, with their marks and without any.
fn folded(words: &[String]) -> Vec<String> {
    let both = words.iter().map(|words| fold(words)).flat_map(|folded| {
        let bare = without_marks(&folded);
        [folded, bare]
    });
    let mut folded: Vec<String> = both.filter(|words| !words.is_empty()).collect();
    folded.dedup();
    folded
}

fn labels_of(
    labels: &GuideLabels,
    boxes: &[(String, Vec<String>)],
) -> HashMap<char, Vec<(String, Field)>> {
    let of_head = [
        (&labels.unit, Field::Unit),
        (&labels.unit_code, Field::UnitCode),
        (&labels.period, Field::Period),
        (&labels.submission, Field::Submission),
    ];
    let of_boxes = boxes.iter().enumerate().map(|(index, (_, words))| (words, Field::Box(index)));
    let mut all: Vec<(String, Field)> = of_head
        .into_iter()
        .chain(of_boxes)
        .flat_map(|(words, field)| folded(words).into_iter().map(move |word| (word, field)))
        .map(|(word, field)| (word.trim_end_matches([':', ' ']).to_owned(), field))
        .collect();
    all.sort_by_key(|(word, _)| std::cmp::Reverse(word.chars().count()));
    let mut by_letter: HashMap<char, Vec<(String, Field)>> = HashMap::default();
    for (word, field) in all {
        by_letter.entry(word.chars().next().unwrap_or_default()).or_default().push((word, field));
    }
    by_letter
}

/// Returns the words for what each indicator counts; nothing for those of which no unit is known.
fn unit_words(guide: &ReadingGuide) -> HashMap<String, UnitWords> {
    let known = guide.indicators.iter().filter(|known| !known.unit_of_count.is_empty());
    let words = known.map(|known| {
        let things = known.other_names.first().map(String::as_str).unwrap_or_default();
        let words = UnitWords::new(&known.unit_of_count).of_things(things);
        (known.code.clone(), words.or_called(&guide.same_units))
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples::matcher;

    #[test]
    fn a_village_whose_name_begins_like_a_total_is_none() {
        let matcher =
            Matcher { total: folded(&["Cộng".into(), "Tổng cộng".into()]), ..matcher() };
        for (words, expected) in [
            ("cộng", true),
            ("cộng:", true),
            ("tổng cộng toàn xã", true),
            ("cộng hòa", false),
            ("thôn tổng", false),
        ] {
            assert_eq!(matcher.is_total(words), expected, "{words}");
        }
    }

    #[test]
    fn labels_end_at_a_word() {
        assert!(begins_with("tổng cộng:", "tổng cộng"));
        assert!(!begins_with("tổng cộngx", "tổng cộng"));
    }
}

//! Markdown becomes blocks: headings of three levels, paragraphs, lists, bold and italic. Nothing
//! else of Markdown has a place in a report.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::compose::{
    document::{Block, ConstantKind, Heading, Paragraph, ParagraphKind, Run},
    typography::{glue, tidy},
};

/// A stretch of words with one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The words.
    pub words: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// What a stretch becomes.
pub(super) enum Inline {
    /// Runs of the paragraph at hand.
    Runs(Vec<Run>),
    /// Blocks that end the paragraph at hand.
    Blocks(Vec<Block>),
}

/// Why words cannot become blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MarkdownFault<E> {
    /// Something of Markdown that a report has no place for, with its line from 1.
    Unsupported {
        /// Line of the text, from 1.
        line: usize,
        /// The first words of it.
        excerpt: String,
    },
    /// The words themselves are refused.
    Words(E),
}

/// Returns the blocks of a Markdown text; `resolve` turns words into runs or blocks.
pub(super) fn blocks<E>(
    text: &str,
    resolve: &dyn Fn(&Stretch) -> Result<Vec<Inline>, E>,
) -> Result<Vec<Block>, MarkdownFault<E>> {
    let text: String = text.lines().flat_map(|line| [line.trim(), "\n"]).collect();
    let mut writer = Writer { resolve, blocks: Vec::new(), stretches: Vec::new(), look: (0, 0) };
    let mut kind = Kind::Paragraph(ParagraphKind::Body);
    let mut ordinal: Vec<Option<u64>> = Vec::new();
    for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                kind = Kind::Heading((level as usize).min(3));
            }
            Event::Start(Tag::List(first)) => {
                writer.finish(kind).map_err(MarkdownFault::Words)?;
                ordinal.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                ordinal.pop();
                kind = Kind::Paragraph(ParagraphKind::Body);
            }
            Event::Start(Tag::Item) => {
                kind = Kind::Paragraph(ParagraphKind::ListItem);
                if let Some(Some(number)) = ordinal.last_mut() {
                    writer.word(&format!("{number}. "));
                    *number += 1;
                    kind = Kind::Paragraph(ParagraphKind::Body);
                }
            }
            Event::End(TagEnd::Item | TagEnd::Heading(_) | TagEnd::Paragraph) => {
                writer.finish(kind).map_err(MarkdownFault::Words)?;
                let plain = ordinal.is_empty();
                kind = if plain { Kind::Paragraph(ParagraphKind::Body) } else { kind };
            }
            Event::Start(Tag::Paragraph | Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Strong) => writer.look.0 += 1,
            Event::End(TagEnd::Strong) => writer.look.0 -= 1,
            Event::Start(Tag::Emphasis) => writer.look.1 += 1,
            Event::End(TagEnd::Emphasis) => writer.look.1 -= 1,
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => writer.word(&words),
            Event::SoftBreak | Event::HardBreak => writer.word(" "),
            _ => {
                let before = text.get(..range.start).unwrap_or_default();
                let excerpt = text.get(range).unwrap_or_default();
                return Err(MarkdownFault::Unsupported {
                    line: before.lines().count() + 1,
                    excerpt: excerpt.chars().take_while(|sign| *sign != '\n').take(40).collect(),
                });
            }
        }
    }
    writer.finish(kind).map_err(MarkdownFault::Words)?;
    Ok(writer.blocks)
}

/// What the words at hand become.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading(usize),
    Paragraph(ParagraphKind),
}

struct Writer<'a, E> {
    resolve: &'a dyn Fn(&Stretch) -> Result<Vec<Inline>, E>,
    blocks: Vec<Block>,
    stretches: Vec<Stretch>,
    /// How many bold and italic marks are open.
    look: (u32, u32),
}

impl<E> Writer<'_, E> {
    fn word(&mut self, words: &str) {
        let (bold, italic) = (self.look.0 > 0, self.look.1 > 0);
        match self.stretches.last_mut() {
            Some(last) if (last.bold, last.italic) == (bold, italic) => last.words.push_str(words),
            _ => self.stretches.push(Stretch { words: words.to_owned(), bold, italic }),
        }
    }

    fn finish(&mut self, kind: Kind) -> Result<(), E> {
        let mut stretches = std::mem::take(&mut self.stretches);
        for stretch in &mut stretches {
            stretch.words = tidy(&stretch.words);
        }
        if let Some(first) = stretches.first_mut() {
            first.words = first.words.trim_start().to_owned();
        }
        if let Some(last) = stretches.last_mut() {
            last.words = last.words.trim_end().to_owned();
        }
        let mut runs = Vec::new();
        if let (Kind::Heading(_), Some(first)) = (kind, stretches.first_mut()) {
            runs.extend(heading_number(&mut first.words));
        }
        for stretch in &stretches {
            for inline in (self.resolve)(stretch)? {
                match inline {
                    Inline::Runs(more) => runs.extend(more.into_iter().map(|run| Run {
                        bold: run.bold || stretch.bold,
                        italic: run.italic || stretch.italic,
                        ..run
                    })),
                    Inline::Blocks(blocks) => {
                        self.push(std::mem::take(&mut runs), kind);
                        self.blocks.extend(blocks);
                    }
                }
            }
        }
        self.push(runs, kind);
        Ok(())
    }

    fn push(&mut self, runs: Vec<Run>, kind: Kind) {
        if crate::compose::document::shown(&runs).trim().is_empty() {
            return;
        }
        let runs = glue(runs);
        self.blocks.push(match kind {
            Kind::Heading(level) => {
                Block::Heading(Heading { level: u8::try_from(level).unwrap_or(3), runs })
            }
            Kind::Paragraph(kind) => Block::Paragraph(Paragraph { kind, runs }),
        });
    }
}

/// Takes the number "1." from the words of a heading.
fn heading_number(words: &mut String) -> Option<Run> {
    let (number, rest) = words.split_once('.')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return None;
    }
    let number = Run::constant(ConstantKind::Ordinal, number);
    *words = format!(".{rest}");
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::shown;

    #[expect(clippy::unnecessary_wraps, reason = "the resolver of a real text refuses digits")]
    fn plain(stretch: &Stretch) -> Result<Vec<Inline>, ()> {
        Ok(vec![Inline::Runs(vec![Run::text(stretch.words.clone())])])
    }

    fn written(text: &str) -> Vec<String> {
        let line = |block: Block| match block {
            Block::Heading(heading) => format!("H{} {}", heading.level, shown(&heading.runs)),
            Block::Paragraph(paragraph) => {
                let bold: String =
                    paragraph.runs.iter().filter(|run| run.bold).map(Run::shown).collect();
                format!("{:?} {} <{bold}>", paragraph.kind, shown(&paragraph.runs))
            }
            other => format!("{other:?}"),
        };
        blocks(text, &plain).unwrap().into_iter().map(line).collect()
    }

    #[test]
    fn headings_paragraphs_and_lists() {
        let text = "# I. CHỈ ĐẠO\n## 1. Tuyên truyền\n### a) Xã\n    Một **hai** .\n  Ba.\n\n- Bốn\n- năm\n\nSáu";
        let expected = [
            "H1 I. CHỈ ĐẠO",
            "H2 1. Tuyên truyền",
            "H3 a) Xã",
            "Body Một hai. Ba. <hai>",
            "ListItem Bốn <>",
            "ListItem năm <>",
            "Body Sáu <>",
        ];
        assert_eq!(written(text), expected);
    }

    #[test]
    fn numbered_lists_are_paragraphs_with_their_number() {
        assert_eq!(written("3. Ba\n4. Bốn"), ["Body 3. Ba <>", "Body 4. Bốn <>"]);
    }

    #[test]
    fn what_a_report_has_no_place_for_names_its_line() {
        let fault = blocks("a\n\n> trích", &plain).err();
        let expected = MarkdownFault::Unsupported { line: 3, excerpt: "> trích".to_owned() };
        assert_eq!(fault, Some(expected));
        let fault = blocks("a\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", &plain).err();
        let expected = MarkdownFault::Unsupported { line: 3, excerpt: "| a | b |".to_owned() };
        assert_eq!(fault, Some(expected), "a table would be printed as it is typed");
    }
}

//! The words of the report: `bao-cao.md` over the figures gives Markdown, Markdown gives blocks.
//! Every digit comes from a figure, a typed constant or the office's own words.

mod check;
mod environment;
mod forwarding;
mod objects;
mod ranks;
mod sayings;
mod snapshot;
mod source;
mod tokens;

use std::sync::Arc;

use minijinja::Value;

pub(super) use check::check;
pub(super) use tokens::without_tokens;
use tokens::{Piece, Token, Tokens};

use crate::{
    compose::{
        ComposeError, ReportInput,
        document::{Block, ConstantKind, Run},
        markdown::{self, Inline, MarkdownFault, Stretch},
        office_words::{OfficeWords, OfficeWordsFault},
        runs::{self, Digits, StrayDigits},
    },
    text,
};

/// Returns the body of the report.
pub(super) fn body(input: &ReportInput<'_>) -> Result<Vec<Block>, ComposeError> {
    let office = OfficeWords::read(input.office_words.unwrap_or_default()).map_err(office_error)?;
    let names = &input.templates.body.names_with_digits;
    let source = text::nfc(&input.templates.report);
    if let Some((line, digits)) = source::stray_digits(&source, names) {
        return Err(ComposeError::StrayDigits { line: Some(line), digits });
    }
    let tokens = Tokens::default();
    let snapshot = Arc::new(snapshot::Snapshot::of(input, office));
    let environment = environment::environment(&snapshot, &tokens);
    let rendered = environment
        .render_named_str(environment::TEMPLATE, &source, Value::from(()))
        .map_err(template_error)?;
    markdown::blocks(&text::nfc(&rendered), &|stretch| resolve(stretch, &tokens, names))
        .map_err(markdown_error)
        .map_err(|error| with_office_line(error, input.office_words))
}

/// Returns the runs of a stretch of the template's words.
fn resolve(
    stretch: &Stretch,
    tokens: &Tokens,
    names: &[String],
) -> Result<Vec<Inline>, ComposeError> {
    let refused = |StrayDigits(digits)| ComposeError::StrayDigits { line: None, digits };
    let mut inlines = Vec::new();
    for piece in tokens.pieces(&stretch.words) {
        inlines.push(match piece {
            Piece::Words(words) => {
                Inline::Runs(runs::split(&words, names, Digits::Refused).map_err(refused)?)
            }
            Piece::Token(Token::Runs(runs)) => Inline::Runs(runs),
            Piece::Token(Token::OfficeWords(words)) => {
                Inline::Blocks(office_blocks(&words, names)?)
            }
        });
    }
    Ok(inlines)
}

/// Returns the blocks of the office's own words.
fn office_blocks(words: &str, names: &[String]) -> Result<Vec<Block>, ComposeError> {
    let digits = Digits::Kind(ConstantKind::OfficeWords);
    let resolve = |stretch: &Stretch| {
        let runs = runs::split(&stretch.words, names, digits)
            .unwrap_or_else(|StrayDigits(words)| vec![Run::text(words)]);
        Ok(vec![Inline::Runs(runs)])
    };
    markdown::blocks(words, &resolve).map_err(|fault| match fault {
        MarkdownFault::Words(error) => error,
        MarkdownFault::Unsupported { excerpt, .. } => {
            ComposeError::OfficeMarkdown { line: None, excerpt }
        }
    })
}

/// Returns the error with the line of `loi-van.md` that holds what is refused.
fn with_office_line(error: ComposeError, office: Option<&str>) -> ComposeError {
    let ComposeError::OfficeMarkdown { excerpt, .. } = error else { return error };
    let text = text::nfc(office.unwrap_or_default());
    let line = text.lines().position(|line| line.contains(&excerpt)).map(|index| index + 1);
    ComposeError::OfficeMarkdown { line, excerpt }
}

fn office_error(fault: OfficeWordsFault) -> ComposeError {
    match fault {
        OfficeWordsFault::UnknownSection { line, heading } => {
            ComposeError::UnknownOfficeSection { line, heading }
        }
        OfficeWordsFault::WordsOutside { line } => ComposeError::OfficeWordsOutside { line },
    }
}

fn markdown_error(fault: MarkdownFault<ComposeError>) -> ComposeError {
    match fault {
        MarkdownFault::Words(error) => error,
        MarkdownFault::Unsupported { excerpt, .. } => {
            ComposeError::Markdown { excerpt: without_tokens(&excerpt) }
        }
    }
}

/// Returns the error of a template in our words, with the engine's as its cause.
fn template_error(error: minijinja::Error) -> ComposeError {
    use minijinja::ErrorKind;
    // The engine's own words, which are English, stay in the chain of causes.
    let ours = error.detail().filter(|words| !words.is_ascii());
    let ours = ours.filter(|_| error.kind() == ErrorKind::InvalidOperation);
    let message = match error.kind() {
        ErrorKind::UndefinedError => "dùng một tên chưa có".to_owned(),
        ErrorKind::SyntaxError => "viết sai cú pháp".to_owned(),
        kind @ (ErrorKind::UnknownFilter | ErrorKind::UnknownTest) => {
            check::unknown_words(kind).to_owned()
        }
        ErrorKind::UnknownFunction => "gọi một hàm chưa có".to_owned(),
        ErrorKind::OutOfFuel => "lặp quá nhiều lần".to_owned(),
        _ => ours.map_or_else(|| "không thực hiện được".to_owned(), str::to_owned),
    };
    ComposeError::Template { line: error.line(), message, source: error }
}

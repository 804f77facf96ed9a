//! The signed report: letterhead, words, signature and annexes, in the order of the layout decree.

use crate::compose::{
    ComposeError, ReportInput, annexes, charts, cover,
    document::{Audience, Block, Document, Meta, Orientation, Section},
    letterhead, sources, summary, trend, words,
};

/// Composes the report.
pub fn report(input: &ReportInput<'_>) -> Result<Document, ComposeError> {
    let mut sections = vec![body(input)?];
    sections.extend(annexes::sections(input));
    sections.extend(charts::section(input).or_else(|| charts_of_the_body(&sections)));
    sections.insert(0, cover::section(input, &sections));
    let (overview, names) = summary::section(input);
    sections.push(overview);
    sections.extend(trend::section(input));
    sections.push(sources::section(input));
    let subject = letterhead::subject(input).join(" ");
    let meta = Meta {
        title: format!("Báo cáo {subject}"),
        author: input.templates.body.name.clone(),
        subject,
        date: input.lookup().last_day(),
    };
    Ok(Document { meta, sections, names })
}

/// Returns the charts that stand in the body, for the workbook, which has no body.
fn charts_of_the_body(sections: &[Section]) -> Option<Section> {
    let blocks = sections.iter().flat_map(|section| &section.blocks);
    let charts: Vec<Block> =
        blocks.filter(|block| matches!(block, Block::Chart(_))).cloned().collect();
    (!charts.is_empty()).then(|| Section {
        name: "Biểu đồ".to_owned(),
        orientation: Orientation::Portrait,
        audience: Audience::Workbook,
        blocks: charts,
    })
}

/// Returns what is signed.
fn body(input: &ReportInput<'_>) -> Result<Section, ComposeError> {
    let mut blocks: Vec<Block> = vec![letterhead::header(input), letterhead::title(input)];
    blocks.extend(letterhead::addressees(input));
    blocks.extend(charts::place(input, words::body(input)?));
    blocks.push(letterhead::signature(input));
    Ok(Section {
        name: "Báo cáo".to_owned(),
        orientation: Orientation::Portrait,
        audience: Audience::Print,
        blocks,
    })
}

//! Numbers that stand in words beside their figures: "Bằng chữ: ba mươi hai".

use crate::{
    ingest::Located,
    quantity::Quantity,
    template::IndicatorIx,
    text,
    validate::{Finding, State, checks::Stated, codes, pairs, readings::ReadingContext},
};

/// Returns a finding for every number in words that is another than that of its figure.
pub(super) fn findings(
    context: &ReadingContext<'_>,
    order: &[(IndicatorIx, Stated<'_>)],
) -> Vec<Finding> {
    let in_notes =
        context.raw.notes.iter().filter(|(_, note)| text::fold(&note.value).contains(IN_WORDS));
    let said = context.raw.spoken.iter().chain(in_notes);
    said.filter_map(|(code, words)| finding(context, order, (code, words))).collect()
}

/// What stands before a number in words.
const IN_WORDS: &str = "bằng chữ";

fn finding(
    context: &ReadingContext<'_>,
    order: &[(IndicatorIx, Stated<'_>)],
    (code, words): (&str, &Located<String>),
) -> Option<Finding> {
    let index = context.templates.indicators.find(code)?;
    let (_, stated) = order.iter().find(|(own, _)| *own == index)?;
    let State::Value(scaled) = stated.value?.state else { return None };
    let folded = text::fold(&words.value);
    let said = folded.find(IN_WORDS).and_then(|start| folded.get(start..)).unwrap_or(&folded);
    let said = pairs::spoken(said.trim_end_matches([')', '.', ' ']))?;
    let indicator = context.templates.indicators.get(index);
    let figure = Quantity { scaled, decimals: indicator.decimals };
    if scaled == said * 10_i64.pow(indicator.decimals.into()) {
        return None;
    }
    let message = format!(
        "Chỉ tiêu {} ({}): số ghi {}, bằng chữ ghi “{}” là {}.",
        indicator.code,
        indicator.short_name,
        text::format_quantity(figure),
        text::squeeze(&words.value),
        text::format_quantity(Quantity::whole(said))
    );
    let place = context.place(words.sheet, Some(words.cell));
    let finding = codes::OTHER_IN_WORDS.finding(message).at(place).about(&indicator.code);
    Some(
        finding
            .found(text::squeeze(&words.value))
            .hint("Đề nghị xem lại số và chữ, sửa cho thống nhất rồi gửi lại."),
    )
}

//! What stands beside a figure in words and says something of it: of its change, "tăng 46 so với kỳ trước", in its note;
//! of its change or its share in brackets behind it, "56 (tăng 3)", "3.072 (91,76%)".

use super::{Lazy, figures::Figure, numbers::Share, shares};
use crate::{
    place::CellRef,
    quantity::Quantity,
    template::{IndicatorIx, IndicatorKind},
    text,
    validate::{Finding, checks::Stated, codes, decimal::Decimal, readings::ReadingContext},
};

/// Words beside a figure.
struct Remark<'a> {
    code: &'a str,
    words: &'a str,
    sheet: u16,
    cell: CellRef,
    stands: Stands,
}

/// Where words stand beside a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// In its note.
    InNote,
    /// In brackets behind it.
    InBrackets,
}

/// Returns a finding for every remark that says of its figure what the numbers do not.
pub(super) fn findings(
    context: &ReadingContext<'_>,
    order: &[(IndicatorIx, Stated<'_>)],
    figures: &Lazy<'_>,
) -> Vec<Finding> {
    let notes = context.raw.notes.iter().map(|(code, note)| Remark {
        code,
        words: &note.value,
        sheet: note.sheet,
        cell: note.cell,
        stands: Stands::InNote,
    });
    let brackets = order.iter().filter_map(|(index, stated)| {
        let value = stated.value?;
        let words = value.raw.as_deref()?.trim_end().strip_suffix(')')?;
        Some(Remark {
            code: &context.templates.indicators.get(*index).code,
            words: words.rsplit_once('(')?.1,
            sheet: value.sheet,
            cell: value.cell?,
            stands: Stands::InBrackets,
        })
    });
    notes.chain(brackets).filter_map(|remark| finding(context, &remark, figures)).collect()
}

fn finding(
    context: &ReadingContext<'_>,
    remark: &Remark<'_>,
    figures: &Lazy<'_>,
) -> Option<Finding> {
    let folded = text::fold(remark.words);
    if let Some(finding) = nothing_occurred(context, remark, (&folded, figures)) {
        return Some(finding);
    }
    let change = said_change(&folded, remark.stands);
    let share =
        said_share(&folded).filter(|_| remark.stands == Stands::InBrackets && change.is_none());
    if change.is_none() && share.is_none() {
        return None;
    }
    let figure = figures.of_code(remark.code)?;
    let finding = match (change, share) {
        (Some(change), _) => other_change(remark, figure, &change)?,
        (None, Some(share)) if !shares::is_share_of(figure, &[share], figures) => {
            let message = format!(
                "Chỉ tiêu {} ({}): tỷ lệ “{}” ghi kèm không bằng tỷ lệ nào tính từ số của chỉ tiêu này.",
                remark.code, figure.indicator.short_name, remark.words
            );
            let hint = "Đề nghị kiểm tra số và tỷ lệ; tỷ lệ trong báo cáo do chương trình tự tính.";
            codes::TOTAL_DIFFERS.finding(message).hint(hint)
        }
        _ => return None,
    };
    Some(at(context, remark, finding))
}

/// Returns a finding when a note says that nothing came about and the figure is not zero.
fn nothing_occurred(
    context: &ReadingContext<'_>,
    remark: &Remark<'_>,
    (folded, figures): (&str, &Lazy<'_>),
) -> Option<Finding> {
    let says_nothing = folded.contains("không") && context.reader.nothing.contains(folded);
    if !says_nothing || remark.stands == Stands::InBrackets {
        return None;
    }
    let figure = figures.of_code(remark.code)?;
    if figure.number.scaled == 0 || figure.indicator.kind != IndicatorKind::Flow {
        return None;
    }
    let message = format!(
        "Chỉ tiêu {} ({}) ghi {}, nhưng ghi chú “{}”.",
        remark.code,
        figure.indicator.short_name,
        text::format_quantity(figure.number),
        text::squeeze(remark.words)
    );
    let hint = "Đề nghị xem lại: nếu trong kỳ không có thì ghi 0, nếu có thì bỏ ghi chú.";
    Some(at(context, remark, codes::DOUBTFUL_WORDS.finding(message).hint(hint)))
}

/// Returns a finding with the place of a remark.
fn at(context: &ReadingContext<'_>, remark: &Remark<'_>, finding: Finding) -> Finding {
    let place = context.place(remark.sheet, Some(remark.cell));
    finding.at(place).about(remark.code).found(text::squeeze(remark.words))
}

/// Returns a finding when a change is another than that of the figure.
fn other_change(remark: &Remark<'_>, figure: &Figure<'_>, said: &Change) -> Option<Finding> {
    let change = figure.number.scaled - figure.previous?;
    let decimals = figure.number.decimals;
    let is_right = match &said.amount {
        Some(amount) => amount.scaled(decimals).is_none_or(|amount| amount * said.sign == change),
        None => change.signum() == said.sign,
    };
    if is_right {
        return None;
    }
    let change = text::format_signed(Quantity { scaled: change, decimals });
    let message = format!(
        "Chỉ tiêu {} ({}): ghi “{}”, tính từ số kỳ trước và số kỳ này được {change}.",
        remark.code,
        figure.indicator.short_name,
        text::squeeze(remark.words)
    );
    let hint = "Đề nghị kiểm tra số của hai kỳ và lời ghi kèm, sửa cho thống nhất.";
    Some(codes::STATED_CHANGE.finding(message).expected(change).hint(hint))
}

/// A change that words say.
struct Change {
    /// Up or down.
    sign: i64,
    /// By how much.
    amount: Option<Decimal>,
}

/// Returns what words say of the change to the month before. Shares of growth and other comparisons say nothing; in
/// brackets behind a figure it is always that to the month before.
fn said_change(folded: &str, stands: Stands) -> Option<Change> {
    const UP: [&str; 3] = ["tăng", "nhiều hơn", "+"];
    const DOWN: [&str; 3] = ["giảm", "ít hơn", "-"];
    const BEFORE: [&str; 4] = ["kỳ trước", "tháng trước", "tháng liền trước", "kỳ liền trước"];
    let begins = |words: &[&str]| words.iter().find_map(|word| folded.strip_prefix(word));
    let (sign, rest) = match (begins(&UP), begins(&DOWN)) {
        (Some(rest), _) => (1, rest),
        (None, Some(rest)) => (-1, rest),
        (None, None) => return None,
    };
    let mut words = rest.split_whitespace();
    let first = words.next().unwrap_or_default();
    let next = words.next().unwrap_or_default();
    let amount = Decimal::parse(first);
    let is_share = first.ends_with('%') || next.starts_with('%');
    let compares = BEFORE.iter().any(|words| rest.contains(words));
    let is_alone = stands == Stands::InBrackets && amount.is_some() && next.is_empty();
    (!is_share && (compares || is_alone)).then_some(Change { sign, amount })
}

/// Returns the share that words say: "đạt 91,76%".
fn said_share(folded: &str) -> Option<Share> {
    let words = folded.trim().strip_suffix('%')?.trim_end();
    let number = words.rsplit(' ').next()?;
    let before = words.strip_suffix(number)?.trim_end();
    matches!(before, "" | "đạt" | "chiếm" | "tỷ lệ" | "tỉ lệ" | "đạt tỷ lệ").then_some(())?;
    Share::written(number)
}

#[cfg(test)]
mod tests {
    use super::{
        Stands::{InBrackets, InNote},
        said_change, said_share,
    };

    #[test]
    fn changes_that_words_say() {
        for (words, stands, expected) in [
            ("tăng 46 so với kỳ trước", InNote, Some((1, Some(46)))),
            ("giảm 3 buổi so với tháng trước", InNote, Some((-1, Some(3)))),
            ("tăng so với tháng trước", InNote, Some((1, None))),
            ("tăng 5% so với tháng trước", InNote, None),
            ("tăng do ra quân", InNote, None),
            ("tăng 3", InNote, None),
            ("tăng 3", InBrackets, Some((1, Some(3)))),
            ("ra quân", InNote, None),
        ] {
            let said = said_change(words, stands);
            let said =
                said.map(|said| (said.sign, said.amount.and_then(|amount| amount.scaled(0))));
            assert_eq!(said, expected, "{words}");
        }
    }

    #[test]
    fn shares_that_words_say() {
        for (words, expected) in
            [("91,76%", true), ("đạt 98,5 %", true), ("tăng 5%", false), ("12", false)]
        {
            assert_eq!(said_share(words).is_some(), expected, "{words}");
        }
    }
}

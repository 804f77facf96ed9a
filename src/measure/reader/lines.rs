//! Gathers characters on one base line into runs and lines, and pieces of rules into rules. What a
//! wide gap divides (columns, cells, blanks for handwriting) is several lines.

use super::super::page::{Line, MM, Page, Rule, Run, Stroke, Upright, Weight, is_blank};
use super::canvas::{Canvas, Glyph};

/// Base lines nearer than this, in points, are one.
const SAME_LINE: f64 = 0.8;
/// The gap that divides where blanks are written as characters, as a share of the size.
const GAP: f64 = 0.3;
/// The gap that divides beside a blank, and where no blanks are written.
const GAP_AT_BLANK: f64 = 1.3;
/// The row of blanks that divides.
const BLANKS: f64 = 2.5;
/// The gap that is a blank, where none is written.
const WORD_GAP: f64 = 0.12;

/// Returns a page of what stands on a canvas; its size is in points.
pub(super) fn page(number: usize, size: (f64, f64), canvas: Canvas, fonts: &[&str]) -> Page {
    let Canvas { mut glyphs, rules, uprights, pictures, invisible, .. } = canvas;
    glyphs.retain(|glyph| glyph.size > 1.0 && is_on_paper(glyph, size));
    let unreadable = glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
    let blanks = glyphs.iter().filter(|glyph| glyph_is_blank(glyph)).count();
    let writes_blanks = blanks * 20 >= glyphs.len();
    let gap = if writes_blanks { GAP } else { GAP_AT_BLANK };
    let mut lines: Vec<Line> =
        bands(glyphs).into_iter().flat_map(|band| divided(band, gap, fonts)).collect();
    let typed: Vec<Rule> = lines.iter().filter_map(typed_rule).collect();
    lines.retain(|line| typed_rule(line).is_none());
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    Page {
        number,
        width: size.0 * MM,
        height: size.1 * MM,
        lines,
        rules: with_typed(joined(rules), typed),
        uprights: uprights
            .into_iter()
            .map(|u| Upright { x: u.x * MM, top: u.top * MM, bottom: u.bottom * MM })
            .collect(),
        pictures: pictures / (size.0 * size.1).max(1.0),
        invisible,
        unreadable,
    }
}

fn is_on_paper(glyph: &Glyph, (width, height): (f64, f64)) -> bool {
    glyph.right > 0.0 && glyph.left < width && (0.0..height).contains(&glyph.baseline)
}

fn glyph_is_blank(glyph: &Glyph) -> bool {
    glyph.text.as_deref().is_some_and(|text| text.chars().all(is_blank))
}

/// Returns the glyphs of each base line, from the left.
fn bands(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut bands: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match bands.last_mut() {
            Some(band)
                if band.first().is_some_and(|f| glyph.baseline - f.baseline <= SAME_LINE) =>
            {
                band.push(glyph);
            }
            _ => bands.push(vec![glyph]),
        }
    }
    for band in &mut bands {
        band.sort_by(|a, b| a.left.total_cmp(&b.left));
        thicken(band);
    }
    bands
}

/// Takes a character that is printed twice, a hair apart, for a bold one.
fn thicken(band: &mut Vec<Glyph>) {
    band.dedup_by(|later, earlier| {
        let is_double = later.text == earlier.text
            && later.text.is_some()
            && !glyph_is_blank(later)
            && (later.left - earlier.left).abs() < 0.04 * later.size;
        if is_double {
            earlier.weight = Weight::Bold;
        }
        is_double
    });
}

fn divided(band: Vec<Glyph>, gap: f64, fonts: &[&str]) -> Vec<Line> {
    let mut parts: Vec<Vec<Glyph>> = vec![Vec::new()];
    let mut ink_end: Option<f64> = None;
    let mut after_blank = false;
    for glyph in band {
        let blank = glyph_is_blank(&glyph);
        if !blank {
            let least = if after_blank { BLANKS } else { gap };
            let edge = parts.last().and_then(|part| part.last()).map(|last| last.right);
            let jump = edge.map_or(0.0, |edge| glyph.left - edge);
            let distance = ink_end.map_or(0.0, |end| glyph.left - end);
            let beside = if after_blank { GAP_AT_BLANK } else { gap };
            if distance > least * glyph.size || jump > beside * glyph.size {
                parts.push(Vec::new());
            }
            ink_end = Some(ink_end.map_or(glyph.right, |end| end.max(glyph.right)));
        }
        after_blank = blank;
        if let Some(part) = parts.last_mut() {
            part.push(glyph);
        }
    }
    parts.iter().filter_map(|part| line(part, fonts)).collect()
}

/// Returns the line of some glyphs; nothing when none leaves ink.
fn line(glyphs: &[Glyph], fonts: &[&str]) -> Option<Line> {
    let first = glyphs.iter().position(|glyph| !glyph_is_blank(glyph))?;
    let last = glyphs.iter().rposition(|glyph| !glyph_is_blank(glyph))?;
    let glyphs = glyphs.get(first..=last)?;
    let mut runs: Vec<Run> = Vec::new();
    let mut style: Option<&Glyph> = None;
    let mut end = f64::MAX;
    for glyph in glyphs {
        let blank = glyph_is_blank(glyph);
        let text = shown(glyph);
        let same = style.is_some_and(|style| is_alike(style, glyph)) || blank;
        let jump = glyph.left - end;
        end = glyph.right;
        if let Some(run) = runs.last_mut() {
            let has_blank = run.text.ends_with(is_blank) || blank;
            if jump > WORD_GAP * glyph.size && !has_blank {
                run.text.push(' ');
            }
            if same {
                run.text.push_str(text);
                if !blank {
                    run.right = glyph.right * MM;
                }
                continue;
            }
        }
        style = Some(glyph);
        runs.push(Run {
            text: text.to_owned(),
            left: glyph.left * MM,
            right: glyph.right * MM,
            size: glyph.size,
            font: (*fonts.get(glyph.font)?).to_owned(),
            weight: glyph.weight,
            slope: glyph.slope,
            colour: glyph.colour,
        });
    }
    for run in &mut runs {
        run.text = crate::text::nfc(&run.text);
    }
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let (left, right) = (glyphs.first()?.left * MM, glyphs.last()?.right * MM);
    Some(Line {
        runs,
        text: crate::text::nfc(&text),
        left,
        right,
        baseline: glyphs.first()?.baseline * MM,
    })
}

/// Returns the characters of a glyph; some programs write their blanks as tabs.
fn shown(glyph: &Glyph) -> &str {
    match glyph.text.as_deref() {
        None => "\u{fffd}",
        Some(text) if text.chars().all(char::is_whitespace) && !text.is_empty() => " ",
        Some(text) => text,
    }
}

fn is_alike(a: &Glyph, b: &Glyph) -> bool {
    a.font == b.font
        && (a.size - b.size).abs() < 0.05
        && (a.weight, a.slope) == (b.weight, b.slope)
        && a.colour == b.colour
}

/// Returns the rule that a line of underscores, dashes or hyphens stands for.
fn typed_rule(line: &Line) -> Option<Rule> {
    let signs = line.text.chars().filter(|c| !is_blank(*c));
    let count = signs.clone().count();
    let is_solid = signs.clone().all(|c| "_—―─━".contains(c));
    let is_broken = signs.clone().all(|c| "_—―─━-–‒−".contains(c));
    if !is_broken || count < 5 {
        return None;
    }
    let under = if signs.clone().all(|c| c == '_') { 0.1 } else { -0.25 };
    Some(Rule {
        left: line.left,
        right: line.right,
        y: line.baseline + under * line.size() * MM,
        thickness: 0.05 * line.size() * MM,
        stroke: if is_solid { Stroke::Solid } else { Stroke::Dashed },
    })
}

fn with_typed(mut rules: Vec<Rule>, typed: Vec<Rule>) -> Vec<Rule> {
    rules.extend(typed);
    rules.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    rules
}

/// Returns rules in millimetres, those that touch joined.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        let touching = joined.iter_mut().rev().take(64).find(|other| {
            (other.y - rule.y).abs() < 0.3
                && rule.left <= other.right + 0.6
                && rule.right >= other.left - 0.6
        });
        match touching {
            Some(other) => {
                other.left = other.left.min(rule.left);
                other.right = other.right.max(rule.right);
                other.thickness = other.thickness.max(rule.thickness);
                if rule.stroke == Stroke::Dashed {
                    other.stroke = Stroke::Dashed;
                }
            }
            None => joined.push(rule),
        }
    }
    for rule in &mut joined {
        (rule.left, rule.right) = (rule.left * MM, rule.right * MM);
        (rule.y, rule.thickness) = (rule.y * MM, rule.thickness * MM);
    }
    joined
}

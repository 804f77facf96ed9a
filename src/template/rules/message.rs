//! The sentences of a rule: words with places such as `{B08}`, `{B06 + B07}` and `{ten}`.

use cel::{Context, common::types::CelDouble};

use super::check::{CheckNode, CheckPiece};
use super::expression::{Expression, ExpressionError, Kind, position};
use crate::{quantity::Quantity, text::format_quantity};

/// A sentence with places.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Words(String),
    Name,
    Number(Expression),
}

impl Message {
    /// Compiles a sentence.
    pub(super) fn compile(text: &str) -> Result<Self, ExpressionError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((words, place)) = rest.split_once('{') {
            pieces.push(Piece::Words(words.to_owned()));
            let Some((inside, after)) = place.split_once('}') else {
                return Err(ExpressionError {
                    position: position(text, &format!("{{{place}")),
                    message: "dấu { không có dấu } đóng lại".to_owned(),
                    cause: None,
                });
            };
            pieces.push(match inside.trim() {
                "ten" => Piece::Name,
                inside => {
                    Piece::Number(Expression::compile(inside, Kind::Number).map_err(|error| {
                        ExpressionError {
                            position: position(text, inside) + error.position - 1,
                            ..error
                        }
                    })?)
                }
            });
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self { pieces })
    }

    /// Returns the variables that the places read.
    pub(super) fn variables(&self) -> impl Iterator<Item = &String> {
        self.pieces.iter().flat_map(|piece| match piece {
            Piece::Number(expression) => expression.variables.as_slice(),
            Piece::Words(_) | Piece::Name => &[],
        })
    }

    /// Returns the pieces with each number as a tree; nothing when one has none.
    pub(super) fn checked(
        &self,
        tree: impl Fn(&Expression) -> Option<CheckNode>,
    ) -> Option<Vec<CheckPiece>> {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => Some(CheckPiece::Words(words.clone())),
            Piece::Name => Some(CheckPiece::Name),
            Piece::Number(expression) => tree(expression).map(CheckPiece::Number),
        });
        pieces.collect()
    }

    /// Returns the sentence with its places filled in; a figure that is not there is `…`.
    pub(super) fn fill(
        &self,
        context: &Context<'_, '_>,
        name: &str,
        value: impl Fn(&str) -> Option<f64>,
    ) -> String {
        let mut sentence = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => sentence.push_str(words),
                Piece::Name => sentence.push_str(name),
                Piece::Number(expression) => {
                    let values: Option<Vec<CelDouble>> = expression
                        .variables
                        .iter()
                        .map(|variable| value(variable).map(CelDouble::from))
                        .collect();
                    let number = values.and_then(|values| expression.number(context, &values));
                    sentence.push_str(&shown(number));
                }
            }
        }
        sentence
    }
}

/// Returns a number as printed, with at most two decimals and none that say nothing.
pub(super) fn shown(number: Option<f64>) -> String {
    let Some(number) = number.filter(|number| number.abs() < 1e15) else {
        return "…".to_owned();
    };
    #[expect(clippy::cast_possible_truncation, reason = "the number is below 1e15")]
    let mut quantity = Quantity { scaled: (number * 100.0).round() as i64, decimals: 2 };
    while quantity.decimals > 0 && quantity.scaled % 10 == 0 {
        quantity = Quantity { scaled: quantity.scaled / 10, decimals: quantity.decimals - 1 };
    }
    format_quantity(quantity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_with_vietnamese_numbers() {
        let message = Message::compile("{ten}: {x} + {y} = {x + y}, {x / y}, {z}").unwrap();
        let value = |name: &str| match name {
            "x" => Some(1234.0),
            "y" => Some(16.0),
            _ => None,
        };
        let sentence = message.fill(&Context::default(), "Số buổi", value);
        assert_eq!(sentence, "Số buổi: 1.234 + 16 = 1.250, 77,13, …");
    }

    #[test]
    fn a_division_by_zero_is_not_a_number() {
        let message = Message::compile("{x / y}").unwrap();
        assert_eq!(message.fill(&Context::default(), "", |_| Some(0.0)), "…");
    }

    #[test]
    fn an_open_place_is_named_by_its_position() {
        let error = Message::compile("Số buổi {A02 là").unwrap_err();
        assert_eq!(error.position, 9);
    }
}

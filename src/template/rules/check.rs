//! The rules as trees of numbers, facts and operations, for whoever asks them elsewhere than here:
//! a form asks them in its own sheet. Nothing is evaluated here.

use std::collections::BTreeSet;

use cel::{
    IdedExpr,
    common::ast::{Expr, LiteralValue, operators},
};

use super::{Instance, MissingValues, Rules, expression::DISTANCE, fact_name, message::Message};
use crate::template::IndicatorIx;

/// A rule for the indicator at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Index of the rule in [`Rules::list`].
    pub rule: usize,
    /// The indicators whose cells are named, the main one first.
    pub cells: Vec<IndicatorIx>,
    /// Names of the facts of the condition; see [`super::Facts`].
    pub facts: Vec<String>,
    /// What happens when one of them is not there.
    pub missing: MissingValues,
    /// What must be true.
    pub condition: CheckNode,
    /// The sentence for the unit.
    pub message: Vec<CheckPiece>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckPiece {
    /// Words as they stand.
    Words(String),
    /// The name of the main indicator.
    Name,
    /// A number; `…` when a fact of it is not there.
    Number(CheckNode),
}

/// A tree of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckNode {
    /// A number.
    Number(f64),
    /// Always or never.
    Truth(bool),
    /// The value of a fact.
    Fact(String),
    /// An operation on one to three others.
    Operation(CheckOperator, Vec<Self>),
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOperator {
    /// Both are true.
    And,
    /// One of the two is true.
    Or,
    /// It is false.
    Not,
    /// The first is below the second.
    Less,
    /// The first is not above the second.
    LessOrEqual,
    /// The first is above the second.
    Greater,
    /// The first is not below the second.
    GreaterOrEqual,
    /// They are equal.
    Equal,
    /// They are not equal.
    NotEqual,
    /// The sum.
    Add,
    /// The difference.
    Subtract,
    /// The product.
    Multiply,
    /// The quotient.
    Divide,
    /// The number with the other sign.
    Negate,
    /// The distance of two numbers.
    Distance,
    /// The second when the first is true, else the third.
    Choose,
}

impl Rules {
    /// Returns the rules of a form as trees, and how many there are that no tree can express.
    pub fn checks(&self, form: &str) -> (Vec<Check>, usize) {
        let mut checks = Vec::new();
        let mut left_out = 0;
        for (index, (rule, compiled)) in self.list.iter().zip(&self.compiled).enumerate() {
            if !rule.forms.iter().any(|code| code == form) {
                continue;
            }
            for instance in &compiled.instances {
                let tree = node(compiled.condition.tree(), instance);
                match tree.zip(pieces(&compiled.message, instance)) {
                    Some((condition, message)) => checks.push(Check {
                        rule: index,
                        cells: instance.cells.clone(),
                        facts: instance.facts.clone(),
                        missing: rule.missing,
                        condition,
                        message,
                    }),
                    None => left_out += 1,
                }
            }
        }
        (checks, left_out)
    }
}

impl CheckNode {
    /// Returns the facts that the tree reads, each once, in alphabetical order.
    pub fn facts(&self) -> Vec<&str> {
        let mut found = BTreeSet::new();
        self.collect(&mut found);
        found.into_iter().collect()
    }

    fn collect<'n>(&'n self, found: &mut BTreeSet<&'n str>) {
        match self {
            Self::Fact(name) => drop(found.insert(name)),
            Self::Operation(_, nodes) => nodes.iter().for_each(|node| node.collect(found)),
            Self::Number(_) | Self::Truth(_) => {}
        }
    }
}

fn pieces(message: &Message, instance: &Instance) -> Option<Vec<CheckPiece>> {
    message.checked(|expression| node(expression.tree(), instance))
}

fn node(expression: &IdedExpr, instance: &Instance) -> Option<CheckNode> {
    match &expression.expr {
        Expr::Ident(name) => Some(CheckNode::Fact(fact_name(name, instance.at_hand.as_deref()))),
        Expr::Literal(LiteralValue::Double(number)) => Some(CheckNode::Number(*number.inner())),
        Expr::Literal(LiteralValue::Boolean(truth)) => Some(CheckNode::Truth(*truth.inner())),
        Expr::Call(call) => {
            let operands = call.args.iter().map(|argument| node(argument, instance));
            let operands: Vec<CheckNode> = operands.collect::<Option<_>>()?;
            Some(CheckNode::Operation(operator(&call.func_name)?, operands))
        }
        _ => None,
    }
}

fn operator(name: &str) -> Option<CheckOperator> {
    Some(match name {
        operators::LOGICAL_AND => CheckOperator::And,
        operators::LOGICAL_OR => CheckOperator::Or,
        operators::LOGICAL_NOT => CheckOperator::Not,
        operators::LESS => CheckOperator::Less,
        operators::LESS_EQUALS => CheckOperator::LessOrEqual,
        operators::GREATER => CheckOperator::Greater,
        operators::GREATER_EQUALS => CheckOperator::GreaterOrEqual,
        operators::EQUALS => CheckOperator::Equal,
        operators::NOT_EQUALS => CheckOperator::NotEqual,
        operators::ADD => CheckOperator::Add,
        operators::SUBSTRACT => CheckOperator::Subtract,
        operators::MULTIPLY => CheckOperator::Multiply,
        operators::DIVIDE => CheckOperator::Divide,
        operators::NEGATE => CheckOperator::Negate,
        DISTANCE => CheckOperator::Distance,
        operators::CONDITIONAL => CheckOperator::Choose,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::template::fixtures;

    #[test]
    fn every_rule_of_the_repository_has_a_tree() {
        let templates = fixtures::district();
        for form in &templates.forms.list {
            let (checks, left_out) = templates.rules.checks(&form.code);
            assert_eq!(left_out, 0, "{}", form.code);
            for check in &checks {
                let mut facts = check.facts.clone();
                facts.sort();
                assert_eq!(check.condition.facts(), facts, "{:?}", check.condition);
            }
        }
        let (checks, _) = templates.rules.checks("01");
        let growth = checks.iter().filter(|check| templates.rules.list[check.rule].code == "K-01");
        assert_eq!(growth.count(), 16);
    }
}

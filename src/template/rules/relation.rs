//! The conditions of a form's rules one by one, to be tried with other figures, and where their
//! truth can change. Proposes nothing and knows no cells.

use cel::{
    Context, IdedExpr,
    common::ast::{CallExpr, Expr, LiteralValue, operators},
};

use super::{
    Compiled, Facts, Instance, Rule, Rules,
    expression::{DISTANCE, Expression},
    gather,
};
use crate::template::IndicatorIx;

/// How many figures may move at once.
pub const MOVING: usize = 2;

/// The conditions of the rules of a form.
pub struct Relations<'a> {
    /// One for every rule and every indicator at hand, in the order of the file.
    pub list: Vec<Relation<'a>>,
    context: Context<'static, 'static>,
}

/// A condition that must be true.
#[derive(Clone, Copy)]
pub struct Relation<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Index of the rule in [`Rules::list`].
    pub index: usize,
    condition: &'a Expression,
    instance: &'a Instance,
}

/// A line on which the truth of a condition can change: the factors times the moving figures, and
/// the constant, are zero together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boundary {
    /// One factor for each moving figure.
    pub factors: [f64; MOVING],
    /// What is added.
    pub constant: f64,
}

impl Rules {
    /// Returns the conditions for returns of a form.
    pub fn relations(&self, form: &str) -> Relations<'_> {
        let rules = self.list.iter().zip(&self.compiled).enumerate();
        let of_form = rules.filter(|(_, (rule, _))| rule.forms.iter().any(|code| code == form));
        let list = of_form.flat_map(|(index, (rule, compiled))| {
            let Compiled { condition, instances, .. } = compiled;
            let relation = move |instance| Relation { rule, index, condition, instance };
            instances.iter().map(relation)
        });
        Relations { list: list.collect(), context: self.context() }
    }
}

impl Relations<'_> {
    /// Returns whether a condition holds; nothing when a figure that it needs is not there.
    pub fn holds(&self, relation: &Relation<'_>, facts: &dyn Facts) -> Option<bool> {
        let mut values = Vec::new();
        gather(&mut values, relation.instance, relation.rule.missing, facts)
            .then(|| relation.condition.truth(&self.context, &values))
            .flatten()
    }
}

impl Relation<'_> {
    /// Returns the names of the figures that the condition reads.
    pub fn facts(&self) -> &[String] {
        &self.instance.facts
    }

    /// Returns the indicator of the main cell.
    pub fn main(&self) -> Option<IndicatorIx> {
        self.instance.cells.first().copied()
    }

    /// Returns whether a figure stands alone on one side of an equation, or of a distance, with a sum
    /// or a difference on the other: a total of its parts.
    pub fn has_total(&self, name: &str) -> bool {
        let variable = self.facts().iter().position(|fact| fact == name);
        let variable = variable.and_then(|position| self.condition.variables.get(position));
        variable.is_some_and(|variable| has_total(self.condition.tree(), variable))
    }

    /// Returns every line on which the truth can change while at most [`MOVING`] named figures move
    /// and the others stay; nothing when it is no line.
    pub fn boundaries(&self, moving: &[&str], facts: &dyn Facts) -> Option<Vec<Boundary>> {
        let mut values = Vec::new();
        gather(&mut values, self.instance, self.rule.missing, facts).then_some(())?;
        let named = self.facts().iter().zip(&values);
        let forms = named.map(|(name, value)| {
            let mut form = Boundary { factors: [0.0; MOVING], constant: *value.inner() };
            if let Some(position) = moving.iter().position(|moving| moving == name) {
                form.constant = 0.0;
                *form.factors.get_mut(position)? = 1.0;
            }
            Some(form)
        });
        let forms: Option<Vec<Boundary>> = forms.collect();
        let mut walk = Walk { names: &self.condition.variables, forms: forms?, found: Vec::new() };
        walk.truth(self.condition.tree())?;
        Some(walk.found)
    }
}

impl Boundary {
    fn plus(self, other: Self, sign: f64) -> Self {
        let mut sum = self;
        for (factor, added) in sum.factors.iter_mut().zip(other.factors) {
            *factor += sign * added;
        }
        sum.constant += sign * other.constant;
        sum
    }

    fn times(self, factor: f64) -> Self {
        let factors = self.factors.map(|own| own * factor);
        Self { factors, constant: self.constant * factor }
    }

    fn is_constant(self) -> bool {
        self.factors.iter().all(|factor| *factor == 0.0)
    }
}

/// Goes over a condition and collects its lines.
struct Walk<'a> {
    names: &'a [String],
    /// What each variable is, by position.
    forms: Vec<Boundary>,
    found: Vec<Boundary>,
}

impl Walk<'_> {
    fn truth(&mut self, expression: &IdedExpr) -> Option<()> {
        let Expr::Call(call) = &expression.expr else { return Some(()) };
        match call.func_name.as_str() {
            operators::LOGICAL_AND
            | operators::LOGICAL_OR
            | operators::LOGICAL_NOT
            | operators::CONDITIONAL => call.args.iter().try_for_each(|one| self.truth(one)),
            _ => {
                let [left, right] = call.args.as_slice() else { return Some(()) };
                let (left, right) = (self.number(left)?, self.number(right)?);
                self.meet(&left, &right);
                Some(())
            }
        }
    }

    /// Notes where each of some lines meets each of others.
    fn meet(&mut self, left: &[Boundary], right: &[Boundary]) {
        for one in left {
            let lines = right.iter().map(|other| one.plus(*other, -1.0));
            self.found.extend(lines.filter(|line| !line.is_constant()));
        }
    }

    /// Returns the lines of which a number is made; nothing when it is no line.
    fn number(&mut self, expression: &IdedExpr) -> Option<Vec<Boundary>> {
        let constant = |constant| vec![Boundary { factors: [0.0; MOVING], constant }];
        match &expression.expr {
            Expr::Ident(name) => {
                let position = self.names.iter().position(|known| known == name)?;
                self.forms.get(position).map(|form| vec![*form])
            }
            Expr::Literal(LiteralValue::Double(number)) => Some(constant(*number.inner())),
            Expr::Call(call) => self.call(call),
            _ => None,
        }
    }

    fn call(&mut self, call: &CallExpr) -> Option<Vec<Boundary>> {
        if let (operators::CONDITIONAL, [condition, yes, no]) =
            (call.func_name.as_str(), call.args.as_slice())
        {
            self.truth(condition)?;
            let mut both = self.number(yes)?;
            both.extend(self.number(no)?);
            return Some(both);
        }
        if let (operators::NEGATE, [inner]) = (call.func_name.as_str(), call.args.as_slice()) {
            return Some(self.number(inner)?.into_iter().map(|one| one.times(-1.0)).collect());
        }
        let [left, right] = call.args.as_slice() else { return None };
        let (left, right) = (self.number(left)?, self.number(right)?);
        let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (*one, *other)));
        let differences = || pairs.clone().map(|(one, other)| one.plus(other, -1.0));
        match call.func_name.as_str() {
            operators::ADD => Some(pairs.map(|(one, other)| one.plus(other, 1.0)).collect()),
            operators::SUBSTRACT => Some(differences().collect()),
            operators::MULTIPLY => pairs
                .map(|(one, other)| match (one.is_constant(), other.is_constant()) {
                    (true, _) => Some(other.times(one.constant)),
                    (_, true) => Some(one.times(other.constant)),
                    (false, false) => None,
                })
                .collect(),
            DISTANCE => {
                let lines: Vec<Boundary> =
                    differences().flat_map(|line| [line, line.times(-1.0)]).collect();
                self.meet(&left, &right);
                Some(lines)
            }
            _ => None,
        }
    }
}

/// Returns whether a variable stands alone against a calculation, or against another variable, in an
/// equation or a distance.
fn has_total(expression: &IdedExpr, variable: &str) -> bool {
    let Expr::Call(call) = &expression.expr else { return false };
    let alone = |one: &IdedExpr| matches!(&one.expr, Expr::Ident(name) if name == variable);
    let parts = |one: &IdedExpr| match &one.expr {
        Expr::Call(call) => {
            [operators::ADD, operators::SUBSTRACT].contains(&call.func_name.as_str())
        }
        Expr::Ident(name) => name.contains('_'),
        _ => false,
    };
    match (call.func_name.as_str(), call.args.as_slice()) {
        (operators::EQUALS | DISTANCE, [left, right]) => {
            (alone(left) && parts(right)) || (parts(left) && alone(right))
        }
        _ => call.args.iter().any(|one| has_total(one, variable)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::fixtures;

    struct Sample;

    impl Facts for Sample {
        fn get(&self, name: &str) -> Option<f64> {
            match name {
                "B06" => Some(100.0),
                "B07" => Some(300.0),
                "B08" => Some(500.0),
                "B17" => Some(50.0),
                "B02" => Some(600.0),
                "A14" => Some(10.0),
                "thon_A14" => Some(12.0),
                _ => None,
            }
        }
    }

    fn with_relation<T>(code: &str, see: impl Fn(&Relations<'_>, &Relation<'_>) -> T) -> T {
        let templates = fixtures::district();
        let relations = templates.rules.relations("01");
        let relation = relations.list.iter().find(|one| one.rule.code == code).unwrap();
        see(&relations, relation)
    }

    #[test]
    fn a_comparison_changes_where_both_sides_are_equal() {
        let lines = with_relation("B-06", |relations, relation| {
            assert_eq!(relations.holds(relation, &Sample), Some(false));
            relation.boundaries(&["B08"], &Sample).unwrap()
        });
        assert_eq!(lines, [Boundary { factors: [1.0, 0.0], constant: -400.0 }]);
        let lines =
            with_relation("B-06", |_, one| one.boundaries(&["B06", "B07"], &Sample).unwrap());
        assert_eq!(lines, [Boundary { factors: [-1.0, -1.0], constant: 500.0 }]);
    }

    #[test]
    fn a_distance_changes_on_both_sides_and_names_its_total() {
        let lines = with_relation("B-12", |_, relation| {
            assert!(relation.has_total("B17") && !relation.has_total("B02"));
            relation.boundaries(&["B17"], &Sample).unwrap()
        });
        let crossings: Vec<f64> =
            lines.iter().map(|line| -line.constant / line.factors[0]).collect();
        assert_eq!(crossings, [100.0, 250.0, -50.0]);
    }

    #[test]
    fn a_condition_without_its_figures_says_nothing() {
        with_relation("C-01", |relations, relation| {
            assert_eq!(relations.holds(relation, &Sample), None);
            assert_eq!(relation.boundaries(&["C02"], &Sample), None);
        });
        assert!(with_relation("T-01", |_, relation| relation.has_total("A14")));
    }
}

//! One expression: CEL reduced to numbers, comparisons and logic, checked when it is compiled so
//! that it can always be evaluated. Whole numbers are made doubles, because CEL divides whole
//! numbers without their fraction and refuses to mix the two.

use cel::{
    Context, IdedExpr, Value,
    common::{
        ast::{CallExpr, Expr, LiteralValue, operators},
        types::{CelBool, CelDouble},
        value::CowVal,
    },
    context::VariableResolver,
    parser::Parser,
};

/// Name of the function that gives the distance of two numbers.
pub(super) const DISTANCE: &str = "lech";

/// A compiled expression.
#[derive(Debug, Clone)]
pub(super) struct Expression {
    tree: IdedExpr,
    /// The variables that it reads, each once, in the order of the text.
    pub(super) variables: Vec<String>,
}

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number; may divide, and is not finite when it divides by zero.
    Number,
    /// True or false; may not divide, so that it always is one of the two.
    Truth,
}

/// Why an expression cannot be used.
#[derive(Debug)]
pub(super) struct ExpressionError {
    /// Character at which it goes wrong, from 1.
    pub(super) position: usize,
    /// What is wrong.
    pub(super) message: String,
    /// What the parser said.
    pub(super) cause: Option<cel::ParseErrors>,
}

/// Values of the variables of an expression, in the same order.
pub(super) struct Bindings<'a> {
    /// Names.
    pub(super) names: &'a [String],
    /// Values.
    pub(super) values: &'a [CelDouble],
}

impl VariableResolver for Bindings<'_> {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let index = self.names.iter().position(|name| name == variable)?;
        self.values.get(index).map(|value| CowVal::Borrowed(value))
    }
}

impl Expression {
    /// Compiles a text that must give a kind.
    pub(super) fn compile(text: &str, kind: Kind) -> Result<Self, ExpressionError> {
        let mut tree = Parser::new().parse(text).map_err(|errors| {
            let column = errors.errors.first().map_or(1, |error| error.pos.1.max(1));
            ExpressionError {
                position: usize::try_from(column).unwrap_or(1),
                message: "viết sai cú pháp".to_owned(),
                cause: Some(errors),
            }
        })?;
        let mut checker = Checker { text, division: kind == Kind::Number, variables: Vec::new() };
        let found = checker.check(&mut tree)?;
        if found != kind {
            let message = match kind {
                Kind::Number => "phải cho kết quả là số",
                Kind::Truth => "phải là điều kiện đúng hoặc sai, như B02 <= B01",
            };
            return Err(at_start(message));
        }
        Ok(Self { tree, variables: checker.variables })
    }

    /// Returns the parsed text.
    pub(super) fn tree(&self) -> &IdedExpr {
        &self.tree
    }

    /// Returns whether the condition holds; nothing when it cannot be said.
    pub(super) fn truth(&self, context: &Context<'_, '_>, values: &[CelDouble]) -> Option<bool> {
        let bindings = Bindings { names: &self.variables, values };
        let mut scope = context.new_inner_scope();
        scope.set_variable_resolver(&bindings);
        let value = Value::resolve_val(&self.tree, &scope).ok()?;
        value.downcast_ref::<CelBool>().map(|truth| *truth.inner())
    }

    /// Returns the number; nothing when there is none or it is not finite.
    pub(super) fn number(&self, context: &Context<'_, '_>, values: &[CelDouble]) -> Option<f64> {
        let bindings = Bindings { names: &self.variables, values };
        let mut scope = context.new_inner_scope();
        scope.set_variable_resolver(&bindings);
        let value = Value::resolve_val(&self.tree, &scope).ok()?;
        value.downcast_ref::<CelDouble>().map(|number| *number.inner()).filter(|n| n.is_finite())
    }
}

struct Checker<'a> {
    text: &'a str,
    division: bool,
    variables: Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, expression: &mut IdedExpr) -> Result<Kind, ExpressionError> {
        match &mut expression.expr {
            Expr::Ident(name) => {
                if !self.variables.contains(name) {
                    self.variables.push(name.clone());
                }
                Ok(Kind::Number)
            }
            Expr::Literal(literal) => check_literal(literal),
            Expr::Call(call) => self.check_call(call),
            _ => Err(at_start("chỉ dùng số, mã chỉ tiêu, phép tính + - *, so sánh và && || !")),
        }
    }

    fn check_call(&mut self, call: &mut CallExpr) -> Result<Kind, ExpressionError> {
        let name = call.func_name.clone();
        let sign = name.trim_matches('_').to_owned();
        if call.target.is_some() {
            return Err(self.error_at(&sign, format!("không có hàm `{sign}`")));
        }
        let mut kinds = Vec::with_capacity(call.args.len());
        for argument in &mut call.args {
            kinds.push(self.check(argument)?);
        }
        match (name.as_str(), kinds.as_slice()) {
            (operators::LOGICAL_AND | operators::LOGICAL_OR, [Kind::Truth, Kind::Truth])
            | (operators::LOGICAL_NOT, [Kind::Truth])
            | (
                operators::LESS
                | operators::LESS_EQUALS
                | operators::GREATER
                | operators::GREATER_EQUALS
                | operators::EQUALS
                | operators::NOT_EQUALS,
                [Kind::Number, Kind::Number],
            ) => Ok(Kind::Truth),
            (
                operators::ADD | operators::SUBSTRACT | operators::MULTIPLY | DISTANCE,
                [Kind::Number, Kind::Number],
            )
            | (operators::NEGATE, [Kind::Number]) => Ok(Kind::Number),
            (operators::DIVIDE, [Kind::Number, Kind::Number]) if self.division => Ok(Kind::Number),
            (operators::DIVIDE, _) => Err(self.error_at(
                "/",
                "điều kiện không dùng phép chia; viết A03 >= 5 * A02 thay cho A03 / A02 >= 5"
                    .to_owned(),
            )),
            (operators::CONDITIONAL, [Kind::Truth, first, second]) if first == second => Ok(*first),
            (DISTANCE, _) => Err(self.error_at(DISTANCE, "lech(a, b) cần đúng hai số".to_owned())),
            _ if name.starts_with(|first: char| first.is_alphabetic()) => {
                Err(self.error_at(&name, format!("không có hàm `{name}`; chỉ có hàm lech(a, b)")))
            }
            (operators::LOGICAL_AND | operators::LOGICAL_OR, _) => {
                Err(self.error_at(&sign, format!("hai vế của `{sign}` phải là điều kiện")))
            }
            _ => Err(self.error_at(&sign, format!("`{sign}` cần hai số, như B02 <= B01"))),
        }
    }

    fn error_at(&self, word: &str, message: String) -> ExpressionError {
        ExpressionError { position: position(self.text, word), message, cause: None }
    }
}

/// Makes a number a double.
fn check_literal(literal: &mut LiteralValue) -> Result<Kind, ExpressionError> {
    let number = match literal {
        LiteralValue::Boolean(_) => return Ok(Kind::Truth),
        LiteralValue::Double(number) => *number.inner(),
        #[expect(clippy::cast_precision_loss, reason = "tolerances are far below 2^53")]
        LiteralValue::Int(number) => *number.inner() as f64,
        #[expect(clippy::cast_precision_loss, reason = "tolerances are far below 2^53")]
        LiteralValue::UInt(number) => *number.inner() as f64,
        LiteralValue::Bytes(_) | LiteralValue::Null | LiteralValue::String(_) => {
            return Err(at_start("không dùng chữ trong phép tính"));
        }
    };
    *literal = LiteralValue::Double(CelDouble::from(number));
    Ok(Kind::Number)
}

fn at_start(message: &str) -> ExpressionError {
    ExpressionError { position: 1, message: message.to_owned(), cause: None }
}

/// Returns at which character of a text a word stands, from 1.
pub(super) fn position(text: &str, word: &str) -> usize {
    text.find(word)
        .and_then(|start| text.get(..start))
        .map_or(1, |before| before.chars().count() + 1)
}

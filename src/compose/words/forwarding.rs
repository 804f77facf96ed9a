//! Macros of `bao-cao.md` that hand an argument on to a function: what is wrong in it is wrong where
//! the macro is called, and is told with the line of the call.

use std::collections::BTreeSet;

use super::source::Part;

/// Names whose calls say which annex or which charts are meant: the function, and the macros that
/// hand a parameter of theirs on to it.
#[derive(Debug)]
pub(super) struct Forwarding(BTreeSet<String>);

impl Forwarding {
    /// Returns the names by which a function is called.
    pub(super) fn of(function: &str, tags: &[(usize, Vec<Part>)]) -> Self {
        let mut names = BTreeSet::from([function.to_owned()]);
        let mut open: Option<(&str, &[Part])> = None;
        for (_, parts) in tags {
            match parts.as_slice() {
                [Part::Word(begin), Part::Word(name), parameters @ ..] if begin == "macro" => {
                    open = Some((name, parameters));
                }
                [Part::Word(end), ..] if end == "endmacro" => open = None,
                parts => {
                    if let Some((name, parameters)) = open
                        && hands_on(&names, parameters, parts)
                    {
                        names.insert(name.to_owned());
                    }
                }
            }
        }
        Self(names)
    }

    /// Returns whether a name is one of these.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// Returns whether a tag calls one of the names with a parameter as its first argument.
fn hands_on(names: &BTreeSet<String>, parameters: &[Part], parts: &[Part]) -> bool {
    parts.windows(3).any(|call| match call {
        [Part::Word(name), Part::Sign('('), Part::Word(argument)] => {
            names.contains(name) && parameters.iter().any(|one| one.is_word(argument))
        }
        _ => false,
    })
}

/// Returns what stands in quotes in the lists of a call, whose name was passed.
pub(super) fn listed(call: &[Part]) -> Vec<&str> {
    let (mut round, mut square) = (0_usize, 0_usize);
    let mut listed = Vec::new();
    for part in call {
        match part {
            Part::Sign('(') => round += 1,
            Part::Sign(')') => round = round.saturating_sub(1),
            Part::Sign('[') => square += 1,
            Part::Sign(']') => square = square.saturating_sub(1),
            Part::Words(words) if square > 0 => listed.push(words.as_str()),
            Part::Words(_) | Part::Word(_) | Part::Sign(_) => {}
        }
        if round == 0 {
            break;
        }
    }
    listed
}

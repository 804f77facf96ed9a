//! Vietnamese text, numbers and dates: what is folded for matching and how things are printed.

mod any_of;
mod date;
mod fold;
mod hashed;
pub mod legacy;
mod number;
pub mod our_words;
pub mod spoken;
mod undated;
mod visible;

pub use any_of::AnyOf;
pub use date::{format_date, format_date_short, format_month, format_month_short, format_weekday};
pub use fold::{Folded, fold, nfc, squeeze, strip_marks, without_marks};
pub use hashed::{HashMap, HashSet, Hashing};
pub use number::{format_count, format_percent, format_quantity, format_signed, group_thousands};
pub use undated::undated;
pub use visible::{visible, visible_line};

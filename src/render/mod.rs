//! Step 5: typed documents become bytes. Nothing here decides what a document says.

pub mod pdf;
pub mod xlsx;

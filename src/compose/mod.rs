//! Step 4: figures and words become typed documents without a file format.

pub mod document;

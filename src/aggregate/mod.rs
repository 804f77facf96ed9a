//! Step 3.

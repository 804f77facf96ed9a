//! Step 0.

//! The PDF in the official layout.

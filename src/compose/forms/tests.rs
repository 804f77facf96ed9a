//! Forms of the sample workspace.

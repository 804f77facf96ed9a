//! Whole files through the room: layouts that people make, and files that are none.

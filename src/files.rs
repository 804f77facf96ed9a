//! Disk access that names the path in its errors.

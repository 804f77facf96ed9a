//! `da06 __doc`: reads files for another process of the program, within limits that it gives itself
//! before anything else. It talks to that process alone.

use std::io;

use crate::pipeline;

/// Reads files until no more come. When the other end has gone there is nobody to tell.
pub(super) fn serve() {
    limit();
    let _gone = pipeline::serve(&mut io::stdin().lock(), &mut io::stdout().lock());
}

/// Lets the system end this process when it asks for more memory than any return needs, without
/// leaving a copy of its memory on the disk. A system that knows no such limit goes without.
#[cfg(unix)]
fn limit() {
    use rlimit::Resource;
    let _unsupported = rlimit::setrlimit(Resource::CORE, 0, 0);
    let _unsupported =
        rlimit::setrlimit(Resource::AS, pipeline::WORKER_MEMORY, pipeline::WORKER_MEMORY);
}

/// On Windows the limit is set from outside, by the process that starts this one.
#[cfg(not(unix))]
fn limit() {}

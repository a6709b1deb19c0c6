// How the process asks the system for memory. For main() alone, before anything else.
#pragma once

namespace tocsin {

/// Large blocks (a document, its tree) go back to the system when they are freed. Left alone, glibc takes the first
/// large block for the usual size and keeps as much from then on. Nothing where there is no glibc.
void return_large_blocks();

}  // namespace tocsin

// `tocsin understand --jsonl`: items on standard input, what is understood on standard output, line for line.
#pragma once
#include <cstdio>
#include <string>

namespace tocsin {

/// Reads until the end of `in`; every input line gives one output line, also nonsense (then with "error").
/// Returns the exit code: 0, or 1 when the phrase image cannot be opened or `out` cannot be written.
int understand_lines(const std::string& image_path, std::FILE* in, std::FILE* out);

}  // namespace tocsin

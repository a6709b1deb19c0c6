// Small operations on UTF-8 text. Anybody may call; nothing here knows a language.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// Decodes the code point at byte `pos` and advances past it. An invalid byte yields U+FFFD and advances by one.
char32_t next_code_point(std::string_view utf8, std::size_t& pos);
void append_utf8(std::string& out, char32_t code_point);
/// Replaces every invalid sequence by U+FFFD; `mended` (may be null) tells whether there was one.
std::string valid_utf8(std::string_view bytes, bool* mended = nullptr);
std::size_t count_code_points(std::string_view utf8);
/// Byte offset of the `n`th code point (0-based); size() when there are fewer.
std::size_t byte_of_code_point(std::string_view utf8, std::size_t n);
/// At most `n` code points of the text, with "..." in the place of what was cut.
std::string shortened(std::string_view utf8, std::size_t n);

std::string_view trim(std::string_view text);  // ASCII white space
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string lower_ascii(std::string_view text);
bool equal_ascii_nocase(std::string_view a, std::string_view b);
/// Every run of white space (also NBSP and other Unicode spaces) becomes one blank; ends are trimmed.
std::string collapse_space(std::string_view utf8);

/// Removes what could steer a terminal, a log or a reader's eye: C0/C1 controls except newline and tab, bidi overrides,
/// zero-width characters. For every sink that shows feed text.
std::string printable(std::string_view utf8);
/// As printable(), and newline and tab become blanks.
std::string one_line(std::string_view utf8);

/// Levenshtein distance in bytes, stopping above `limit` (then limit + 1).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit = 8);
/// The candidate nearest to `word`, or "" when none is near enough to be a plausible slip (a third of its length).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace tocsin

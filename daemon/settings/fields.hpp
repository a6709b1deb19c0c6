// Fields of a mapping, read by rows: one constexpr row says a field's name, where it goes, what it may hold, its
// default and its help. A finding for every key that has no row and every value that does not fit. For settings/ only.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/geo.hpp"
#include "base/lean_text.hpp"
#include "settings/yaml.hpp"

namespace tocsin {

/// What a value must look like, beyond the type of the member that takes it.
enum class Meaning {
  text,         // one line
  note,         // for readers of the file; ignored
  choice,       // one of the row's words
  name,         // letters, digits, - _ .: a bare word of the condition language
  country,      // ISO 3166-1 alpha-2
  language,     // BCP 47 primary tag
  web_address,  // http or https, without a password
  proxy,        // scheme://host:port without a login, or none
  pin,          // sha256//BASE64
  path,         // relative to the file that it stands in
  duration,     // 15m
  number,       // whole
  size,         // 512KiB, 8MiB
  yes_no,
  letter,  // one of the row's one-letter words
  point,   // [latitude, longitude]
  points,  // a list of them; `least` of the row says how many
  block,   // a preset's name or fields of its own; whoever owns the block reads it
};
std::string_view meaning_text(Meaning meaning);  // for the documentation

template <class T>
using Member = std::variant<std::nullptr_t, std::string T::*, LeanText T::*, bool T::*, char T::*, std::int64_t T::*,
                            LatLon T::*, std::vector<LatLon> T::*, std::vector<std::string> T::*>;

/// `least` and `most` bound durations (ms), numbers, sizes (bytes) and the length of lists.
struct Range {
  std::int64_t least = 0, most = std::numeric_limits<std::int64_t>::max();
};

template <class T>
struct Row {
  std::string_view name;
  Member<T> member;
  Meaning meaning = Meaning::text;
  std::string_view fallback;  // "" none; "required" must be given
  std::string_view help;
  std::span<const std::string_view> words = {};  // of a choice
  Range range = {};
};

/// One value at its place.
struct Field {
  std::string_view file;
  std::string_view name;
  const YamlNode& value;
  Meaning meaning;
  std::span<const std::string_view> words;
  Range range;
  Diagnostics& findings;
};

/// False, with a finding, when the value does not fit; `out` is then unchanged.
bool read(const Field& field, std::string& out);
bool read(const Field& field, LeanText& out);
bool read(const Field& field, bool& out);
bool read(const Field& field, char& out);
bool read(const Field& field, std::int64_t& out);
bool read(const Field& field, LatLon& out);
bool read(const Field& field, std::vector<LatLon>& out);
bool read(const Field& field, std::vector<std::string>& out);

/// Letters, digits, - _ . only, and at least one.
bool is_name(std::string_view text);
/// "; did you mean \"x\"?", or the candidates when they are few, or "".
std::string hint(std::string_view word, const std::vector<std::string>& candidates);

void report_unknown_key(std::string_view file, const YamlNode& key, const std::vector<std::string>& known,
                        Diagnostics& findings);
void report_missing(std::string_view file, Position at, std::string_view name, Diagnostics& findings);
/// False, with a finding, when the node is none.
bool expect_mapping(std::string_view file, const YamlNode& node, std::string_view what, Diagnostics& findings);

template <class T>
void read_field(std::string_view file, const Row<T>& row, const YamlNode& value, T& out, Diagnostics& findings) {
  std::visit(
      [&](auto member) {
        if constexpr (!std::is_same_v<decltype(member), std::nullptr_t>)
          read(Field{file, row.name, value, row.meaning, row.words, row.range, findings}, out.*member);
      },
      row.member);
}

/// Fills `out` from the mapping. Keys in `other_keys` are somebody else's. `at` is where a missing field is reported.
template <class T>
void read_fields(std::string_view file, const YamlNode& mapping, Position at, std::span<const Row<T>> rows, T& out,
                 Diagnostics& findings, const std::vector<std::string>& other_keys = {}) {
  std::vector<std::string> known = other_keys;
  for (const auto& row : rows) known.emplace_back(row.name);
  for (const auto& entry : mapping.entries()) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row<T>& r) { return r.name == entry.key.text; });
    if (row != rows.end())
      read_field(file, *row, entry.value, out, findings);
    else if (std::find(known.begin(), known.end(), entry.key.text) == known.end())
      report_unknown_key(file, entry.key, known, findings);
  }
  for (const auto& row : rows)
    if (row.fallback == "required" && !mapping.find(row.name)) report_missing(file, at, row.name, findings);
}

}  // namespace tocsin

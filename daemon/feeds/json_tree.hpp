// JSON input as a small bounded tree. Whatever the bytes: no exception, no recursion deeper than kMaxJsonDepth. feeds/
// only.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feeds/notes.hpp"

namespace tocsin {

inline constexpr std::size_t kMaxJsonDepth = 64;
inline constexpr std::size_t kMaxJsonValues = 250'000;  // 5,000 items of 50 values

struct JsonValue {
  enum class Kind { null, boolean, number, text, array, object };
  Kind kind = Kind::null;
  double number = 0;  // 0 or 1 for a boolean
  std::string text;
  std::vector<std::string> names;  // of `values`, when an object
  std::vector<JsonValue> values;

  [[nodiscard]] bool is(Kind k) const { return kind == k; }
  /// The member of that name; a null value when there is none or this is no object.
  [[nodiscard]] const JsonValue& at(std::string_view name) const;
  /// Text as it is, numbers in their shortest form; "" for everything else.
  [[nodiscard]] std::string words() const;
};

/// A document that ends early gives what came before, with a note; nullopt when not even that is there.
std::optional<JsonValue> json_tree(std::string_view utf8, Notes& notes);

}  // namespace tocsin

// What a parser found and mended, gathered while it reads: one note a kind, with a count, so that a broken feed of ten
// thousand items says what is wrong in one line. For feeds/ only. The codes are listed in parse.hpp.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/feed.hpp"

namespace tocsin {

class Notes {
 public:
  static constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

  /// `offset` is a byte of the UTF-8 document, or kUnknown. The first message of a code is kept, later ones are
  /// counted.
  void error(std::string_view code, std::string_view message, std::size_t offset = kUnknown);
  void mended(std::string_view code, std::string_view message, std::size_t offset = kUnknown);

  /// Counts one more of a kind that is known already; false when there is none, and the caller has to describe it.
  bool again(std::string_view code);

  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] std::vector<ParseNote> in(std::string_view document) const;

 private:
  struct Found {
    Diagnostic::Level level;
    std::string message;
    std::size_t offset;
    std::size_t times;
  };
  void add(Diagnostic::Level level, std::string_view code, std::string_view message, std::size_t offset);
  std::map<std::string, Found, std::less<>> found_;
};

}  // namespace tocsin

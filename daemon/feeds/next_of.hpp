// Where some words stand next in a document that is read from front to back. Remembered, so that a thousand asks for an
// end that stands far away, or nowhere, search each byte once. For the readers of feeds/ that mend.
#pragma once
#include <cstddef>
#include <string_view>

namespace tocsin {

class NextOf {
 public:
  explicit NextOf(std::string_view words) : words_(words) {}

  /// The first place at or after `from`, npos when there is none. `from` never goes back, and `in` is the same each
  /// time.
  std::size_t from(std::string_view in, std::size_t from) {
    if (!asked_ || (at_ != std::string_view::npos && at_ < from)) at_ = in.find(words_, from);
    asked_ = true;
    return at_;
  }
  [[nodiscard]] std::size_t length() const { return words_.size(); }

 private:
  std::string_view words_;
  std::size_t at_ = 0;
  bool asked_ = false;
};

}  // namespace tocsin

// Text for values that are kept by the ten thousand: empty, it costs a pointer where std::string costs 32 bytes; not
// empty, one block of its exact length. Changing it copies it. Anybody may use it where memory counts more than that.
#pragma once
#include <concepts>
#include <memory>
#include <string>
#include <string_view>

namespace tocsin {

class LeanText {
 public:
  LeanText() = default;
  /// The first 4 GiB of it.
  template <std::convertible_to<std::string_view> Text>
  LeanText(const Text& text) : block_(copied(text)) {}
  LeanText(const LeanText& other) : block_(copied(other.view())) {}
  LeanText(LeanText&&) noexcept = default;
  LeanText& operator=(const LeanText& other) {
    if (this != &other) block_ = copied(other.view());
    return *this;
  }
  LeanText& operator=(LeanText&&) noexcept = default;
  ~LeanText() = default;

  /// Valid until the text changes.
  [[nodiscard]] std::string_view view() const;
  operator std::string_view() const { return view(); }
  [[nodiscard]] std::string text() const { return std::string(view()); }
  [[nodiscard]] bool empty() const { return !block_; }

  template <std::convertible_to<std::string_view> Text>
  friend bool operator==(const LeanText& a, const Text& b) {
    return a.view() == std::string_view(b);
  }

 private:
  static std::unique_ptr<char[]> copied(std::string_view text);
  std::unique_ptr<char[]> block_;  // its length, then its bytes; null when empty
};

}  // namespace tocsin

// Arbitrary values of every stored type, and deep equality over them: for tests of what must come back as it was given.
#pragma once
#include <random>
#include <string>

#include "wire/alert_fields.hpp"

namespace tocsin::test {

template <class T>
concept Listed = requires {
  wire::Fields<T>::list;
};
template <class T>
concept Vocabulary = std::is_enum_v<T>;

/// Seeded; `size` bounds the length of lists.
class Arbitrary {
 public:
  explicit Arbitrary(std::uint64_t seed, std::size_t size = 3) : random_(seed), size_(size) {}

  template <class T>
  T make() {
    T value{};
    fill(value);
    return value;
  }

  void fill(bool& out) { out = below(2) == 1; }
  void fill(char& out) { out = static_cast<char>('A' + below(6)); }
  void fill(double& out) { out = std::uniform_real_distribution<double>(-1000, 1000)(random_); }
  template <class T>
  requires std::is_integral_v<T>
  void fill(T& out) { out = static_cast<T>(random_()); }
  void fill(std::string& out) {
    static constexpr std::string_view kPieces[] = {"Bamako", "Faladié", "غاو", "\"",   "\\", "\n",
                                                   "\x01",   "'",       " ",   "🙂", "0"};
    for (std::size_t i = below(size_ + 1); i > 0; --i) out += kPieces[below(std::size(kPieces))];
  }
  template <Vocabulary T>
  void fill(T& out) {
    do out = static_cast<T>(below(64));
    while (!is_value(out));
  }
  template <class T>
  void fill(std::optional<T>& out) {
    if (below(2) == 1) fill(out.emplace());
  }
  template <class T>
  void fill(std::vector<T>& out) {
    out.resize(below(size_ + 1));
    for (T& element : out) fill(element);
  }
  void fill(LocalText& out) {
    for (const char* language : {"en", "fr", "ar"})
      if (below(2) == 1) fill(out[language]);
  }
  template <Listed T>
  void fill(T& out) {
    std::apply([&](const auto&... field) { (fill(out.*field.member), ...); }, wire::Fields<T>::list);
  }

 private:
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  static bool is_value(EventType e) { return static_cast<std::size_t>(e) < kEventTypes.size(); }
  static bool is_value(TargetClass e) { return static_cast<std::size_t>(e) < kTargetClasses.size(); }
  template <wire::Worded E>
  static bool is_value(E e) {
    return static_cast<std::size_t>(e) < wire::words(e).names.size();
  }

  std::mt19937_64 random_;
  std::size_t size_;
};

template <class T>
bool same(const T& a, const T& b) {
  return a == b;
}
template <class T>
bool same(const std::optional<T>& a, const std::optional<T>& b);
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b);
template <Listed T>
bool same(const T& a, const T& b) {
  return std::apply([&](const auto&... field) { return (same(a.*field.member, b.*field.member) && ...); },
                    wire::Fields<T>::list);
}
template <class T>
bool same(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return same(x, y); });
}

}  // namespace tocsin::test

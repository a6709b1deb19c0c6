// Reads JSON (RFC 8259) from front to back into what the caller expects, without a tree between: a history of a million
// incidents is read at start and for a backtest. Any bytes are safe; what it takes may be slightly more than JSON
// (007), never less. For wire/alert_store_form.cpp.
#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace tocsin::wire {

class JsonCursor {
 public:
  explicit JsonCursor(std::string_view text, bool for_rules = false)
      : at_(text.data()), end_(text.data() + text.size()), for_rules_(for_rules) {}
  /// What the caller said: it does not want everything.
  [[nodiscard]] bool for_rules() const { return for_rules_; }

  /// The first character of what comes next, white space passed over; '\0' at the end.
  char next() {
    if (at_ != end_ && static_cast<unsigned char>(*at_) > ' ') return *at_;
    return next_after_space();
  }
  /// Passes over `c` when it comes next.
  bool take(char c) {
    if (next() != c || at_ == end_) return false;
    ++at_;
    return true;
  }
  /// Passes over the literal (true, false, null) when it comes next.
  bool literal(std::string_view word);
  /// The string that comes next, decoded; false when there is none or it is malformed.
  bool text(std::string& out);
  /// The same without a copy where nothing in it is escaped; valid until the next call.
  bool name(std::string_view& out);
  /// The characters of the number that comes next; empty when there is none.
  std::string_view number();
  /// Passes over any value; false when it is malformed or nested deeper than 64.
  bool skip();

  /// Notes what is wrong; always false, for the caller to return.
  bool fail(std::string what) {
    fault_ = std::move(what);
    return false;
  }
  /// Notes in what it was found, from the inside out.
  bool within(const std::string& outer) {
    fault_.insert(0, outer);
    return false;
  }
  [[nodiscard]] const std::string& fault() const { return fault_; }
  /// Whether nothing but white space is left.
  bool at_end() { return next() == '\0' && at_ == end_; }

 private:
  char next_after_space();
  bool plain(std::string_view& out);
  bool escaped(std::string& out);
  bool unicode(std::string& out);
  bool hex4(unsigned& out);

  const char* at_;
  const char* end_;
  bool for_rules_;
  std::string decoded_, fault_;
};

}  // namespace tocsin::wire

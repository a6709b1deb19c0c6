#include "feeds/json_tree.hpp"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace tocsin {

namespace {
using Kind = JsonValue::Kind;
using Sax = nlohmann::json_sax<nlohmann::json>;

/// Builds the tree on a stack of open containers; a refused event ends the parse and what is open is closed.
class TreeBuilder final : public Sax {
 public:
  explicit TreeBuilder(Notes& notes) : notes_(notes) {}

  bool null() override { return add({}); }
  bool boolean(bool v) override { return add({Kind::boolean, v ? 1.0 : 0.0, {}, {}, {}}); }
  bool number_integer(number_integer_t v) override { return add({Kind::number, static_cast<double>(v), {}, {}, {}}); }
  bool number_unsigned(number_unsigned_t v) override { return add({Kind::number, static_cast<double>(v), {}, {}, {}}); }
  bool number_float(number_float_t v, const string_t&) override { return add({Kind::number, v, {}, {}, {}}); }
  bool string(string_t& v) override { return add({Kind::text, 0, std::move(v), {}, {}}); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Kind::object); }
  bool start_array(std::size_t) override { return open(Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& v) override {
    name_ = std::move(v);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    notes_.mended("F023", "the JSON text breaks off or is not well-formed here; what was complete before is kept",
                  position);
    return false;
  }

  std::optional<JsonValue> result() {
    while (!open_.empty()) close();
    return std::move(root_);
  }

 private:
  struct Open {
    JsonValue value;
    std::string name;
  };

  bool add(JsonValue value) { return counted() && attach(std::move(value)); }

  bool counted() {
    if (++count_ <= kMaxJsonValues) return true;
    notes_.mended("F024", "more than " + std::to_string(kMaxJsonValues) + " values; the rest was left unread");
    return false;
  }

  bool attach(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    auto& parent = open_.back().value;
    if (parent.kind == Kind::object) parent.names.push_back(std::move(name_));
    parent.values.push_back(std::move(value));
    return true;
  }

  /// A container counts when it opens: what is open at the bound is closed and kept.
  bool open(Kind kind) {
    if (!counted()) return false;
    if (open_.size() >= kMaxJsonDepth) {
      notes_.mended("F025",
                    "nested deeper than " + std::to_string(kMaxJsonDepth) + " levels; the rest was left unread");
      return false;
    }
    open_.push_back({{kind, 0, {}, {}, {}}, std::move(name_)});
    return true;
  }

  bool close() {
    auto done = std::move(open_.back());
    open_.pop_back();
    name_ = std::move(done.name);
    return attach(std::move(done.value));
  }

  Notes& notes_;
  std::vector<Open> open_;
  std::string name_;
  std::size_t count_ = 0;
  std::optional<JsonValue> root_;
};
}  // namespace

const JsonValue& JsonValue::at(std::string_view name) const {
  static const JsonValue kNothing;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return values[i];
  return kNothing;
}

std::string JsonValue::words() const {
  if (kind == Kind::text) return text;
  if (kind != Kind::number) return {};
  char buffer[32];
  // The shortest form of 1726550000000 would be 1.72655e+12, which is no time.
  const bool whole = std::fabs(number) < 9007199254740992.0 && number == std::trunc(number);
  if (whole) return std::to_string(static_cast<long long>(number));
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
  return error == std::errc{} ? std::string(buffer, end) : std::string();
}

std::optional<JsonValue> json_tree(std::string_view utf8, Notes& notes) {
  TreeBuilder builder(notes);
  // Letters and numbers only reach the callbacks; errors come as parse_error, so nothing is thrown.
  nlohmann::json::sax_parse(utf8.begin(), utf8.end(), &builder, nlohmann::json::input_format_t::json, false);
  return builder.result();
}

}  // namespace tocsin

#include "feeds/json_path.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "feeds/json_tree.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMaxSteps = 32;
}  // namespace

JsonPath::JsonPath(std::string_view text, std::string& fault) {
  const std::string_view whole = text;
  text = trim(text);
  if (text.starts_with('$')) text.remove_prefix(1);
  if (text.starts_with('.')) text.remove_prefix(1);
  while (good_ && !text.empty()) {
    if (text[0] == '[') {
      good_ = bracket(text, fault);
    } else {
      const auto name = text.substr(0, text.find_first_of(".[]"));
      good_ = !name.empty() && !name.ends_with(' ');
      steps_.push_back({name == "*" ? Step::Kind::every : Step::Kind::member, std::string(name), 0});
      text.remove_prefix(name.size());
    }
    if (good_ && text.starts_with('.')) {
      text.remove_prefix(1);
      good_ = !text.empty() && text[0] != '[';
    }
    good_ = good_ && steps_.size() <= kMaxSteps && !text.starts_with(']');
  }
  if (!good_ && fault.empty())
    fault = "\"" + one_line(whole) + "\" is no path: names parted by dots, [] for every element, [0] for one";
}

/// "[]", "[*]", "[3]" or "['name']" at the front of `text`.
bool JsonPath::bracket(std::string_view& text, std::string& fault) {
  const bool quoted = text.size() > 1 && (text[1] == '\'' || text[1] == '"');
  const auto close = quoted ? text.find(std::string{text[1], ']'}, 2) : text.find(']');
  if (close == kNone) return fault = "a [ in \"" + one_line(text) + "\" is never closed", false;
  const auto inside = quoted ? text.substr(2, close - 2) : trim(text.substr(1, close - 1));
  text.remove_prefix(close + (quoted ? 2 : 1));
  if (quoted) return steps_.push_back({Step::Kind::member, std::string(inside), 0}), true;
  if (inside.empty() || inside == "*") return steps_.push_back({}), true;
  Step step{Step::Kind::index, {}, 0};
  const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), step.index);
  steps_.push_back(std::move(step));
  return error == std::errc{} && end == inside.data() + inside.size();
}

void JsonPath::each(const JsonValue& root, const std::function<bool(const JsonValue&)>& found) const {
  if (good_) walk(root, 0, found);
}

bool JsonPath::walk(const JsonValue& at, std::size_t step, const std::function<bool(const JsonValue&)>& found) const {
  if (step == steps_.size()) return found(at);
  const Step& s = steps_[step];
  if (s.kind == Step::Kind::every)
    return std::all_of(at.values.begin(), at.values.end(), [&](const auto& v) { return walk(v, step + 1, found); });
  if (s.kind == Step::Kind::index) return s.index >= at.values.size() || walk(at.values[s.index], step + 1, found);
  return std::find(at.names.begin(), at.names.end(), s.name) == at.names.end() || walk(at.at(s.name), step + 1, found);
}

}  // namespace tocsin

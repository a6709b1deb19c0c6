#include "feeds/posted.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "feeds/charset.hpp"
#include "feeds/json_tree.hpp"

namespace tocsin {

namespace {
using Kind = JsonValue::Kind;

constexpr std::size_t kLongestId = 200, kLongestTitle = 500;
const std::vector<std::string> kNames{"id", "title", "text", "published", "lang", "lat", "lon"};

std::string media_type(std::string_view content_type) {
  return lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
}

/// One object of the body; the first slip ends the reading.
class ReportReader {
 public:
  ReportReader(const JsonValue& object, std::string where) : object_(object), where_(std::move(where)) {}

  Result<Item> read() {
    if (!object_.is(Kind::object)) return wrong("", "expected {\"text\": ...}");
    for (std::size_t i = 0; i < object_.names.size(); ++i)
      if (auto fault = unknown(object_.names[i], i)) return wrong(object_.names[i], *fault);
    Item item;
    item.id = text("id", kLongestId);
    item.title = one_line(text("title", kLongestTitle));
    item.text = std::string(trim(text("text", std::string::npos)));
    item.language = language();
    item.published = published();
    point(item);
    if (item.text.empty()) note("text", "must hold the report in words");
    return slip_.empty() ? Result<Item>(std::move(item)) : failure(slip_);
  }

 private:
  tl::unexpected<Error> wrong(std::string_view name, const std::string& what) {
    note(name, what);
    return failure(slip_);
  }

  void note(std::string_view name, const std::string& what) {
    if (!slip_.empty()) return;
    slip_ = where_;
    if (!name.empty()) slip_ += (slip_.empty() ? "" : ".") + shortened(one_line(name), 40);
    slip_ += (slip_.empty() ? "" : ": ") + what;
  }

  std::optional<std::string> unknown(const std::string& name, std::size_t index) const {
    if (std::find(object_.names.begin(), object_.names.begin() + static_cast<std::ptrdiff_t>(index), name) !=
        object_.names.begin() + static_cast<std::ptrdiff_t>(index))
      return "given twice";
    if (std::find(kNames.begin(), kNames.end(), name) != kNames.end()) return std::nullopt;
    return "unknown; a report has " + join(kNames, ", ");
  }

  std::string text(const char* name, std::size_t longest) {
    const JsonValue& value = object_.at(name);
    if (value.is(Kind::null)) return {};
    if (!value.is(Kind::text))
      note(name, "must be a text in quotes");
    else if (longest != std::string::npos && count_code_points(value.text) > longest)
      note(name, "is longer than " + std::to_string(longest) + " characters");
    return printable(value.text);
  }

  std::string language() {
    std::string word = lower_ascii(text("lang", 35));
    word = word.substr(0, word.find_first_of("-_"));
    const bool is_tag = word.size() >= 2 && word.size() <= 3 &&
                        std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!word.empty() && !is_tag) note("lang", "must be a language tag such as \"fr\"");
    return word;
  }

  std::optional<Millis> published() {
    const std::string when = text("published", 40);
    if (when.empty()) return std::nullopt;
    const auto at = parse_rfc3339(when);
    if (!at) note("published", "must be a time such as \"2024-09-17T05:30:00Z\" (RFC 3339)");
    return at;
  }

  void point(Item& item) {
    const JsonValue &lat = object_.at("lat"), &lon = object_.at("lon");
    if (lat.is(Kind::null) && lon.is(Kind::null)) return;
    const auto within = [&](const char* name, const JsonValue& value, double most) {
      const bool good = value.is(Kind::number) && value.number >= -most && value.number <= most;
      if (!good)
        note(name, "must be a number from -" + std::to_string(static_cast<int>(most)) + " to " +
                       std::to_string(static_cast<int>(most)) + "; lat and lon go together");
      return good;
    };
    if (within("lat", lat, 90) && within("lon", lon, 180)) item.points.push_back({lat.number, lon.number});
  }

  const JsonValue& object_;
  std::string where_, slip_;
};

Result<Posted> read_json(const std::string& utf8) {
  Notes notes;
  const auto tree = json_tree(utf8, notes);
  if (const auto found = notes.in(utf8); !found.empty())
    return failure("line " + std::to_string(found.front().at.line) + ", column " +
                   std::to_string(found.front().at.column) + ": this is no well-formed JSON");
  if (!tree) return failure("the body is empty; expected {\"text\": ...}");
  Posted posted;
  posted.is_list = tree->is(Kind::array);
  if (posted.is_list && (tree->values.empty() || tree->values.size() > kMostPosted))
    return failure("a list must hold 1 to " + std::to_string(kMostPosted) + " reports");
  const std::size_t count = posted.is_list ? tree->values.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string where = posted.is_list ? "reports[" + std::to_string(i) + "]" : "";
    auto item = ReportReader(posted.is_list ? tree->values[i] : *tree, where).read();
    if (!item) return tl::unexpected(item.error());
    posted.items.push_back(std::move(*item));
  }
  return posted;
}

/// A message of several lines has its gist in the first.
Result<Posted> read_text(const std::string& utf8) {
  const std::string clean = printable(utf8);
  const std::string_view words = trim(clean);
  if (words.empty()) return failure("the body is empty; write the report in words");
  Item item;
  const auto end = words.find('\n');
  const std::string_view first = trim(words.substr(0, end));
  const bool has_title = end != std::string_view::npos && count_code_points(first) <= kLongestTitle;
  if (has_title) item.title = one_line(first);
  item.text = trim(has_title ? words.substr(end) : words);
  Posted posted;
  posted.items.push_back(std::move(item));
  return posted;
}
}  // namespace

PostedForm posted_form(std::string_view content_type) {
  const std::string type = media_type(content_type);
  if (type == "application/json" || type.ends_with("+json")) return PostedForm::json;
  return type == "text/plain" ? PostedForm::text : PostedForm::other;
}

Result<Posted> read_posted(std::string_view body, std::string_view content_type) {
  Notes unused;
  const std::string utf8 = to_utf8(body, content_type, unused);
  return posted_form(content_type) == PostedForm::json ? read_json(utf8) : read_text(utf8);
}

}  // namespace tocsin

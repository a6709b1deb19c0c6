#include "settings/fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "base/time.hpp"
#include "model/country.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kLongestText = 2000;
constexpr std::size_t kFewCandidates = 12;

bool wrong(const Field& f, Position at, std::string_view code, std::string message) {
  f.findings.error(f.file, at, code, "\"" + std::string(f.name) + "\" " + std::move(message));
  return false;
}

bool expect_scalar(const Field& f, const YamlNode& node) {
  if (node.is_scalar()) return true;
  return wrong(f, node.at, "S002",
               node.kind == YamlNode::Kind::nothing ? "has no value" : "must be one value, not a list or mapping");
}

std::string shown(const std::string& text) {
  return "\"" + shortened(one_line(text), 60) + "\"";
}

std::vector<std::string> country_codes() {
  std::vector<std::string> out;
  for (const auto& c : countries()) out.emplace_back(c.alpha2);
  return out;
}

std::string country_hint(const std::string& text) {
  for (const auto& c : countries())
    if (equal_ascii_nocase(c.alpha3, text) || equal_ascii_nocase(c.alpha2, text) || equal_ascii_nocase(c.en, text) ||
        equal_ascii_nocase(c.fr, text))
      return "; did you mean \"" + std::string(c.alpha2) + "\"?";
  return hint(text, country_codes());
}

bool is_web_address(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const auto name = text.substr(0, scheme);
  const auto rest = text.substr(scheme + 3);
  return (name == "http" || name == "https") && !rest.empty() && rest[0] != '/' &&
         text.find(' ') == std::string_view::npos;
}

bool has_password(std::string_view address) {
  const auto begin = address.find("://");
  const auto host = address.substr(begin + 3, address.find('/', begin + 3) - begin - 3);
  return host.find('@') != std::string_view::npos;
}

bool is_proxy(std::string_view text) {
  constexpr std::array<std::string_view, 5> kSchemes{"http", "https", "socks4a", "socks5", "socks5h"};
  const auto scheme = text.find("://");
  if (text == "none") return true;
  return scheme != std::string_view::npos && text.size() > scheme + 3 && text.find(' ') == std::string_view::npos &&
         std::find(kSchemes.begin(), kSchemes.end(), text.substr(0, scheme)) != kSchemes.end();
}

bool is_pin(std::string_view text) {
  constexpr std::string_view kStart = "sha256//";
  constexpr std::size_t kHash = 44;  // 32 bytes in base64
  if (!text.starts_with(kStart) || text.size() != kStart.size() + kHash || !text.ends_with('=')) return false;
  return std::all_of(text.begin() + kStart.size(), text.end() - 1, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
  });
}

bool is_language(std::string_view text) {
  return (text.size() == 2 || text.size() == 3) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool check_word(const Field& f, const YamlNode& node) {
  const std::string text = node.text;
  switch (f.meaning) {
    case Meaning::choice: {
      const std::vector<std::string> words(f.words.begin(), f.words.end());
      if (std::find(words.begin(), words.end(), text) == words.end())
        return wrong(f, node.at, "S006", "does not know " + shown(text) + hint(text, words));
      return true;
    }
    case Meaning::country:
      return country_by_alpha2(text) ||
             wrong(f, node.at, "S006", "does not know the country " + shown(text) + country_hint(text));
    case Meaning::name:
      return is_name(text) ||
             wrong(f, node.at, "S005", "must be a word of letters, digits, - _ and . only, not " + shown(text));
    case Meaning::language:
      return is_language(text) ||
             wrong(f, node.at, "S005", "must be a language tag such as en or fr, not " + shown(text));
    case Meaning::web_address:
      if (!is_web_address(text)) return wrong(f, node.at, "S005", "must begin with https:// or http://");
      return !has_password(text) || wrong(f, node.at, "S005", "must not hold a name or password");
    case Meaning::proxy:
      if (!is_proxy(text))
        return wrong(f, node.at, "S005",
                     "must be none, or begin with http://, https://, socks4a://, socks5:// or socks5h://");
      return text == "none" || !has_password(text) || wrong(f, node.at, "S005", "must not hold a name or password");
    case Meaning::pin:
      return is_pin(text) || wrong(f, node.at, "S005", "must be sha256// and the hash of a public key in base64");
    default:
      return true;
  }
}

bool read_text(const Field& f, const YamlNode& node, std::string& out) {
  if (!expect_scalar(f, node)) return false;
  if (node.text.empty()) return wrong(f, node.at, "S005", "must not be empty");
  if (one_line(node.text) != node.text)
    return wrong(f, node.at, "S005", "must be one line without control or invisible characters");
  if (node.text.size() > kLongestText) return wrong(f, node.at, "S005", "is too long");
  if (!check_word(f, node)) return false;
  out = node.text;
  return true;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.starts_with('-')) return std::nullopt;
  return value;
}

std::optional<std::int64_t> byte_size(std::string_view text) {
  for (const auto& [suffix, shift] : {std::pair<std::string_view, int>{"KiB", 10}, {"MiB", 20}})
    if (text.ends_with(suffix)) {
      const auto number = whole_number(text.substr(0, text.size() - 3));
      return number && *number < (std::int64_t{1} << 30) ? std::optional(*number << shift) : std::nullopt;
    }
  return std::nullopt;
}

std::string amount_text(Meaning meaning, std::int64_t amount) {
  if (meaning == Meaning::duration) return duration_text(amount);
  if (meaning == Meaning::size)
    return amount % (1 << 20) == 0 ? std::to_string(amount >> 20) + "MiB" : std::to_string(amount >> 10) + "KiB";
  return std::to_string(amount);
}

std::optional<std::int64_t> amount(Meaning meaning, std::string_view text) {
  if (meaning == Meaning::duration) return parse_duration(text);
  return meaning == Meaning::size ? byte_size(text) : whole_number(text);
}

bool read_degrees(const Field& f, const YamlNode& node, double most, std::string_view what, double& out) {
  if (!expect_scalar(f, node)) return false;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, out);
  if (error != std::errc() || stop != end || !(out >= -most && out <= most))
    return wrong(f, node.at, "S005", "needs a " + std::string(what) + " in degrees here, not " + shown(node.text));
  return true;
}

bool read_point(const Field& f, const YamlNode& node, LatLon& out) {
  if (!node.is_sequence() || node.items().size() != 2) return wrong(f, node.at, "S002", "must be [latitude, longitude]");
  LatLon point;
  if (!read_degrees(f, node.items()[0], 90, "latitude (-90 to 90, it comes first)", point.lat) ||
      !read_degrees(f, node.items()[1], 180, "longitude (-180 to 180)", point.lon))
    return false;
  out = point;
  return true;
}

}  // namespace

std::string_view meaning_text(Meaning meaning) {
  switch (meaning) {
    case Meaning::text:
      return "text";
    case Meaning::note:
      return "text, ignored";
    case Meaning::choice:
      return "word";
    case Meaning::name:
      return "name";
    case Meaning::country:
      return "country code";
    case Meaning::language:
      return "language tag";
    case Meaning::web_address:
      return "web address";
    case Meaning::proxy:
      return "proxy";
    case Meaning::pin:
      return "key hash";
    case Meaning::path:
      return "path";
    case Meaning::duration:
      return "duration";
    case Meaning::number:
      return "number";
    case Meaning::size:
      return "size";
    case Meaning::yes_no:
      return "yes or no";
    case Meaning::letter:
      return "letter";
    case Meaning::point:
      return "[lat, lon]";
    case Meaning::points:
      return "list of [lat, lon]";
    case Meaning::block:
      return "name or fields";
  }
  return "";
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

std::string hint(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = nearest(word, candidates);
  if (!near.empty()) return "; did you mean \"" + near + "\"?";
  return !candidates.empty() && candidates.size() <= kFewCandidates ? "; there are " + join(candidates, ", ") : "";
}

bool read(const Field& f, std::string& out) {
  return read_text(f, f.value, out);
}

bool read(const Field& f, LeanText& out) {
  std::string text;
  if (!read_text(f, f.value, text)) return false;
  out = text;
  return true;
}

bool read(const Field& f, bool& out) {
  if (!expect_scalar(f, f.value)) return false;
  const bool yes = f.value.text == "yes" || f.value.text == "true";
  if (!yes && f.value.text != "no" && f.value.text != "false")
    return wrong(f, f.value.at, "S005", "must be yes or no, not " + shown(f.value.text));
  out = yes;
  return true;
}

bool read(const Field& f, char& out) {
  if (!expect_scalar(f, f.value)) return false;
  const std::vector<std::string> letters(f.words.begin(), f.words.end());
  if (f.value.text.size() != 1 || std::find(letters.begin(), letters.end(), f.value.text) == letters.end())
    return wrong(f, f.value.at, "S006", "must be one of " + join(letters, ", ") + ", not " + shown(f.value.text));
  out = f.value.text[0];
  return true;
}

bool read(const Field& f, std::int64_t& out) {
  if (!expect_scalar(f, f.value)) return false;
  const auto value = amount(f.meaning, f.value.text);
  if (!value) {
    const std::string example = f.meaning == Meaning::duration ? "a duration such as 15m, 48h or 90d"
                                : f.meaning == Meaning::size   ? "a size such as 512KiB or 8MiB"
                                                               : "a whole number";
    return wrong(f, f.value.at, "S005", "must be " + example + ", not " + shown(f.value.text));
  }
  if (*value < f.range.least || *value > f.range.most)
    return wrong(
        f, f.value.at, "S005",
        "must lie between " + amount_text(f.meaning, f.range.least) + " and " + amount_text(f.meaning, f.range.most));
  out = *value;
  return true;
}

bool read(const Field& f, LatLon& out) {
  return read_point(f, f.value, out);
}

bool read(const Field& f, std::vector<LatLon>& out) {
  if (!f.value.is_sequence()) return wrong(f, f.value.at, "S002", "must be a list of [latitude, longitude]");
  std::vector<LatLon> points(f.value.items().size());
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!read_point(f, f.value.items()[i], points[i])) return false;
  if (static_cast<std::int64_t>(points.size()) < f.range.least)
    return wrong(f, f.value.at, "S005", "needs at least " + std::to_string(f.range.least) + " points");
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i].lon - points[i - 1].lon > 180 || points[i - 1].lon - points[i].lon > 180)
      return wrong(f, f.value.items()[i].at, "S005", "must not cross the date line; split it there");
  out = std::move(points);
  return true;
}

bool read(const Field& f, std::vector<std::string>& out) {
  const YamlNode& node = f.value;
  std::vector<std::string> words;
  bool good = true;
  const auto add = [&](const YamlNode& item) {
    std::string word;
    if (!read_text(f, item, word)) {
      good = false;
    } else if (std::find(words.begin(), words.end(), word) != words.end()) {
      good = wrong(f, item.at, "S007", "names " + shown(word) + " twice");
    } else {
      words.push_back(std::move(word));
    }
  };
  if (node.is_sequence())
    for (const auto& item : node.items()) add(item);
  else
    add(node);
  if (good) out = std::move(words);
  return good;
}

void report_unknown_key(std::string_view file, const YamlNode& key, const std::vector<std::string>& known,
                        Diagnostics& findings) {
  findings.error(file, key.at, "S003", "unknown key " + shown(key.text) + hint(key.text, known));
}

void report_missing(std::string_view file, Position at, std::string_view name, Diagnostics& findings) {
  findings.error(file, at, "S004", "\"" + std::string(name) + "\" is missing");
}

bool expect_mapping(std::string_view file, const YamlNode& node, std::string_view what, Diagnostics& findings) {
  if (node.is_mapping()) return true;
  findings.error(file, node.at, "S002", std::string(what) + " must be a mapping (\"key: value\" lines)");
  return false;
}

}  // namespace tocsin

#include "feeds/mail_headers.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tocsin {

namespace {
constexpr auto kNone = std::string_view::npos;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// The text of the quoted string that begins at `at`, which moves past it.
std::string take_quoted(std::string_view text, std::size_t& at) {
  std::string out;
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    out += text[at];
  }
  if (at < text.size()) ++at;
  return out;
}
}  // namespace

std::string_view take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == kNone ? bytes.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

MailHeaders::MailHeaders(std::string_view& bytes) {
  while (!bytes.empty()) {
    const auto line = take_line(bytes);
    if (line.empty()) return;
    add(line);
  }
}

void MailHeaders::add(std::string_view line) {
  if (is_blank(line.front())) {
    if (!fields_.empty() && fields_.back().value.size() + line.size() <= kLongestField)
      (fields_.back().value += ' ') += trim(line);
    return;
  }
  const auto colon = line.find(':');
  if (colon == kNone || colon == 0 || fields_.size() >= kMostFields) return;
  fields_.push_back(
      {lower_ascii(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1).substr(0, kLongestField)))});
}

std::string_view MailHeaders::get(std::string_view name) const {
  const auto it = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == name; });
  return it == fields_.end() ? std::string_view() : it->value;
}

std::size_t MailHeaders::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == name; }));
}

std::string MailParameters::get(const std::string& name) const {
  const auto it = parameters.find(name);
  return it == parameters.end() ? std::string() : it->second;
}

MailParameters mail_parameters(std::string_view value) {
  MailParameters out;
  std::size_t at = std::min(value.find(';'), value.size());
  out.word = lower_ascii(trim(value.substr(0, at)));
  while (at < value.size()) {
    const auto equals = value.find('=', ++at);
    if (equals == kNone) break;
    const std::string name = lower_ascii(trim(value.substr(at, equals - at)));
    at = equals + 1;
    while (at < value.size() && is_blank(value[at])) ++at;
    const auto end = std::min(value.find(';', at), value.size());
    const bool quoted = at < value.size() && value[at] == '"';
    out.parameters.emplace(name, quoted ? take_quoted(value, at) : std::string(trim(value.substr(at, end - at))));
    at = quoted ? std::min(value.find(';', at), value.size()) : end;
  }
  return out;
}

std::string without_comments(std::string_view value) {
  std::string out;
  int depth = 0;
  for (std::size_t at = 0; at < value.size();) {
    const char c = value[at];
    if (c == '"' && depth == 0) {
      const auto begin = at;
      take_quoted(value, at);
      out += value.substr(begin, at - begin);
      continue;
    }
    if (c == '\\' && depth > 0) ++at;
    if (c == '(') ++depth;
    if (depth == 0) out += c;
    if (c == ')' && depth > 0) --depth;
    ++at;
  }
  return out;
}

std::string without_quoted(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size();)
    if (value[at] == '"')
      take_quoted(value, at);
    else
      out += value[at++];
  return out;
}

std::string single_address(std::string_view value) {
  const std::string plain = without_quoted(without_comments(value));
  std::string_view address = trim(plain);
  if (const auto open = address.find('<'); open != kNone) {
    const auto close = address.find('>', open);
    if (close == kNone || !trim(address.substr(close + 1)).empty()) return {};
    if (address.substr(0, open).find('@') != kNone) return {};  // "a@x, B <b@x>", or a name that poses as an address
    address = trim(address.substr(open + 1, close - open - 1));
  }
  const auto sign = address.find('@');
  if (sign == kNone || sign == 0 || sign + 1 == address.size() || address.find('@', sign + 1) != kNone) return {};
  if (address.find_first_of(" \t,;:<>") != kNone) return {};
  return lower_ascii(address);
}

}  // namespace tocsin

#include "feeds/mail_encodings.hpp"

#include <array>
#include <optional>

#include "base/text.hpp"
#include "feeds/charset.hpp"

namespace tocsin {

namespace {
constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// The length of a soft line break at `text`, which begins with '=': blanks may follow the sign. 0 when it is none.
std::size_t soft_break(std::string_view text) {
  std::size_t at = 1;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  if (at < text.size() && text[at] == '\r') ++at;
  if (at < text.size() && text[at] == '\n') return at + 1;
  return at == text.size() ? at : 0;
}

struct EncodedWord {
  std::string_view charset;
  std::string bytes;
  std::size_t length = 0;  // of the whole word as written
};

/// "=?charset?B?text?=" at the beginning of `text`.
std::optional<EncodedWord> encoded_word(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const auto charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
    return std::nullopt;
  const auto begin = charset_end + 3, end = text.find("?=", begin);
  if (end == std::string_view::npos) return std::nullopt;
  EncodedWord word;
  word.charset = text.substr(2, charset_end - 2);
  word.length = end + 2;
  const auto content = text.substr(begin, end - begin);
  const char encoding = text[charset_end + 1];
  if (encoding == 'B' || encoding == 'b')
    word.bytes = from_base64(content);
  else if (encoding == 'Q' || encoding == 'q')
    word.bytes = from_quoted_printable(content, true);
  else
    return std::nullopt;
  return word;
}
}  // namespace

std::string from_base64(std::string_view text) {
  static constexpr auto kValues = [] {
    std::array<signed char, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kDigits.size(); ++i)
      values[static_cast<unsigned char>(kDigits[i])] = static_cast<signed char>(i);
    return values;
  }();
  std::string out;
  out.reserve(text.size() / 4 * 3);
  unsigned bits = 0, have = 0;
  for (const char c : text) {
    if (c == '=') bits = have = 0;  // padding: another run may follow
    const int value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) continue;
    bits = bits << 6 | static_cast<unsigned>(value);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xFF);
  }
  return out;
}

std::string from_quoted_printable(std::string_view text, bool underscore_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c != '=') {
      out += c == '_' && underscore_is_blank ? ' ' : c;
      ++at;
      continue;
    }
    const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = high < 0 ? -1 : hex_digit(text[at + 2]);
    if (low >= 0) {
      out += static_cast<char>(high << 4 | low);
      at += 3;
    } else if (const auto length = soft_break(text.substr(at))) {
      at += length;
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::string in_utf8(std::string_view bytes, std::string_view charset) {
  Notes unused;
  return to_utf8(bytes, "charset=" + std::string(charset.substr(0, charset.find('*'))), unused);
}

std::string decoded_words(std::string_view value) {
  std::string out, bytes, charset;
  bool after_word = false;
  const auto flush = [&] {
    if (!bytes.empty()) out += in_utf8(bytes, charset);
    bytes.clear();
  };
  for (std::size_t at = 0; at < value.size();) {
    // Blanks between two encoded words are there for folding only.
    std::size_t next = at;
    while (after_word && next < value.size() && static_cast<unsigned char>(value[next]) <= ' ') ++next;
    if (auto word = encoded_word(value.substr(next))) {
      if (!equal_ascii_nocase(charset, word->charset)) flush();
      charset = word->charset;
      bytes += word->bytes;
      at = next + word->length;
      after_word = true;
      continue;
    }
    flush();
    const auto end = std::min(value.find("=?", at + 1), value.size());
    out += in_utf8(value.substr(at, end - at), "");
    at = end;
    after_word = false;
  }
  flush();
  return collapse_space(one_line(out));
}

}  // namespace tocsin

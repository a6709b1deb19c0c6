#include "channels/mime.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kLongestLine = 76;
constexpr std::size_t kLongestEncodedWord = 75;

std::string hex_escape(unsigned char byte) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  return {'=', kDigits[byte >> 4], kDigits[byte & 15]};
}

bool letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// The text of one line, without its end.
void append_encoded_line(std::string& out, std::string_view line) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto c = static_cast<unsigned char>(line[i]);
    const bool last = i + 1 == line.size();
    const bool first_of_special = i == 0 && (c == '.' || line.starts_with("From "));
    const bool plain = ((c > ' ' && c < 0x7F && c != '=') || ((c == ' ' || c == '\t') && !last)) && !first_of_special;
    const std::string piece = plain ? std::string(1, line[i]) : hex_escape(c);
    if (width + piece.size() > kLongestLine - 1) {
      out += "=\r\n";
      width = 0;
    }
    // After a soft line end the next physical line must not begin with a bare dot either.
    const std::string safe = width == 0 && piece == "." ? hex_escape('.') : piece;
    out += safe;
    width += safe.size();
  }
}

/// RFC 2047, section 4.2: the characters that are safe in every place of a header.
std::string q_encoded(std::string_view code_point) {
  const bool safe = code_point.size() == 1 && (letter_or_digit(code_point[0]) ||
                                               std::string_view("!*+-/").find(code_point[0]) != std::string_view::npos);
  if (safe) return std::string(code_point);
  if (code_point == " ") return "_";
  std::string out;
  for (const char c : code_point) out += hex_escape(static_cast<unsigned char>(c));
  return out;
}

/// Encoded-words of whole code points, joined by folds; the first may be shorter because the header's name stands
/// before.
std::string encoded_words(std::string_view text, std::size_t first_offset) {
  static constexpr std::string_view kBegin = "=?UTF-8?Q?", kEnd = "?=";
  std::string out(kBegin);
  std::size_t width = first_offset + kBegin.size();
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t begin = pos;
    next_code_point(text, pos);
    const std::string piece = q_encoded(text.substr(begin, pos - begin));
    if (width + piece.size() + kEnd.size() > kLongestEncodedWord) {
      out += std::string(kEnd) + "\r\n " + std::string(kBegin);
      width = 1 + kBegin.size();
    }
    out += piece;
    width += piece.size();
  }
  return out + std::string(kEnd);
}

bool plain_header_text(std::string_view text) {
  return text.find("=?") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
}

/// Breaks before words; false when a word is too long to fit.
bool append_folded_plain(std::string& out, std::string_view text, std::size_t width) {
  bool first = true;
  for (const auto word : split(text, ' ')) {
    if (word.size() > kLongestLine - 2) return false;
    if (!first && width + 1 + word.size() > kLongestLine) {
      out += "\r\n";
      width = 0;
    }
    if (!first) out += ' ';
    out += word;
    width += word.size() + (first ? 0 : 1);
    first = false;
  }
  return true;
}

std::string header_text(std::string_view raw) {
  return collapse_space(valid_utf8(one_line(raw)));
}

bool atom_text(char c) {
  return letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool dot_atom(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.' || text.find("..") != std::string_view::npos)
    return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return atom_text(c) || c == '.'; });
}

bool domain(std::string_view text) {
  const auto labels = split(text, '.');
  return text.size() <= 253 && std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
           return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
                  std::all_of(label.begin(), label.end(), [](char c) { return letter_or_digit(c) || c == '-'; });
         });
}

}  // namespace

std::string quoted_printable(std::string_view utf8) {
  std::string out;
  for (std::string_view line : split(utf8, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    append_encoded_line(out, line);
    out += "\r\n";
  }
  if (utf8.ends_with('\n')) out.resize(out.size() - 2);
  return out;
}

std::string header(std::string_view name, std::string_view value) {
  const std::string text = header_text(value);
  std::string out = std::string(name) + ": ";
  const std::size_t begin = out.size();
  if (!plain_header_text(text) || !append_folded_plain(out, text, begin)) {
    out.resize(begin);
    out += encoded_words(text, begin);
  }
  return out + "\r\n";
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  Mailbox out;
  text = trim(text);
  const std::size_t open = text.rfind('<');
  if (open != std::string_view::npos) {
    if (!text.ends_with('>')) return std::nullopt;
    std::string_view name = trim(text.substr(0, open));
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    out.name = header_text(name);
    if (out.name.find_first_of("\"\\<>") != std::string::npos) return std::nullopt;
    text = text.substr(open + 1, text.size() - open - 2);
  }
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at > 64 || !dot_atom(text.substr(0, at)) || !domain(text.substr(at + 1)))
    return std::nullopt;
  out.address = std::string(text);
  return out;
}

std::string mailbox_text(const Mailbox& mailbox) {
  if (mailbox.name.empty()) return mailbox.address;
  const std::string name = header_text(mailbox.name);
  const bool quotable = plain_header_text(name) && name.size() < 60 && name.find_first_of("\"\\") == std::string::npos;
  return (quotable ? "\"" + name + "\"" : encoded_words(name, 6)) + (quotable ? " <" : "\r\n <") + mailbox.address +
         ">";
}

}  // namespace tocsin

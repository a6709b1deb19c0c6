#include "feeds/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>

#include "base/sixteen.hpp"
#include "base/text.hpp"
#include "feeds/entities.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;

bool is_label_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

/// The word after `key` and its "=" (quoted or not), in lower case.
std::string label_after(std::string_view lower, std::string_view key) {
  auto at = lower.find(key);
  if (at == kNone) return {};
  at += key.size();
  while (at < lower.size() && (lower[at] == ' ' || lower[at] == '=' || lower[at] == '"' || lower[at] == '\'')) ++at;
  auto end = at;
  while (end < lower.size() && is_label_char(lower[end])) ++end;
  return std::string(lower.substr(at, end - at));
}

std::string declared_in_xml(std::string_view bytes) {
  const auto at = bytes.substr(0, 4096).find("<?xml");
  if (at == kNone) return {};
  const auto declaration = bytes.substr(at, std::min<std::size_t>(bytes.substr(at).find('>'), 256));
  return label_after(lower_ascii(declaration), "encoding");
}

/// UTF-16 and UTF-32 without a mark betray themselves by the zeros around the first '<'.
std::string sniffed_wide(std::string_view b) {
  if (b.size() < 4) return {};
  if (b.starts_with(std::string_view("\0\0\0<", 4))) return "utf-32be";
  if (b.starts_with(std::string_view("<\0\0\0", 4))) return "utf-32le";
  if (b[0] == 0 && b[1] != 0 && b[2] == 0) return "utf-16be";
  if (b[0] != 0 && b[1] == 0 && b[3] == 0) return "utf-16le";
  return {};
}

struct Mark {
  std::string_view bytes, charset;
};
constexpr std::array<Mark, 5> kMarks{{{std::string_view("\xFF\xFE\0\0", 4), "utf-32le"},
                                      {std::string_view("\0\0\xFE\xFF", 4), "utf-32be"},
                                      {"\xEF\xBB\xBF", "utf-8"},
                                      {"\xFE\xFF", "utf-16be"},
                                      {"\xFF\xFE", "utf-16le"}}};

bool is_western(std::string_view label) {
  static constexpr std::array<std::string_view, 12> kLabels{"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1",
                                                            "latin-1",    "us-ascii",  "ascii",      "windows-1252",
                                                            "cp1252",     "cp-1252",   "l1",         "iso-8859-1:1987"};
  return std::find(kLabels.begin(), kLabels.end(), label) != kLabels.end();
}
bool is_utf8(std::string_view label) {
  return label == "utf-8" || label == "utf8" || label == "utf_8";
}

/// Names that the web uses and iconv does not know, or knows too narrowly.
std::string iconv_name(std::string_view label) {
  static constexpr std::array<std::array<std::string_view, 2>, 10> kAliases{{{"gb2312", "gb18030"},
                                                                             {"gbk", "gb18030"},
                                                                             {"x-gbk", "gb18030"},
                                                                             {"shift_jis", "cp932"},
                                                                             {"x-sjis", "cp932"},
                                                                             {"ks_c_5601-1987", "cp949"},
                                                                             {"euc-kr", "cp949"},
                                                                             {"x-mac-roman", "macintosh"},
                                                                             {"iso-8859-9", "cp1254"},
                                                                             {"u16", "utf-16"}}};
  for (const auto& [from, to] : kAliases)
    if (from == label) return std::string(to);
  return std::string(label);
}

/// Every byte read as windows-1252.
std::string from_western(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      out += c;
    else
      append_utf8(out, windows_1252(byte));
  }
  return out;
}

struct Converted {
  std::string text;
  std::size_t bad = 0;        // bytes that the charset does not know
  std::size_t first_bad = 0;  // where in the input
};

/// nullopt when iconv does not know the charset.
std::optional<Converted> convert(std::string_view bytes, const std::string& charset) {
  const iconv_t handle = iconv_open("UTF-8", charset.c_str());
  if (handle == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  Converted result;
  char* in = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  std::array<char, 8192> buffer;
  while (left > 0) {
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t rc = iconv(handle, &in, &left, &out, &room);
    result.text.append(buffer.data(), buffer.size() - room);
    if (rc != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    if (result.bad++ == 0) result.first_bad = bytes.size() - left;
    result.text += "\xEF\xBF\xBD";
    ++in;
    --left;
  }
  iconv_close(handle);
  return result;
}

/// Length of the valid sequence at `pos`, 0 when there is none.
std::size_t valid_sequence(std::string_view s, std::size_t pos) {
  const std::size_t start = pos;
  const char32_t c = next_code_point(s, pos);
  return c == 0xFFFD && pos - start == 1 ? 0 : pos - start;
}

struct Utf8Survey {
  bool wide = false;  // there are sequences of more than one byte
  std::size_t bad = 0, first_bad = 0;
};

constexpr std::size_t kBlock = sizeof(Sixteen), kBefore = 3;  // bytes looked at together, and those before them

/// One block: table 3-7 of the Unicode Standard as conditions on a byte and the three before it. False when some byte
/// may not stand where it does.
bool survey_block(const unsigned char* s, bool& wide) {
  const Sixteen c = sixteen_at(s + kBefore), one = sixteen_at(s + 2), two = sixteen_at(s + 1), three = sixteen_at(s);
  if (!any((c | one | two | three) >= 0x80)) return true;
  wide |= any(c >= 0x80);
  const auto follows = (c & 0xC0) == 0x80, must = (one >= 0xC0) | (two >= 0xE0) | (three >= 0xF0);
  const auto never = (c == 0xC0) | (c == 0xC1) | (c > 0xF4);
  const auto beyond = ((one == 0xE0) & (c < 0xA0)) | ((one == 0xED) & (c > 0x9F)) | ((one == 0xF0) & (c < 0x90)) |
                      ((one == 0xF4) & (c > 0x8F));
  return !any((follows ^ must) | never | beyond);
}

/// As survey_block(), of the whole. The ends are looked at with zeros around them.
bool all_valid(std::string_view s, bool& wide) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(s.data());
  std::array<unsigned char, kBefore + kBlock> padded{};
  std::size_t done = std::min(s.size(), kBefore);
  std::copy_n(bytes, done, padded.end() - static_cast<std::ptrdiff_t>(done));
  if (!survey_block(padded.data(), wide)) return false;
  for (; s.size() - done >= kBlock; done += kBlock)
    if (!survey_block(bytes + done - kBefore, wide)) return false;
  padded.fill(0);
  const std::size_t from = done - std::min(done, kBefore);
  std::copy(bytes + from, bytes + s.size(), padded.begin() + static_cast<std::ptrdiff_t>(kBefore - (done - from)));
  return survey_block(padded.data(), wide);
}

Utf8Survey survey(std::string_view s) {
  Utf8Survey result;
  if (all_valid(s, result.wide)) return result;
  result.wide = false;
  for (std::size_t pos = 0; pos < s.size();) {
    const std::size_t length = valid_sequence(s, pos);
    result.wide |= length > 1;
    if (length == 0 && result.bad++ == 0) result.first_bad = pos;
    pos += std::max<std::size_t>(length, 1);
  }
  return result;
}

/// Keeps what is valid and reads every other byte as windows-1252.
std::string repaired_utf8(std::string_view s) {
  std::string out;
  out.reserve(s.size() + 16);
  for (std::size_t pos = 0; pos < s.size();) {
    const std::size_t length = valid_sequence(s, pos);
    if (length == 0)
      append_utf8(out, windows_1252(static_cast<unsigned char>(s[pos++])));
    else
      out += s.substr(pos, length), pos += length;
  }
  return out;
}

/// Cyrillic in windows-1251 is mostly bytes 0xC0..0xFF in runs; western text has them one at a time.
bool looks_cyrillic(std::string_view s) {
  std::size_t high = 0, runs = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool letter = static_cast<unsigned char>(s[i]) >= 0xC0;
    high += letter;
    runs += letter && i > 0 && static_cast<unsigned char>(s[i - 1]) >= 0xC0;
  }
  return high >= 24 && runs * 10 > high * 7;
}

/// nullopt when the bytes are good as they are, as in all that follows.
using Changed = std::optional<std::string>;

Changed guessed(std::string_view bytes, const Utf8Survey& seen, Notes& notes) {
  if (seen.bad == 0) return std::nullopt;
  if (!seen.wide && looks_cyrillic(bytes))
    if (auto cyrillic = convert(bytes, "windows-1251")) {
      notes.mended("F012", "no charset was named; the bytes look like windows-1251 and were read so", seen.first_bad);
      return std::move(cyrillic->text);
    }
  notes.mended("F011", "bytes that are no valid UTF-8; they were read as windows-1252", seen.first_bad);
  return repaired_utf8(bytes);
}

Changed by_label(std::string_view bytes, const std::string& label, Notes& notes) {
  const auto seen = survey(bytes);
  if (label.empty() || is_utf8(label)) return guessed(bytes, seen, notes);
  const bool plainly_utf8 = seen.bad == 0 && seen.wide;
  if (is_western(label)) {
    if (seen.bad == 0 && !seen.wide) return std::nullopt;
    if (!plainly_utf8) return from_western(bytes);
    notes.mended("F012", "labelled " + label + " but the bytes are UTF-8; read as UTF-8");
    return std::nullopt;
  }
  if (auto converted = convert(bytes, iconv_name(label))) {
    const bool nonsense = converted->bad > 0 && (plainly_utf8 || converted->bad > bytes.size() / 20 + 4);
    if (!nonsense) {
      if (converted->bad > 0)
        notes.mended("F011", "bytes that " + label + " does not know were replaced", converted->first_bad);
      return std::move(converted->text);
    }
    notes.mended("F012", "labelled " + label + ", which the bytes are not; the charset was guessed");
  } else {
    notes.mended("F010", "unknown charset \"" + printable(label) + "\"; the charset was guessed");
  }
  return guessed(bytes, seen, notes);
}

/// `bytes` loses its byte order mark.
Changed decoded(std::string_view& bytes, std::string_view content_type, Notes& notes) {
  for (const auto& mark : kMarks)
    if (bytes.starts_with(mark.bytes)) {
      bytes.remove_prefix(mark.bytes.size());
      return by_label(bytes, std::string(mark.charset), notes);
    }
  if (const auto wide = sniffed_wide(bytes); !wide.empty()) return by_label(bytes, wide, notes);
  auto label = label_after(lower_ascii(content_type), "charset");
  if (label.empty() || label == "us-ascii") label = declared_in_xml(bytes);
  // The declaration was read as single bytes, so a label of wide units cannot be true.
  if (label.starts_with("utf-16") || label.starts_with("utf-32") || label.starts_with("ucs-") ||
      label == "iso-10646-ucs-2")
    label.clear();
  return by_label(bytes, label, notes);
}

/// No XML or JSON text may hold these.
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
}

/// Where the block or the rest of one begins that holds the first control character; size() when there is none.
std::size_t first_controls(std::string_view text) {
  std::size_t at = 0;
  for (; text.size() - at >= kBlock; at += kBlock) {
    const Sixteen c = sixteen_at(text.data() + at);
    if (any((c < 0x20) & (c != '\n') & (c != '\r') & (c != '\t'))) return at;
  }
  return std::any_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_control) ? at : text.size();
}

void blank_controls(std::string& text, std::size_t from, Notes& notes) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (!is_control(text[i])) continue;
    if (!notes.again("F013"))
      notes.mended("F013", "control characters, which no XML or JSON text may hold, became blanks", i);
    text[i] = ' ';
  }
}
}  // namespace

std::string_view to_utf8(std::string_view bytes, std::string_view content_type, Notes& notes, std::string& changed) {
  if (auto text = decoded(bytes, content_type, notes)) bytes = changed = std::move(*text);
  const std::size_t from = first_controls(bytes);
  if (from == bytes.size()) return bytes;
  if (bytes.data() != changed.data()) changed = bytes;
  blank_controls(changed, from, notes);
  return changed;
}

std::string to_utf8(std::string_view bytes, std::string_view content_type, Notes& notes) {
  std::string changed;
  const auto text = to_utf8(bytes, content_type, notes, changed);
  return text.data() == changed.data() ? std::move(changed) : std::string(text);
}

}  // namespace tocsin

#include "wire/json_cursor.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/text.hpp"

namespace tocsin::wire {

namespace {
constexpr int kDeepest = 64;

/// Which kinds of bytes occur; eight at a time, since this loop is most of the reading (Warren, Hacker's Delight, 6-1).
struct Bytes {
  bool control = false, backslash = false, high = false;
};
Bytes look_at(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  std::uint64_t high = 0, control = 0, backslash = 0;
  const auto take = [&](std::uint64_t word) {
    const std::uint64_t slash = word ^ kOnes * '\\';
    high |= word & kHighs;
    control |= (word - kOnes * 0x20) & ~word & kHighs;
    backslash |= (slash - kOnes) & ~slash & kHighs;
  };
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    take(word);
  }
  std::uint64_t rest = kOnes * 'x';
  for (; at < text.size(); ++at) rest = rest << 8 | static_cast<unsigned char>(text[at]);
  take(rest);
  return {control != 0, backslash != 0, high != 0};
}

bool is_valid(std::string_view text) {
  bool mended = false;
  (void)valid_utf8(text, &mended);
  return !mended;
}
}  // namespace

char JsonCursor::next_after_space() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
  return at_ == end_ ? '\0' : *at_;
}

bool JsonCursor::literal(std::string_view word) {
  next();
  if (static_cast<std::size_t>(end_ - at_) < word.size() || std::string_view(at_, word.size()) != word) return false;
  at_ += word.size();
  return true;
}

/// A string without escapes: nearly all of them.
bool JsonCursor::plain(std::string_view& out) {
  const char* begin = at_ + 1;
  const auto* end = static_cast<const char*>(std::memchr(begin, '"', static_cast<std::size_t>(end_ - begin)));
  if (!end) return false;
  out = {begin, static_cast<std::size_t>(end - begin)};
  const Bytes seen = look_at(out);
  if (seen.control || seen.backslash || (seen.high && !is_valid(out))) return false;
  at_ = end + 1;
  return true;
}

bool JsonCursor::text(std::string& out) {
  if (next() != '"') return false;
  if (std::string_view whole; plain(whole)) {
    out = whole;
    return true;
  }
  return escaped(out);
}

/// A word is compared with those that are known: what else stands in it does not matter.
bool JsonCursor::name(std::string_view& out) {
  if (next() != '"') return false;
  const char* begin = at_ + 1;
  const auto* end = static_cast<const char*>(std::memchr(begin, '"', static_cast<std::size_t>(end_ - begin)));
  if (!end) return false;
  out = {begin, static_cast<std::size_t>(end - begin)};
  if (out.find('\\') == out.npos) {
    at_ = end + 1;
    return true;
  }
  if (!escaped(decoded_)) return false;
  out = decoded_;
  return true;
}

bool JsonCursor::escaped(std::string& out) {
  static constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  out.clear();
  for (++at_; at_ != end_ && *at_ != '"'; ++at_) {
    if (static_cast<unsigned char>(*at_) < 0x20) return false;
    if (*at_ != '\\') {
      out += *at_;
      continue;
    }
    if (++at_ == end_) return false;
    const auto letter = kLetters.find(*at_);
    if (letter != kLetters.npos)
      out += kMeanings[letter];
    else if (*at_ != 'u' || !unicode(out))
      return false;
  }
  return at_++ != end_ && is_valid(out);
}

/// Stands on the `u`; afterwards on the last digit.
bool JsonCursor::unicode(std::string& out) {
  unsigned point = 0;
  if (!hex4(point) || (point >= 0xDC00 && point < 0xE000)) return false;
  if (point >= 0xD800 && point < 0xDC00) {
    unsigned low = 0;
    if (end_ - at_ < 3 || at_[1] != '\\' || at_[2] != 'u') return false;
    at_ += 2;
    if (!hex4(low) || low < 0xDC00 || low >= 0xE000) return false;
    point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
  }
  append_utf8(out, point);
  return true;
}

bool JsonCursor::hex4(unsigned& out) {
  if (end_ - at_ < 5) return false;
  const auto read = std::from_chars(at_ + 1, at_ + 5, out, 16);
  at_ += 4;
  return read.ec == std::errc() && read.ptr == at_ + 1;
}

std::string_view JsonCursor::number() {
  next();
  const char* begin = at_;
  while (at_ != end_ &&
         ((*at_ >= '0' && *at_ <= '9') || *at_ == '-' || *at_ == '+' || *at_ == '.' || *at_ == 'e' || *at_ == 'E'))
    ++at_;
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

bool JsonCursor::skip() {
  std::string_view ignored;
  for (int depth = 0;;) {
    const char c = next();
    if (c == '{' || c == '[') {
      if (++depth > kDeepest) return false;
      ++at_;
    } else if (c == '}' || c == ']') {
      if (--depth < 0) return false;
      ++at_;
    } else if (c == ',' || c == ':') {
      if (depth == 0) return false;
      ++at_;
      continue;
    } else if (c == '"' ? !name(ignored)
                        : !literal("true") && !literal("false") && !literal("null") && number().empty()) {
      return false;
    }
    if (depth == 0) return true;
  }
}

}  // namespace tocsin::wire

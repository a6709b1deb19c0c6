#include "wire/json_cursor.hpp"

#include <charconv>

#include "base/text.hpp"

namespace tocsin::wire {

namespace {
constexpr int kDeepest = 64;

bool is_valid(std::string_view text) {
  bool mended = false;
  (void)valid_utf8(text, &mended);
  return !mended;
}
}  // namespace

char JsonCursor::next() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
  return at_ == end_ ? '\0' : *at_;
}

bool JsonCursor::take(char c) {
  if (next() != c || at_ == end_) return false;
  ++at_;
  return true;
}

bool JsonCursor::literal(std::string_view word) {
  next();
  if (static_cast<std::size_t>(end_ - at_) < word.size() || std::string_view(at_, word.size()) != word) return false;
  at_ += word.size();
  return true;
}

/// A string without escapes: nearly all of them.
bool JsonCursor::plain(std::string_view& out) {
  const char* p = at_ + 1;
  unsigned char high = 0;
  for (; p != end_ && *p != '"' && *p != '\\'; ++p) {
    const auto c = static_cast<unsigned char>(*p);
    if (c < 0x20) return false;
    high |= c;
  }
  if (p == end_ || *p == '\\') return false;
  out = {at_ + 1, static_cast<std::size_t>(p - at_ - 1)};
  if (high >= 0x80 && !is_valid(out)) return false;
  at_ = p + 1;
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

bool JsonCursor::name(std::string_view& out) {
  if (next() != '"') return false;
  if (plain(out)) return true;
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

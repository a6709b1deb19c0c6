#include "feeds/html_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/hash.hpp"
#include "base/sixteen.hpp"
#include "base/text.hpp"
#include "feeds/entities.hpp"
#include "feeds/next_of.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

enum class Effect { inline_, space, line, skip };

/// What a tag does to the text around it.
Effect effect_of(std::string_view name) {
  switch (fnv1a(name)) {
    case fnv1a("script"):
    case fnv1a("style"):
    case fnv1a("head"):
    case fnv1a("template"):
      return Effect::skip;
    case fnv1a("td"):
    case fnv1a("th"):
    case fnv1a("img"):
    case fnv1a("option"):
      return Effect::space;
    case fnv1a("p"):
    case fnv1a("br"):
    case fnv1a("div"):
    case fnv1a("li"):
    case fnv1a("ul"):
    case fnv1a("ol"):
    case fnv1a("dl"):
    case fnv1a("dt"):
    case fnv1a("dd"):
    case fnv1a("tr"):
    case fnv1a("hr"):
    case fnv1a("h1"):
    case fnv1a("h2"):
    case fnv1a("h3"):
    case fnv1a("h4"):
    case fnv1a("h5"):
    case fnv1a("h6"):
    case fnv1a("pre"):
    case fnv1a("main"):
    case fnv1a("table"):
    case fnv1a("aside"):
    case fnv1a("title"):
    case fnv1a("footer"):
    case fnv1a("header"):
    case fnv1a("figure"):
    case fnv1a("section"):
    case fnv1a("article"):
    case fnv1a("address"):
    case fnv1a("center"):
    case fnv1a("figcaption"):
    case fnv1a("blockquote"):
      return Effect::line;
    default:
      return Effect::inline_;
  }
}

enum Kind : std::uint8_t { plain = 0, blank = 1, stop = 2 };

/// A stop is where copying has to look: markup, references, white space and the lead byte of NBSP.
constexpr auto kKinds = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (const char c : {'<', '&', '\t', '\n', '\v', '\f', '\r', '\xC2', ']'})
    kinds[static_cast<unsigned char>(c)] = stop;
  kinds[' '] = blank;
  return kinds;
}();

/// Whether the sixteen bytes at `bytes` are words with one blank between each two, the byte after them minded.
bool is_plain_block(const char* bytes) {
  const Sixteen c = sixteen_at(bytes), next = sixteen_at(bytes + 1);
  return !any((c < ' ') | (c == '<') | (c == '&') | (c == ']') | (c == 0xC2) | ((c == ' ') & (next == ' ')));
}

/// Past the words at `at` that can be copied as they are, with one blank between each two of them: most prose is that.
/// No branch depends on where a word ends, which no processor can foresee.
std::size_t plain_end(std::string_view html, const std::size_t at) {
  std::size_t end = at;
  if (at < html.size() && html[at] != ' ')
    while (html.size() - end > sizeof(Sixteen) && is_plain_block(html.data() + end)) end += sizeof(Sixteen);
  unsigned before = end == at ? blank : kKinds[static_cast<unsigned char>(html[end - 1])] & blank;
  for (; end < html.size(); ++end) {
    const unsigned kind = kKinds[static_cast<unsigned char>(html[end])];
    if ((kind & before) | (kind & stop)) break;
    before = kind;
  }
  return end > at && before == blank ? end - 1 : end;
}

class TextWriter {
 public:
  TextWriter(std::string_view html, bool keep_lines) : html_(html), keep_lines_(keep_lines) {
    out_.reserve(std::min(html.size(), kLongestText + 1));
  }

  std::string run() {
    while (pos_ < html_.size() && out_.size() <= kLongestText) {
      copy_plain();
      if (pos_ < html_.size()) special();
    }
    cut_text(out_, kLongestText);
    return std::move(out_);
  }

 private:
  void copy_plain() {
    const std::size_t start = std::exchange(pos_, plain_end(html_, pos_));
    if (pos_ > start) put(html_.substr(start, std::min(pos_ - start, kLongestText + 1)));
  }

  void special() {
    const char c = html_[pos_];
    if (is_space(c)) return space();
    if (c == '<') return markup();
    if (c == '&') return reference();
    if (c == '\xC2' && pos_ + 1 < html_.size()) {
      latin_1();
    } else if (html_.substr(pos_, 3) == "]]>") {
      pos_ += 3;  // the end of a CDATA section inside another
    } else {
      put(html_.substr(pos_++, 1));
    }
  }

  /// NBSP is a blank; U+0080..U+009F are no letters but windows-1252 bytes that somebody called Latin-1 on the way.
  void latin_1() {
    const auto second = static_cast<unsigned char>(html_[pos_ + 1]);
    std::string letter;
    append_utf8(letter, windows_1252(second));
    if (second == 0xA0)
      gap_ = std::max(gap_, kBlank);
    else
      put(second < 0xA0 ? std::string_view(letter) : html_.substr(pos_, 2));
    pos_ += 2;
  }

  void space() {
    gap_ = std::max(gap_, keep_lines_ && html_[pos_] == '\n' ? kLine : kBlank);
    ++pos_;
  }

  void reference() {
    std::string decoded;
    const std::size_t length = append_entity(decoded, html_.substr(pos_));
    if (length == 0) return put(html_.substr(pos_++, 1));
    pos_ += length;
    if (decoded == "\xC2\xA0" || (decoded.size() == 1 && is_space(decoded[0])))
      gap_ = std::max(gap_, kBlank);
    else
      put(decoded);
  }

  void markup() {
    const char next = pos_ + 1 < html_.size() ? html_[pos_ + 1] : ' ';
    if (is_alpha(next)) return tag(1);
    if (next == '/' && pos_ + 2 < html_.size() && is_alpha(html_[pos_ + 2])) return tag(2);
    if (html_.substr(pos_, 4) == "<!--") return skip_past(comment_end_);
    if (html_.substr(pos_, 9) == "<![CDATA[") {
      pos_ += 9;
      return;
    }
    if (next == '!' || next == '?') return skip_past(tag_mark_);
    put(html_.substr(pos_++, 1));
  }

  void skip_past(NextOf& end) {
    const std::size_t found = end.from(html_, pos_);
    const std::size_t at = found == kNone ? tag_mark_.from(html_, pos_) : found;
    if (at == kNone) return put(html_.substr(pos_++, 1));
    pos_ = at + (found == kNone ? 1 : end.length());
  }

  void tag(std::size_t name_at) {
    const std::size_t end = tag_end();
    if (end == kNone) return put(html_.substr(pos_++, 1));  // a "less than" in prose
    std::array<char, 12> name{};
    std::size_t length = 0;
    for (std::size_t i = pos_ + name_at; i < end && length < name.size() && is_name(html_[i]); ++i)
      name[length++] = static_cast<char>(html_[i] >= 'A' && html_[i] <= 'Z' ? html_[i] | 0x20 : html_[i]);
    const std::string_view lower(name.data(), length);
    const Effect effect = effect_of(lower);
    if (effect == Effect::line) gap_ = kLine;
    if (effect == Effect::space) gap_ = std::max(gap_, kBlank);
    const bool opens = name_at == 1 && html_[end - 1] != '/';
    pos_ = end + 1;
    if (effect == Effect::skip && opens) skip_element(lower);
  }

  static bool is_name(char c) { return is_alpha(c) || (c >= '0' && c <= '9'); }

  /// The '>' that ends the tag at pos_; one inside a quoted attribute value does not.
  std::size_t tag_end() {
    if (!tags_left_) return kNone;
    for (std::size_t i = pos_ + 1; i < html_.size(); ++i) {
      if (html_[i] == '>') return i;
      const char quote = html_[i];
      if ((quote != '"' && quote != '\'') || html_[i - 1] != '=') continue;
      const std::size_t closing = html_.find(quote, i + 1);
      if (closing == kNone) break;
      i = closing;
    }
    const std::size_t bare = html_.find('>', pos_);
    tags_left_ = bare != kNone;  // none ahead: never search the rest again, so that the whole stays linear
    return bare;
  }

  void skip_element(std::string_view name) {
    for (std::size_t at = pos_; (at = html_.find("</", at)) != kNone; at += 2)
      if (equal_ascii_nocase(html_.substr(at + 2, name.size()), name)) {
        pos_ = at;
        return;
      }
    pos_ = html_.size();
  }

  void put(std::string_view words) {
    if (gap_ != 0 && !out_.empty()) out_ += gap_ == kLine ? '\n' : ' ';
    gap_ = 0;
    out_ += words;
  }

  static constexpr int kBlank = 1, kLine = 2;
  std::string_view html_;
  bool keep_lines_;
  std::size_t pos_ = 0;
  NextOf comment_end_{"-->"}, tag_mark_{">"};
  int gap_ = 0;
  bool tags_left_ = true;
  std::string out_;
};

bool holds_reference(std::string_view text) {
  std::string scratch;
  for (std::size_t at = 0; (at = text.find('&', at)) != kNone; ++at) {
    const std::size_t length = append_entity(scratch, text.substr(at, 40));
    if (length > 0 && text[at + length - 1] == ';') return true;
  }
  return false;
}
}  // namespace

void cut_text(std::string& utf8, std::size_t most) {
  if (utf8.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(utf8[most]) & 0xC0) == 0x80) --most;
  utf8.resize(most);
  utf8.shrink_to_fit();
}

std::string html_to_text(std::string_view html) {
  std::string text = TextWriter(html, false).run();
  if (holds_reference(text)) text = TextWriter(text, true).run();
  return text;
}

}  // namespace tocsin

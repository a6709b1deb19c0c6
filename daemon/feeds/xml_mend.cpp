#include "feeds/xml_mend.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "feeds/next_of.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool in_name(char c) {
  return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_void_html(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kVoid{"br", "hr", "img", "input", "wbr", "col", "param"};
  return std::any_of(kVoid.begin(), kVoid.end(), [&](auto v) { return equal_ascii_nocase(v, name); });
}

/// Entries cannot hold entries: a new one ends the one that was forgotten open.
bool is_entry(std::string_view name) {
  return equal_ascii_nocase(name, "item") || equal_ascii_nocase(name, "entry");
}

std::uint64_t hash_nocase(std::string_view name) {
  return fnv1a(lower_ascii(name));
}

class Mender {
 public:
  Mender(std::string_view in, std::size_t max_depth, Notes& notes) : in_(in), max_depth_(max_depth), notes_(notes) {
    out_.reserve(in.size() + in.size() / 16 + 64);
  }

  std::string run() {
    while (pos_ < in_.size()) {
      const auto next = std::min(in_.find('<', pos_), in_.size());
      out_ += in_.substr(pos_, next - pos_);
      pos_ = next;
      if (pos_ < in_.size()) markup();
    }
    if (!open_.empty())
      notes_.mended("F023",
                    "the document ends inside <" + std::string(open_.back().name) +
                        ">: it was cut off; what was complete is kept",
                    in_.size());
    while (!open_.empty()) close();
    return std::move(out_);
  }

 private:
  bool at(std::string_view words) const { return in_.substr(pos_, words.size()) == words; }

  void markup() {
    if (at("<!--")) return drop_past(comment_end_);
    if (at(kCdata)) return cdata();
    if (at("<?")) return drop_past(instruction_end_);
    if (at("<!")) return drop_past(tag_end_);
    if (at("</") && pos_ + 2 < in_.size() && starts_name(in_[pos_ + 2])) return end_tag();
    if (pos_ + 1 < in_.size() && starts_name(in_[pos_ + 1])) return start_tag();
    bare_less_than();
  }

  void bare_less_than() {
    notes_.mended("F022", "a bare \"<\" in text", pos_);
    out_ += "&lt;";
    ++pos_;
  }

  void drop_past(NextOf& end) {
    const auto found = end.from(in_, pos_ + 2);
    const auto past = found == kNone ? tag_end_.from(in_, pos_ + 2) : found;
    pos_ = past == kNone ? in_.size() : past + (found == kNone ? 1 : end.length());
  }

  void cdata() {
    const std::size_t start = pos_ + kCdata.size();
    std::size_t end = cdata_end_.from(in_, start);
    pos_ = end == kNone ? in_.size() : end + kCdataEnd.size();
    // Another section that opens before this one closes, or no close at all: the end was forgotten at this element's
    // end tag.
    const std::size_t next = cdata_.from(in_, start);
    if ((end == kNone || next < pos_) && !open_.empty()) {
      const auto before = in_.substr(0, std::min(pos_, next));
      const auto closing = before.find("</" + std::string(open_.back().name), start);
      if (closing != kNone) {
        notes_.mended("F022", "a CDATA section that is never closed", start);
        pos_ = end = closing;
      }
    }
    put_cdata(in_.substr(start, std::min(end, in_.size()) - start));
  }

  void put_cdata(std::string_view words) {
    out_ += kCdata;
    out_ += words;
    out_ += kCdataEnd;
  }

  void end_tag() {
    const std::size_t start = pos_;
    pos_ += 2;
    const auto name = take_name();
    const auto close_at = in_.find_first_of("<>", pos_);
    pos_ = close_at == kNone ? in_.size() : close_at + (in_[close_at] == '>' ? 1 : 0);
    if (deeper_ > 0) return static_cast<void>(--deeper_);
    const auto hash = hash_nocase(name);
    const auto match = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& o) { return o.hash == hash; });
    if (match == open_.rend())
      return notes_.mended("F022", "an end tag without a start: </" + std::string(name) + ">", start);
    if (match != open_.rbegin())
      notes_.mended(
          "F022", "<" + std::string(open_.back().name) + "> is not closed before </" + std::string(name) + ">", start);
    for (auto n = match - open_.rbegin(); n >= 0; --n) close();
  }

  void start_tag() {
    const std::size_t start = pos_++;
    const std::size_t keep = out_.size();
    const auto name = take_name();
    if (is_entry(name)) close_forgotten_entry();
    (out_ += '<') += name;
    const bool closed = attributes();
    if (pos_ > in_.size()) {  // the tag itself is cut off
      out_.resize(keep);
      pos_ = in_.size();
      return notes_.mended("F023", "the document ends inside a tag: it was cut off; what was complete is kept", start);
    }
    if (closed || is_void_html(name)) return static_cast<void>(out_ += "/>");
    if (open_.size() >= max_depth_) {
      notes_.mended("F025", "elements nested deeper than " + std::to_string(max_depth_) + " levels lost their tags",
                    start);
      out_.resize(keep);
      return static_cast<void>(++deeper_);
    }
    out_ += '>';
    open_.push_back({name, hash_nocase(name)});
  }

  void close_forgotten_entry() {
    const auto entry = std::find_if(open_.rbegin(), open_.rend(), [](const Open& o) { return is_entry(o.name); });
    if (entry == open_.rend()) return;
    notes_.mended("F022", "<" + std::string(entry->name) + "> is not closed before the next one", pos_);
    for (auto n = entry - open_.rbegin(); n >= 0; --n) close();
  }

  /// Copies the attributes with proper quotes and eats the '>'. True for "/>". pos_ is beyond the input when it was
  /// cut.
  bool attributes() {
    bool slash = false;
    while (pos_ < in_.size()) {
      const char c = in_[pos_];
      if (c == '>') return ++pos_, slash;
      if (c == '<') return notes_.mended("F022", "a tag that is not closed with \">\"", pos_), slash;
      slash = c == '/';
      if (starts_name(c))
        attribute();
      else
        ++pos_;
    }
    pos_ = in_.size() + 1;
    return false;
  }

  void attribute() {
    const auto name = take_name();
    auto look = pos_;
    while (look < in_.size() && is_space(in_[look])) ++look;
    std::string_view value = name;
    if (look < in_.size() && in_[look] == '=') {
      pos_ = look + 1;
      value = take_value();
    }
    const char quote = value.find('"') == kNone ? '"' : '\'';
    ((out_ += ' ') += name) += '=';
    out_ += quote;
    for (const char c : value) c == '<' ? out_ += "&lt;" : out_ += c == quote ? ' ' : c;
    out_ += quote;
  }

  std::string_view take_value() {
    while (pos_ < in_.size() && is_space(in_[pos_])) ++pos_;
    if (pos_ >= in_.size()) return {};
    const char quote = in_[pos_];
    const bool quoted = quote == '"' || quote == '\'';
    const std::size_t start = pos_ + quoted;
    // A quote that is never closed must not swallow the tags that follow.
    const auto end = quoted ? in_.find(quote, start) : kNone;
    const bool sound = quoted && end != kNone && in_.substr(start, end - start).find('<') == kNone;
    const auto stop = sound ? end : std::min(in_.find_first_of(quoted ? "<>" : " \t\r\n<>", start), in_.size());
    pos_ = stop + (sound ? 1 : 0);
    return in_.substr(start, stop - start);
  }

  std::string_view take_name() {
    const std::size_t start = pos_;
    while (pos_ < in_.size() && in_name(in_[pos_])) ++pos_;
    return in_.substr(start, pos_ - start);
  }

  void close() {
    ((out_ += "</") += open_.back().name) += '>';
    open_.pop_back();
  }

  std::string_view in_;
  std::size_t max_depth_;
  Notes& notes_;
  std::size_t pos_ = 0;
  NextOf comment_end_{"-->"}, instruction_end_{"?>"}, tag_end_{">"}, cdata_{kCdata}, cdata_end_{kCdataEnd};
  std::size_t deeper_ = 0;  // start tags dropped for depth whose end tags must go too
  struct Open {
    std::string_view name;
    std::uint64_t hash;  // so that a flood of stray end tags is cheap to refuse
  };
  std::vector<Open> open_;
  std::string out_;
};
}  // namespace

std::string mended_xml(std::string_view xml, std::size_t max_depth, Notes& notes) {
  return Mender(xml, max_depth, notes).run();
}

}  // namespace tocsin

#include "feeds/mail_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/text.hpp"
#include "feeds/html_text.hpp"
#include "feeds/mail_encodings.hpp"

namespace tocsin {

namespace {
constexpr int kDeepest = 8;
constexpr int kMostParts = 100;

struct Readable {
  std::string text;
  bool is_html = false;
};

/// RFC 3676: a line that ends in a blank goes on in the next; a leading blank was stuffed.
std::string unflowed(std::string_view text, bool delete_space) {
  std::string out;
  while (!text.empty()) {
    std::string_view line = take_line(text);
    if (line.starts_with(' ')) line.remove_prefix(1);
    const bool goes_on = line.ends_with(' ') && line != "-- " && !line.starts_with('>');
    if (goes_on && delete_space) line.remove_suffix(1);
    out += line;
    if (!goes_on) out += '\n';
  }
  return out;
}

class Parts {
 public:
  std::optional<Readable> read(const MailHeaders& headers, std::string_view body, int depth) {
    if (depth > kDeepest || ++count_ > kMostParts) return std::nullopt;
    if (mail_parameters(headers.get("content-disposition")).word == "attachment") return std::nullopt;
    const auto type = mail_parameters(headers.get("content-type"));
    if (type.word.starts_with("multipart/")) return read_multipart(type, body, depth);
    const bool is_html = type.word == "text/html";
    if (!type.word.empty() && type.word != "text/plain" && !is_html) return std::nullopt;
    return Readable{text_of(headers, type, body, is_html), is_html};
  }

 private:
  static std::string text_of(const MailHeaders& headers, const MailParameters& type, std::string_view body,
                             bool is_html) {
    const std::string encoding = lower_ascii(trim(headers.get("content-transfer-encoding")));
    std::string bytes = encoding == "base64"             ? from_base64(body)
                        : encoding == "quoted-printable" ? from_quoted_printable(body)
                                                         : std::string(body);
    const std::string text = in_utf8(bytes, type.get("charset"));
    if (is_html) return html_to_text(text);
    return lower_ascii(type.get("format")) == "flowed" ? unflowed(text, lower_ascii(type.get("delsp")) == "yes") : text;
  }

  std::optional<Readable> read_multipart(const MailParameters& type, std::string_view body, int depth) {
    const std::string boundary = "--" + type.get("boundary");
    if (boundary.size() == 2) return std::nullopt;
    std::vector<Readable> found;
    for (std::string_view part : split_at(boundary, body)) {
      const MailHeaders headers(part);
      if (auto readable = read(headers, part, depth + 1); readable && !trim(readable->text).empty())
        found.push_back(std::move(*readable));
    }
    if (found.empty()) return std::nullopt;
    return type.word == "multipart/alternative" ? plainest(std::move(found)) : joined(found);
  }

  static Readable plainest(std::vector<Readable> found) {
    const auto plain = std::find_if(found.begin(), found.end(), [](const Readable& r) { return !r.is_html; });
    return plain == found.end() ? std::move(found.front()) : std::move(*plain);
  }

  /// A picture in the middle of a text cuts it into two parts.
  static Readable joined(const std::vector<Readable>& found) {
    Readable all{{}, true};
    for (const Readable& r : found) {
      (all.text += r.text) += '\n';
      all.is_html = all.is_html && r.is_html;
    }
    return all;
  }

  static std::vector<std::string_view> split_at(const std::string& boundary, std::string_view body) {
    std::vector<std::string_view> parts;
    const char *begin = nullptr, *const end = body.data() + body.size();
    while (!body.empty() && parts.size() < kMostParts) {
      const char* const here = body.data();
      const std::string_view line = take_line(body);
      if (!line.starts_with(boundary)) continue;
      const auto rest = trim(line.substr(boundary.size()));
      if (!rest.empty() && rest != "--") continue;  // a longer boundary, of a part within
      if (begin) parts.emplace_back(begin, static_cast<std::size_t>(here - begin));
      begin = end - body.size();
      if (rest == "--") return parts;
    }
    if (begin && parts.size() < kMostParts)
      parts.emplace_back(begin, static_cast<std::size_t>(end - begin));  // cut off
    return parts;
  }

  int count_ = 0;
};

bool ends_with_any(std::string_view line, std::span<const std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return line.ends_with(e); });
}
bool starts_with_any(std::string_view line, std::span<const std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view b) { return line.starts_with(b); });
}

/// "On Monday Amina wrote:", as mailers write it above a quote.
constexpr std::array<std::string_view, 9> kIntroductions{
    "wrote:",    "a écrit :", "a écrit:",    "a écrit\u00A0:", "escribió:",
    "escreveu:", "schrieb:",  "ha scritto:", "написал:"};
constexpr std::array<std::string_view, 6> kOriginals{"-----original message",  "----- original message",
                                                     "-----message d'origine", "----- message d'origine",
                                                     "-----mensaje original",  "-----mensagem original"};
constexpr std::array<std::string_view, 8> kPhoneLines{
    "sent from my ",    "sent from outlook",         "envoyé de mon ",    "envoyé depuis ",
    "get outlook for ", "télécharger outlook pour ", "enviado desde mi ", "obtenir outlook pour "};

class OwnWords {
 public:
  explicit OwnWords(std::string_view text) {
    while (!text.empty()) lines_.push_back(take_line(text));
  }

  std::string run() {
    for (at_ = 0; at_ < lines_.size() && take(lines_[at_]); ++at_) {
    }
    return join(kept_, "\n");
  }

 private:
  /// False when nothing of the writer's own can follow.
  bool take(std::string_view line) {
    const std::string lower = lower_ascii(trim(line));
    if (line == "-- " || line == "--" || starts_with_any(lower, kOriginals)) return false;
    if (lower.starts_with("________") && is_header_line(next_words())) return false;
    if (lower.starts_with('>') || starts_with_any(lower, kPhoneLines)) return true;
    if (ends_with_any(lower, kIntroductions)) {
      if (next_words().starts_with('>')) return drop_introduction(lower);
      if (lower.find('@') != std::string::npos || is_second_half(lower)) {
        drop_introduction(lower);
        return false;  // a reply whose quote has lost its signs
      }
    }
    kept_.emplace_back(line);
    return true;
  }

  /// "On Monday, Amina <amina@example.org>", newline, "wrote:".
  static bool is_second_half(std::string_view lower) {
    return ends_with_any(lower, kIntroductions) && lower.size() < 16;
  }

  bool drop_introduction(std::string_view lower) {
    if (is_second_half(lower) && !kept_.empty()) kept_.pop_back();
    return true;
  }

  [[nodiscard]] std::string_view next_words() const {
    for (std::size_t i = at_ + 1; i < lines_.size(); ++i)
      if (const auto words = trim(lines_[i]); !words.empty()) return words;
    return {};
  }

  static bool is_header_line(std::string_view line) {
    static constexpr std::array<std::string_view, 4> kFirst{"from:", "de :", "de:", "von:"};
    return starts_with_any(lower_ascii(line), kFirst);
  }

  std::vector<std::string_view> lines_;
  std::vector<std::string> kept_;
  std::size_t at_ = 0;
};
}  // namespace

std::string readable_text(const MailHeaders& headers, std::string_view body) {
  const auto found = Parts().read(headers, body, 0);
  return found ? found->text : std::string();
}

std::string own_words(std::string_view text) {
  const std::string own = OwnWords(text).run();
  return std::string(trim(trim(own).empty() ? text : own));
}

std::string bare_subject(std::string_view subject) {
  static constexpr std::array<std::string_view, 9> kPrefixes{"re", "fw", "fwd", "tr", "rv", "aw", "wg", "réf", "enc"};
  for (bool again = true; again;) {
    subject = trim(subject);
    const auto colon = subject.find(':');
    const std::string word = colon > 6 ? std::string() : lower_ascii(trim(subject.substr(0, colon)));
    again = std::find(kPrefixes.begin(), kPrefixes.end(), word) != kPrefixes.end();
    if (again) subject.remove_prefix(colon + 1);
  }
  return std::string(subject);
}

}  // namespace tocsin

// The header block of a mail or of one of its parts (RFC 5322, 2.2; RFC 2045, 5.1). Pure, bounded, safe on any bytes.
// For the mail readers in feeds/.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

class MailHeaders {
 public:
  /// At most this many fields of at most so many bytes are kept; the rest of a block is skipped.
  static constexpr std::size_t kMostFields = 300, kLongestField = 16 << 10;

  /// Takes the block off the front of `bytes`, with the empty line that ends it; what is left is the body.
  explicit MailHeaders(std::string_view& bytes);

  /// Unfolded, as written otherwise; the topmost when there are several, "" when there is none. `name` in lower case.
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;

 private:
  struct Field {
    std::string name, value;
  };
  void add(std::string_view line);
  std::vector<Field> fields_;
};

/// A value with parameters: `text/plain; charset="utf-8"`. Word and names in lower case.
struct MailParameters {
  std::string word;
  std::map<std::string, std::string> parameters;
  [[nodiscard]] std::string get(const std::string& name) const;
};
MailParameters mail_parameters(std::string_view value);

/// Takes the next line off the front, without its line end (CRLF or LF).
std::string_view take_line(std::string_view& bytes);

/// Without "(comments)", which may be nested; quoted strings stay (RFC 5322, 3.2.2).
std::string without_comments(std::string_view value);
/// Without "quoted strings".
std::string without_quoted(std::string_view value);

/// The address of a From: line, in lower case: of `Amina <amina@example.org>`. "" when there is none or more than one.
std::string single_address(std::string_view value);

}  // namespace tocsin

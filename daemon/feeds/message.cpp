#include "feeds/message.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "feeds/dates.hpp"
#include "feeds/mail_encodings.hpp"
#include "feeds/mail_headers.hpp"
#include "feeds/mail_text.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kLongestTitle = 300, kLongestId = 250;

std::string id_of(const MailHeaders& headers, const Item& item) {
  const std::string_view id = trim(headers.get("message-id"));
  const auto open = id.find('<'), close = id.find('>');
  if (open != std::string_view::npos && close != std::string_view::npos && open < close) {
    const std::string bare = one_line(valid_utf8(id.substr(open + 1, close - open - 1)));
    if (!bare.empty() && bare.size() <= kLongestId) return bare;
  }
  return "hash:" + hex64(fnv1a(item.text, fnv1a(item.title, fnv1a(headers.get("date"), fnv1a(headers.get("from"))))));
}

/// An alert that comes back must not bear witness to itself.
std::string automatic_reason(const MailHeaders& headers) {
  const auto submitted = lower_ascii(mail_parameters(headers.get("auto-submitted")).word);
  if (submitted == "auto-replied") return "an automatic reply";
  if (headers.count("x-tocsin-key") > 0) return "an alert of Tocsin itself";
  if (mail_parameters(headers.get("content-type")).word == "multipart/report") return "a delivery report";
  return {};
}

bool is_same_or_below(std::string_view domain, std::string_view parent) {
  return domain == parent || (domain.size() > parent.size() && domain.ends_with(parent) &&
                              domain[domain.size() - parent.size() - 1] == '.');
}

/// Relaxed alignment: the one is the other or lies below it (RFC 7489, 3.1). A bare top-level domain vouches for
/// nobody.
bool aligned(std::string_view domain, std::string_view other) {
  if (other.find('.') == std::string_view::npos) return false;
  return is_same_or_below(domain, other) || is_same_or_below(other, domain);
}

std::string_view domain_of(std::string_view address) {
  const auto sign = address.rfind('@');
  return sign == std::string_view::npos ? address : address.substr(sign + 1);
}

/// "dkim=pass header.d=example.org": the result of a method and what it is about.
struct Verdict {
  std::string method, result;
  std::map<std::string, std::string> about;
  [[nodiscard]] std::string get(const std::string& property) const {
    const auto it = about.find(property);
    return it == about.end() ? std::string() : it->second;
  }
};

Verdict verdict_of(std::string_view statement) {
  Verdict out;
  const std::string plain = collapse_space(statement);
  for (const auto word : split(plain, ' ')) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) continue;
    std::string name = lower_ascii(word.substr(0, equals));
    std::string value = lower_ascii(word.substr(equals + 1));
    if (out.method.empty()) {
      out.method = name.substr(0, name.find('/'));
      out.result = value;
    } else {
      out.about.emplace(std::move(name), std::move(value));
    }
  }
  return out;
}

bool vouches(const Verdict& v, std::string_view from) {
  if (v.result != "pass") return false;
  const std::string_view domain = domain_of(from);
  const auto is_about = [&](const char* property) {
    const std::string value = v.get(property);
    return !value.empty() && aligned(domain, domain_of(value));
  };
  if (v.method == "dmarc") return domain_of(v.get("header.from")) == domain;
  if (v.method == "dkim") return is_about("header.d") || (v.get("header.d").empty() && is_about("header.i"));
  if (v.method == "spf") return is_about("smtp.mailfrom");
  return v.method == "auth" && v.get("smtp.auth") == from;
}
}  // namespace

MailReport read_mail(std::string_view bytes) {
  std::string_view body = bytes;
  const MailHeaders headers(body);
  MailReport mail;
  if (headers.count("from") == 1) mail.from = single_address(headers.get("from"));
  mail.authentication = headers.get("authentication-results");
  mail.automatic = automatic_reason(headers);
  mail.item.title = shortened(bare_subject(decoded_words(headers.get("subject"))), kLongestTitle);
  mail.item.text = own_words(readable_text(headers, body));
  mail.item.published = parse_date(headers.get("date"));
  mail.item.id = id_of(headers, mail.item);
  return mail;
}

Result<void> vouched_for(const MailReport& mail, std::string_view host) {
  if (mail.authentication.empty()) return failure("it has no Authentication-Results header");
  // Quoted strings hold reasons, which may repeat words of the mail.
  const std::string plain = without_quoted(without_comments(mail.authentication));
  const auto statements = split(plain, ';');
  const auto server = trim(statements.front());
  if (!equal_ascii_nocase(server.substr(0, server.find(' ')), host))
    return failure("its topmost Authentication-Results header is not of " + std::string(host) + " but of \"" +
                   shortened(one_line(server), 80) + "\"");
  for (std::size_t i = 1; i < statements.size(); ++i)
    if (vouches(verdict_of(statements[i]), mail.from)) return {};
  return failure(std::string(host) +
                 " does not vouch for the address in From: (no DMARC, DKIM or SPF pass for its domain)");
}

}  // namespace tocsin

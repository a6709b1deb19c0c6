// Mail over SMTP. The message is built here to the last byte (RFC 5322, 2045, 2047, 3834); net/ only carries it.
#include "base/hash.hpp"
#include "base/mail_date.hpp"
#include "base/text.hpp"
#include "channels/briefing.hpp"
#include "channels/kinds.hpp"
#include "channels/mime.hpp"

namespace tocsin {

namespace {

constexpr ChannelOption kOptions[] = {
    {"url", OptionType::url, true, "", "the relay: smtp://host:port, or smtps://host:port for TLS from the first byte"},
    {"from", OptionType::mailbox, true, "", "the sender, \"Tocsin <tocsin@example.org>\""},
    {"to", OptionType::mailboxes, false, "", "addresses instead of the recipient's own"},
    {"user", OptionType::text, false, "", "the name for SMTP AUTH; needs password_file"},
    {"password_file", OptionType::secret, false, "", "a file that holds the password in its first line"},
    {"require_tls", OptionType::yes_no, false, "yes",
     "refuse a relay without STARTTLS; \"no\" only for a relay on this machine"},
    {"ca_file", OptionType::path, false, "", "certificates to trust instead of the system's"},
    {"timeout", OptionType::duration, false, "60s", "for one attempt"},
};

void check(const Channel& channel, const Places& places, Diagnostics& findings) {
  const std::string url = option(channel, kMailChannel, "url");
  if (!url.empty() && !url.starts_with("smtp://") && !url.starts_with("smtps://"))
    findings.error(places.file, places.value("url"), "C003", "\"url\" must begin with smtp:// or smtps://");
  if (url.find('@') != std::string::npos)
    findings.error(places.file, places.value("url"), "C003",
                   "\"url\" must not hold a name or password; use user and password_file");
  const bool user = channel.options.contains("user"), password = channel.options.contains("password");
  if (user != password) findings.error(places.file, places.at, "C004", "\"user\" and \"password_file\" go together");
}

std::string domain_of(const std::string& address) {
  return address.substr(address.find('@') + 1);
}

/// Letters and digits only, so that nothing in a key can break a header.
std::string message_id(std::string_view key, const std::string& domain) {
  return "<" + sha256_hex(key).substr(0, 32) + ".tocsin@" + domain + ">";
}

std::vector<Mailbox> addressees(const Errand& errand) {
  const std::string given = option(errand.channel, kMailChannel, "to");
  std::vector<Mailbox> out;
  for (const auto part : split(given.empty() ? errand.recipient.address : given, ','))
    if (auto mailbox = parse_mailbox(part)) out.push_back(std::move(*mailbox));
  return out;
}

std::string address_header(std::string_view name, const std::vector<Mailbox>& mailboxes) {
  std::vector<std::string> texts;
  for (const auto& m : mailboxes) texts.push_back(mailbox_text(m));
  return std::string(name) + ": " + join(texts, ",\r\n ") + "\r\n";
}

std::string subject_line(const Alert& alert, const Wording& words) {
  return "[" + std::string(kTlps(alert.tlp)) + "] " + subject(alert, words);
}

std::string headers(const Errand& errand, const Mailbox& from, const std::vector<Mailbox>& to) {
  const Alert& alert = errand.alert;
  const std::string domain = domain_of(from.address);
  // All messages about one incident answer to a root that is never sent: every reader's client shows them as one
  // thread.
  const std::string thread = message_id("thread/" + (alert.incident ? alert.incident->id : alert.code), domain);
  std::string out = header("Date", mail_date(alert.sent)) + address_header("From", {from}) + address_header("To", to) +
                    header("Subject", subject_line(alert, wording(errand.recipient.language))) +
                    header("Message-ID", message_id(errand.key, domain)) + header("References", thread) +
                    header("In-Reply-To", thread) + header("Auto-Submitted", "auto-generated") +
                    header("X-Tocsin-Code", shortened(alert.code, 8)) +
                    header("X-Tocsin-Key", shortened(alert.key, 80));
  if (alert.severity <= Severity::Severe && alert.msg_type != MsgType::Cancel)
    out += header("Importance", "high") + header("X-Priority", "1");
  return out + header("MIME-Version", "1.0") + header("Content-Type", "text/plain; charset=UTF-8") +
         header("Content-Transfer-Encoding", "quoted-printable") +
         header("Content-Language", wording(errand.recipient.language).code);
}

Result<Outgoing> render(const Errand& errand) {
  const auto from = parse_mailbox(option(errand.channel, kMailChannel, "from"));
  const auto to = addressees(errand);
  if (!from) return failure("channel " + errand.channel.name + " has no sender");
  if (to.empty()) return failure("no mail address for " + errand.recipient.id);
  MailRequest out;
  out.url = option(errand.channel, kMailChannel, "url");
  out.user = option(errand.channel, kMailChannel, "user");
  out.password = option(errand.channel, kMailChannel, "password");
  out.require_tls = yes(option(errand.channel, kMailChannel, "require_tls"));
  out.ca_file = option(errand.channel, kMailChannel, "ca_file");
  out.from = from->address;
  for (const auto& m : to) out.to.push_back(m.address);
  out.timeout = parse_duration(option(errand.channel, kMailChannel, "timeout")).value_or(60 * kSecond);
  const std::string body =
      plain_text(briefing(errand.alert, errand.recipient)) + "\n-- \n" + std::string(kTlps(errand.alert.tlp)) + "\n";
  out.message = headers(errand, *from, to) + "\r\n" + quoted_printable(printable(body));
  return out;
}

/// RFC 5321, section 4.2.1; RFC 4954, section 6 for authentication, which the admin can repair while we wait.
Verdict judge(const Answer& answer) {
  const auto* result = std::get_if<SendResult>(&answer);
  if (!result) return {Verdict::Kind::retry, "no answer", {}};
  if (result->ok) return {Verdict::Kind::sent, "", {}};
  const int code = result->code;
  const bool repairable = code == 530 || code == 534 || code == 535 || code == 538;
  const std::string reason =
      one_line((code ? std::to_string(code) + " " : "") + result->detail) +
      (result->ambiguous ? " (it may have arrived; the next attempt has the same Message-ID)" : "");
  return {code >= 500 && !repairable ? Verdict::Kind::failed : Verdict::Kind::retry, reason, {}};
}

}  // namespace

const ChannelKind kMailChannel{.name = "mail",
                               .help = "sends plain text over SMTP, one thread for each incident",
                               .options = kOptions,
                               .highest = Tlp::Amber,
                               .check = check,
                               .render = render,
                               .judge = judge};

}  // namespace tocsin

#include "settings/inbound_reader.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "settings/inbound_rows.hpp"
#include "settings/secrets.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kShortestToken = 24;
constexpr std::size_t kLongestSocketPath = 100;  // sun_path holds 108 bytes
const std::vector<std::string> kInboundKeys{"http", "imap", "senders"};

bool is_address(int family, const std::string& host) {
  in6_addr room{};
  return ::inet_pton(family, host.c_str(), &room) == 1;
}

bool stays_on_this_machine(const ListenAddress& a) {
  return !a.path.empty() || a.host == "::1" || a.host.starts_with("127.");
}

/// Of "imaps://host/INBOX"; without the mailbox the server would have nothing to search in.
bool names_mailbox(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos || (url.substr(0, begin) != "imaps" && url.substr(0, begin) != "imap"))
    return false;
  const auto host = url.substr(begin + 3), mailbox = host.substr(std::min(host.find('/'), host.size()));
  return mailbox.size() > 1 && !host.starts_with('/') && host.find_first_of(" ;?#") == std::string_view::npos;
}

class InboundReader {
 public:
  InboundReader(std::string_view file, LoadedSettings& out)
      : file_(file), findings_(out.findings), feeds_(out.settings.feeds), inbound_(out.settings.inbound) {}

  void read(const YamlNode& section, const std::vector<Entry>& senders) {
    for (const auto& entry : section.entries())
      if (std::find(kInboundKeys.begin(), kInboundKeys.end(), entry.key.text) == kInboundKeys.end())
        report_unknown_key(file_, entry.key, kInboundKeys, findings_);
    if (const auto* http = section.find("http")) read_http(*section.key("http"), *http);
    if (const auto* imap = section.find("imap")) read_imap(*section.key("imap"), *imap);
    for (const Entry& entry : senders) read_sender(entry);
    check_use(section);
  }

 private:
  void read_http(const YamlNode& key, const YamlNode& node) {
    if (!expect_mapping(file_, node, "\"http\"", findings_)) return;
    HttpDoor& door = inbound_.http.emplace();
    read_fields<HttpDoor>(file_, node, key.at, kHttpDoorRows, door, findings_);
    const auto* listen = node.find("listen");
    if (!listen || door.listen.empty()) return;
    const auto address = parse_listen(door.listen);
    if (!address) return findings_.error(file_, listen->at, "S005", address.error().message);
    door.address = *address;
    if (!stays_on_this_machine(*address))
      findings_.warning(file_, listen->at, "S030",
                        "reports and tokens would cross the network unencrypted; listen on 127.0.0.1 or a Unix socket "
                        "and put a proxy in front that speaks TLS");
  }

  void read_imap(const YamlNode& key, const YamlNode& node) {
    if (!expect_mapping(file_, node, "\"imap\"", findings_)) return;
    MailDoor& door = inbound_.mail.emplace();
    read_fields<MailDoor>(file_, node, key.at, kMailDoorRows, door, findings_);
    if (!door.ca_file.empty()) door.ca_file = path_beside(file_, door.ca_file);
    if (const auto* secret = node.find("password_file"))
      if (auto text = read_secret_file(file_, *secret, "password", findings_)) door.password = std::move(*text);
    const auto* url = node.find("url");
    while (door.url.ends_with('/')) door.url.pop_back();
    if (url && !names_mailbox(door.url))
      findings_.error(file_, url->at, "S005",
                      "a mailbox is imaps://HOST/MAILBOX, such as imaps://mail.example.org/INBOX");
    else if (url && door.url.find('@') != std::string::npos)
      findings_.error(file_, url->at, "S005", "the login does not belong in the address; write user and password_file");
    if (!door.require_tls)
      findings_.warning(file_, node.find("require_tls")->at, "S030",
                        "the password and the mails would cross the network unencrypted");
    if (door.authentication_results == "none")
      findings_.warning(file_, node.find("authentication_results")->at, "S033",
                        "anybody who writes the right From: would be believed; name the mail server that checks it");
  }

  void read_sender(const Entry& entry) {
    Sender sender;
    sender.id = sender.publisher = entry.name->text;
    read_fields<Sender>(entry.file, *entry.fields, entry.name->at, kSenderRows, sender, findings_);
    if (sender.title.empty()) sender.title = sender.id;
    for (std::string& address : sender.addresses) address = lower_ascii(address);
    if (std::any_of(feeds_.begin(), feeds_.end(), [&](const Feed& f) { return f.id == sender.id; }))
      findings_.error(entry.file, entry.name->at, "S007",
                      "\"" + sender.id + "\" is also a feed; rules could not tell them apart");
    if (const auto* token = entry.fields->find("token_file")) read_token(entry, *token, sender);
    check_addresses(entry, sender);
    if (!entry.fields->find("token_file") && sender.addresses.empty())
      findings_.error(entry.file, entry.name->at, "S004",
                      "\"" + sender.id + "\" has neither a token_file nor an address: it could not report");
    inbound_.senders.push_back(std::move(sender));
  }

  void read_token(const Entry& entry, const YamlNode& value, Sender& sender) {
    const auto token = read_secret_file(entry.file, value, "token", findings_);
    if (!token) return;
    if (token->size() < kShortestToken)
      return findings_.error(entry.file, value.at, "S031",
                             "this token could be guessed; it needs " + std::to_string(kShortestToken) +
                                 " characters or more (openssl rand -base64 24)");
    sender.token_hash = sha256_hex(*token);
    for (const Sender& other : inbound_.senders)
      if (other.token_hash == sender.token_hash)
        findings_.error(entry.file, value.at, "S007",
                        "\"" + sender.id + "\" and \"" + other.id + "\" have the same token");
  }

  void check_addresses(const Entry& entry, const Sender& sender) {
    for (const std::string& address : sender.addresses) {
      const auto at = entry.fields->find("address")->at;
      if (address.find('@') == std::string::npos || address.find_first_of(" <>\t") != std::string::npos)
        findings_.error(entry.file, at, "S005", "\"" + address + "\" is no mail address");
      const auto [known, is_new] = by_address_.emplace(address, sender.id);
      if (!is_new && known->second != sender.id)
        findings_.error(entry.file, at, "S007",
                        "the mail address \"" + address + "\" belongs to \"" + known->second + "\" already");
    }
  }

  /// A door that nobody may use, and a key without a door, are slips.
  void check_use(const YamlNode& section) {
    const auto& all = inbound_.senders;
    const auto by_token = std::any_of(all.begin(), all.end(), [](const Sender& s) { return !s.token_hash.empty(); });
    const auto by_mail = std::any_of(all.begin(), all.end(), [](const Sender& s) { return !s.addresses.empty(); });
    const auto warn = [&](const char* key, const char* words) {
      findings_.warning(file_, section.key(key)->at, "S032", words);
    };
    if (inbound_.http && !by_token) warn("http", "no sender has a token_file: every request would be refused");
    if (inbound_.mail && !by_mail) warn("imap", "no sender has an address: no mail would be read as a report");
    if (!inbound_.http && by_token) warn("senders", "a sender has a token, but there is no http: to listen");
    if (!inbound_.mail && by_mail) warn("senders", "a sender has a mail address, but there is no imap: to read");
  }

  std::string_view file_;
  Diagnostics& findings_;
  const std::vector<Feed>& feeds_;
  Inbound& inbound_;
  std::map<std::string, std::string> by_address_;
};

Result<ListenAddress> parse_socket_path(std::string_view path) {
  ListenAddress out;
  out.path = path;
  if (!path.starts_with('/') || path.size() > kLongestSocketPath)
    return failure("a Unix socket is unix:/PATH with at most " + std::to_string(kLongestSocketPath) + " characters");
  return out;
}

}  // namespace

Result<ListenAddress> parse_listen(std::string_view text) {
  if (text.starts_with("unix:")) return parse_socket_path(text.substr(5));
  ListenAddress out;
  const auto colon = text.rfind(':');
  const std::string_view host = text.substr(0, colon == std::string_view::npos ? text.size() : colon);
  const bool in_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  out.host = in_brackets ? host.substr(1, host.size() - 2) : host;
  if (!is_address(in_brackets ? AF_INET6 : AF_INET, out.host))
    return failure(
        "expected ADDRESS:PORT such as 127.0.0.1:8470 or [::1]:8470, or unix:/PATH; names are not looked up");
  const std::string_view port = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (error != std::errc() || end != port.data() + port.size() || out.port == 0)
    return failure("the port must be a number from 1 to 65535");
  return out;
}

void read_inbound(std::string_view file, const YamlNode& inbound, const std::vector<Entry>& senders,
                  LoadedSettings& out) {
  if (expect_mapping(file, inbound, "\"inbound\"", out.findings)) InboundReader(file, out).read(inbound, senders);
}

}  // namespace tocsin

#include "net/imap_client.hpp"

#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "net/easy.hpp"
#include "net/imap_replies.hpp"

namespace tocsin {
namespace {

constexpr std::size_t kMostLines = 4u << 20;  // of an answer to a search: half a million mails

/// One command on its way: what curl's callbacks read and write.
struct Command {
  MailboxAccess access;
  std::string url;        // access.url with the mail behind it
  std::string words;      // "" = fetch
  std::size_t most_body;  // bytes
  bool new_connection = false;
  std::function<void(Command&, std::string error)> done;

  std::string body;
  std::optional<std::uint32_t> validity;
  bool gone = false;
  CURL* easy = nullptr;
  ConnectionGuard guard;
  std::array<char, CURL_ERROR_SIZE> error{};
};

std::size_t on_body(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& command = *static_cast<Command*>(data);
  if (command.body.size() + count > command.most_body) return 0;  // fails the transfer
  command.body.append(bytes, count);
  return count;
}

/// Every line of the server passes here, also those between the lines of a mail: only the first of a kind is believed,
/// and SELECT comes before any mail.
std::size_t on_line(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& command = *static_cast<Command*>(data);
  if (!command.validity) command.validity = uid_validity({bytes, count});
  return count;
}

void prepare(Command& command) {
  CURL* const easy = command.easy;
  const MailboxAccess& access = command.access;
  command.guard.allow_private = true;  // the admin's own mail server is often in the office
  set_common(easy, command.guard, access.ca_file, command.error.data());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "imap,imaps");
  curl_easy_setopt(easy, CURLOPT_URL, command.url.c_str());
  curl_easy_setopt(easy, CURLOPT_USERNAME, access.user.c_str());
  curl_easy_setopt(easy, CURLOPT_PASSWORD, access.password.c_str());
  curl_easy_setopt(easy, CURLOPT_USE_SSL, access.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(access.timeout));
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, command.new_connection ? 1L : 0L);
  if (!command.words.empty()) curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, command.words.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &command);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_line);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &command);
}

std::string mailbox_of(const Command& command) {
  return command.access.user + " " + command.access.url;
}

/// RFC 5092: the mail's UID, and as much of it as is wanted.
std::string mail_url(const MailboxAccess& access, std::uint32_t validity, const std::string& rest) {
  return access.url + ";UIDVALIDITY=" + std::to_string(validity) + rest;
}

}  // namespace

class ImapClient::Core : public std::enable_shared_from_this<Core> {
 public:
  explicit Core(CurlMulti& multi) : multi_(multi) {}
  ~Core() {
    for (auto& [key, command] : active_) {
      multi_.remove(command->easy);
      curl_easy_cleanup(command->easy);
    }
  }
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  void start(std::unique_ptr<Command> command);
  /// A kept connection does not SELECT again, and its validity cannot change (RFC 9051, 2.3.1.1).
  [[nodiscard]] std::uint32_t validity(const Command& command) const;
  bool new_connection = false;  // after a failure, whose connection may be in any state

 private:
  void transfer_done(Command* key, int code);

  CurlMulti& multi_;
  EasyPool handles_;
  std::unordered_map<Command*, std::unique_ptr<Command>> active_;
  std::string selected_;
  std::uint32_t validity_ = 0;
};

void ImapClient::Core::start(std::unique_ptr<Command> command) {
  Command* const key = command.get();
  key->easy = handles_.take();
  key->new_connection = std::exchange(new_connection, false);
  prepare(*key);
  active_.emplace(key, std::move(command));
  multi_.add(key->easy, [this, key](int code) { transfer_done(key, code); });
}

void ImapClient::Core::transfer_done(Command* key, int code) {
  auto place = active_.extract(key);
  Command& command = *place.mapped();
  handles_.give_back(command.easy);
  if (command.validity) {
    selected_ = mailbox_of(command);
    validity_ = *command.validity;
  }
  command.gone = code == CURLE_REMOTE_FILE_NOT_FOUND;
  std::string error;
  if (code == CURLE_WRITE_ERROR)
    error = "the server sent more than was asked for";
  else if (code == CURLE_LOGIN_DENIED)
    error = "the server refused user and password";
  else if (code != CURLE_OK)
    error = failure_words(static_cast<CURLcode>(code), command.guard, command.error.data());
  new_connection = code != CURLE_OK && !command.gone;
  command.done(command, std::move(error));
}

std::uint32_t ImapClient::Core::validity(const Command& command) const {
  return selected_ == mailbox_of(command) ? validity_ : 0;
}

ImapClient::ImapClient(CurlMulti& multi) : core_(std::make_shared<Core>(multi)) {}
ImapClient::~ImapClient() = default;

void ImapClient::look(const MailboxAccess& access, std::uint32_t after, Millis since,
                      std::function<void(MailboxLook)> done) {
  auto command = std::make_unique<Command>();
  command->access = access;
  command->url = access.url;
  command->words = search_command(after, since);
  command->most_body = kMostLines;
  command->done = [core = core_.get(), after, done = std::move(done)](Command& c, std::string error) {
    MailboxLook look;
    look.validity = core->validity(c);
    look.uids = search_results(c.body, after);
    look.error = std::move(error);
    if (look.error.empty() && look.validity == 0) {
      look.error = "the server names no UIDVALIDITY for this mailbox";
      core->new_connection = true;
    }
    done(std::move(look));
  };
  core_->start(std::move(command));
}

void ImapClient::fetch(const MailboxAccess& access, std::uint32_t validity, std::uint32_t uid,
                       std::function<void(MailboxMail)> done) {
  auto command = std::make_unique<Command>();
  command->access = access;
  command->url =
      mail_url(access, validity, "/;UID=" + std::to_string(uid) + "/;PARTIAL=0." + std::to_string(access.max_size));
  command->most_body = access.max_size;
  command->done = [done = std::move(done)](Command& c, std::string error) {
    done({c.gone ? "" : std::move(error), c.gone, std::move(c.body)});
  };
  core_->start(std::move(command));
}

void ImapClient::mark_unread(const MailboxAccess& access, std::uint32_t validity, std::uint32_t uid,
                             std::function<void(std::string)> done) {
  auto command = std::make_unique<Command>();
  command->access = access;
  command->url = mail_url(access, validity, "");
  command->words = "UID STORE " + std::to_string(uid) + " -FLAGS.SILENT (\\Seen)";
  command->most_body = kMostLines;
  command->done = [done = std::move(done)](Command&, std::string error) { done(std::move(error)); };
  core_->start(std::move(command));
}

}  // namespace tocsin

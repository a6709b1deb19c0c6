#include "net/mail_client.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "net/easy.hpp"
#include "net/lanes.hpp"
#include "net/mail_message.hpp"
#include "net/url.hpp"

namespace tocsin {
namespace {

constexpr std::size_t kParallel = 4;
constexpr int kMailInputFollows = 354;
constexpr std::size_t kMostReplies = 100, kMostReplyLine = 1000;

/// One message on its way: what curl's callbacks read and write.
struct Mail {
  MailRequest request;
  std::function<void(SendResult)> done;
  Url url;
  std::string message;
  std::size_t sent = 0;
  bool all_sent = false;
  std::vector<std::string> replies;  // the server's lines
  CURL* easy = nullptr;
  StringList recipients;
  ConnectionGuard guard;
  std::array<char, CURL_ERROR_SIZE> error{};
};

std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* data) {
  auto& mail = *static_cast<Mail*>(data);
  const std::size_t piece = std::min(size * count, mail.message.size() - mail.sent);
  std::copy_n(mail.message.data() + mail.sent, piece, buffer);
  mail.sent += piece;
  mail.all_sent = piece == 0;
  return piece;
}

std::size_t on_reply(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& replies = static_cast<Mail*>(data)->replies;
  if (replies.size() < kMostReplies) replies.emplace_back(trim({bytes, std::min(count, kMostReplyLine)}));
  return count;
}

/// The server's words for this code, without what it said to the QUIT after: "550-first line 550 second line".
std::string words_of(const Mail& mail, int code) {
  const std::string prefix = std::to_string(code);
  auto last = mail.replies.rbegin();
  while (last != mail.replies.rend() && !last->starts_with(prefix)) ++last;
  if (last == mail.replies.rend()) return "";
  std::string words = *last;
  while (++last != mail.replies.rend() && last->starts_with(prefix + "-")) words = *last + " " + words;
  return words;
}

void set_account(Mail& mail) {
  CURL* const easy = mail.easy;
  const MailRequest& request = mail.request;
  if (!request.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, request.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, request.password.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_USE_SSL, request.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY);
}

void set_envelope(Mail& mail) {
  CURL* const easy = mail.easy;
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, mail.request.from.c_str());
  for (const std::string& to : mail.request.to) mail.recipients.add(to);
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, mail.recipients.get());
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, &on_read);
  curl_easy_setopt(easy, CURLOPT_READDATA, &mail);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_reply);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &mail);
}

// The path of an smtp: URL is the name in EHLO (RFC 5321, 4.1.1.1); curl takes the machine's name when it is empty.
void prepare(Mail& mail, const std::string& helo_name) {
  CURL* const easy = mail.easy;
  mail.guard.allow_private = mail.request.allow_private_address;
  set_common(easy, mail.guard, mail.request.ca_file, mail.error.data());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  const std::string url = mail.url.text.substr(0, mail.url.text.find('/', mail.url.text.find("://") + 3));
  curl_easy_setopt(easy, CURLOPT_URL, (helo_name.empty() ? url : url + "/" + helo_name).c_str());
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(mail.request.timeout));
  set_account(mail);
  set_envelope(mail);
}

SendResult result_of(const Mail& mail, CURLcode code) {
  SendResult result;
  long reply = 0;
  curl_easy_getinfo(mail.easy, CURLINFO_RESPONSE_CODE, &reply);
  result.ok = code == CURLE_OK;
  result.code = static_cast<int>(reply);
  // The server never said what became of a message that it has whole.
  result.ambiguous = !result.ok && mail.all_sent && (reply == kMailInputFollows || reply == 0);
  const bool server_refused = reply >= 400;
  const std::string words =
      result.ok || server_refused ? words_of(mail, result.code) : failure_words(code, mail.guard, mail.error.data());
  result.detail = without_secrets(words, mail.request);
  return result;
}

}  // namespace

class MailClient::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(CurlMulti& multi, std::string helo_name)
      : multi_(multi), helo_name_(std::move(helo_name)), waiting_(kParallel) {}
  ~Core() {
    for (auto& [key, mail] : active_) {
      multi_.remove(mail->easy);
      curl_easy_cleanup(mail->easy);
    }
  }
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  void send(MailRequest request, std::function<void(SendResult)> done);

 private:
  using Owned = std::unique_ptr<Mail>;
  void start_waiting();
  void start(Owned mail);
  void transfer_done(Mail* key, int code);

  CurlMulti& multi_;
  std::string helo_name_;
  EasyPool handles_;
  Lanes<Owned> waiting_;
  std::unordered_map<Mail*, Owned> active_;
};

void MailClient::Core::send(MailRequest request, std::function<void(SendResult)> done) {
  std::string wrong = fault(request);
  auto url = parse_url(request.url);
  if (wrong.empty() && !url) wrong = url.error().message;
  if (wrong.empty() && url->scheme != "smtp" && url->scheme != "smtps") wrong = "a mail server is smtp:// or smtps://";
  if (!wrong.empty()) {
    SendResult refused;
    refused.detail = wrong;
    multi_.post([weak = weak_from_this(), done = std::move(done), refused] {
      if (!weak.expired()) done(refused);
    });
    return;
  }
  auto mail = std::make_unique<Mail>();
  mail->message = with_crlf(request.message);
  mail->request = std::move(request);
  mail->done = std::move(done);
  mail->url = std::move(*url);
  const std::string key = mail->url.host + ":" + mail->url.port;
  waiting_.push(key, std::move(mail));
  start_waiting();
}

void MailClient::Core::start_waiting() {
  while (auto mail = waiting_.take()) start(std::move(*mail));
}

void MailClient::Core::start(Owned mail) {
  Mail* const key = mail.get();
  key->easy = handles_.take();
  prepare(*key, helo_name_);
  active_.emplace(key, std::move(mail));
  multi_.add(key->easy, [this, key](int code) { transfer_done(key, code); });
}

void MailClient::Core::transfer_done(Mail* key, int code) {
  const auto place = active_.find(key);
  const Owned mail = std::move(place->second);
  active_.erase(place);
  SendResult result = result_of(*mail, static_cast<CURLcode>(code));
  handles_.give_back(mail->easy);
  waiting_.release(mail->url.host + ":" + mail->url.port);
  mail->done(std::move(result));
  start_waiting();
}

MailClient::MailClient(CurlMulti& multi, std::string helo_name)
    : core_(std::make_shared<Core>(multi, std::move(helo_name))) {}
MailClient::~MailClient() = default;
void MailClient::send(MailRequest request, std::function<void(SendResult)> done) {
  core_->send(std::move(request), std::move(done));
}

}  // namespace tocsin

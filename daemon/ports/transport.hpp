// How bytes leave and enter the machine. Requests and answers are plain values; the implementations live in net/ (HTTP,
// SMTP) and host/ (processes, terminal). Callbacks are called exactly once, later, on the daemon's one thread, never
// from inside the call that started the work.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace tocsin {

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  /// If-None-Match and If-Modified-Since among `headers` go only to the hop with this address ("" = `url`): a validator
  /// belongs to the address that gave it.
  std::string validators_for;
  std::string body;
  Millis timeout = 60 * kSecond;
  std::size_t max_body = 8u << 20;     // decompressed bytes, counted as they arrive
  bool allow_private_address = false;  // true for the host of `url` only; metadata services never
  std::string user_agent;              // "" = the client's own
  std::string proxy;  // connects in our place: only the name of the host can then be judged, not where it lies
  /// "sha256//BASE64" of the public key that the host of `url` must show; its certificate may then be expired,
  /// self-signed or of another name. Any other key, and any other host on the way, is refused as ever.
  std::string pin;
  bool follow_redirects = true;  // at most 5 hops, never https -> http; other methods than GET only on 307 and 308
};

struct HttpResponse {
  int status = 0;     // 0 when there was no HTTP answer
  std::string error;  // "" on an answer; else what failed, in words ("could not resolve host ...")
  std::string final_url;
  bool redirected_permanently = false;              // every hop was 301 or 308
  std::multimap<std::string, std::string> headers;  // of the last hop, names in lower case
  std::string body;
  Millis elapsed = 0;
  std::int64_t wire_bytes = 0;  // both ways over all hops, headers included, packed as sent; without TLS and TCP
};

struct MailRequest {
  std::string url;  // smtp://host:port or smtps://host:port
  std::string user, password;
  bool require_tls = true;  // STARTTLS on smtp://
  std::string ca_file;      // "" = the system's store
  std::string from;
  std::vector<std::string> to;
  std::string message;  // RFC 5322, CRLF line ends
  Millis timeout = 60 * kSecond;
  bool allow_private_address = true;  // a relay in the office is usual
};

struct ProcessRequest {
  std::vector<std::string> argv;  // argv[0] is an absolute path; no shell
  std::string input;              // on standard input
  Millis timeout = 30 * kSecond;
};

struct TerminalRequest {
  std::string text;
};

/// What came back from mail, a process or the terminal.
struct SendResult {
  bool ok = false;
  int code = 0;            // SMTP reply or exit status; 0 when there was none
  bool ambiguous = false;  // the connection died after the message was handed over: it may have arrived
  std::string detail;      // the peer's words
};

class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  virtual void send(HttpRequest request, std::function<void(HttpResponse)> done) = 0;
};

class MailTransport {
 public:
  virtual ~MailTransport() = default;
  virtual void send(MailRequest request, std::function<void(SendResult)> done) = 0;
};

class ProcessTransport {
 public:
  virtual ~ProcessTransport() = default;
  virtual void run(ProcessRequest request, std::function<void(SendResult)> done) = 0;
};

class TerminalTransport {
 public:
  virtual ~TerminalTransport() = default;
  virtual SendResult print(const TerminalRequest& request) = 0;
};

}  // namespace tocsin

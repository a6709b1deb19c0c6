// What answers HTTP requests that come in. net/http_server.hpp carries them; app/ implements the service. Both run on
// the daemon's one thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin {

struct ServedRequest {
  std::string method;                          // as sent
  std::string path;                            // without "?query"
  std::map<std::string, std::string> headers;  // names in lower case; of several the first
  std::string body;
};

struct ServedAnswer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

class HttpService {
 public:
  virtual ~HttpService() = default;
  /// Asked when the head is there and the body is not: an answer ends the request before its body is read.
  virtual std::optional<ServedAnswer> refuse(const ServedRequest& head) = 0;
  /// The whole request, which refuse() let pass.
  virtual ServedAnswer answer(const ServedRequest& request) = 0;
};

}  // namespace tocsin

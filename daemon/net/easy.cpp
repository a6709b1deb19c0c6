#include "net/easy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <string_view>

#include "base/text.hpp"

namespace tocsin {
namespace {

std::string text_of(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET)
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text.data(), text.size());
  else if (address.sa_family == AF_INET6)
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text.data(), text.size());
  return text.data();
}

bool permits(ConnectionGuard& guard, const sockaddr& address) {
  const AddressKind kind = address_kind(address);
  if (may_connect(kind, guard.allow_private)) return true;
  ++guard.refused;
  guard.refusal = "refused to connect to " + text_of(address) + ", " + std::string(words(kind));
  if (may_connect(kind, true)) guard.refusal += " (a host of your own network needs allow_private_address)";
  return false;
}

curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* to) {
  auto& guard = *static_cast<ConnectionGuard*>(data);
  if (!permits(guard, to->addr)) return CURL_SOCKET_BAD;
  ++guard.opened;
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

// Asked before each request: a kept connection was opened under the guard of another request, perhaps a laxer one.
int before_request(void* data, char* ip, char*, int, int) {
  auto& guard = *static_cast<ConnectionGuard*>(data);
  sockaddr_storage storage{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, ip, &v4.sin_addr) == 1)
    storage.ss_family = AF_INET;
  else if (inet_pton(AF_INET6, std::string(ip).substr(0, std::string_view(ip).find('%')).c_str(), &v6.sin6_addr) == 1)
    storage.ss_family = AF_INET6;
  return permits(guard, reinterpret_cast<const sockaddr&>(storage)) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

}  // namespace

EasyPool::~EasyPool() {
  for (CURL* easy : idle_) curl_easy_cleanup(easy);
}

CURL* EasyPool::take() {
  if (idle_.empty()) return curl_easy_init();
  CURL* easy = idle_.back();
  idle_.pop_back();
  return easy;
}

void EasyPool::give_back(CURL* easy) {
  if (idle_.size() >= most_) {
    curl_easy_cleanup(easy);
    return;
  }
  curl_easy_reset(easy);
  idle_.push_back(easy);
}

void set_common(CURL* easy, ConnectionGuard& guard, const std::string& ca_file, char* error) {
  error[0] = '\0';
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &guard);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &before_request);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, &guard);
  // A proxy from the environment would connect in our place, past the guard.
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
  // The folder of certificates is read anew for each connection: 27 ms of CPU where the one file, cached, costs 3.
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  if (!ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file.c_str());
  // Else giving up on a dead name server waits for getaddrinfo() in the daemon's one thread.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  // curl keeps a name for a minute, which is over before the next poll, and looks through all of them at each transfer.
  curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 15'000L);
}

std::string failure_words(CURLcode code, const ConnectionGuard& guard, const char* error) {
  const bool by_guard = code == CURLE_COULDNT_CONNECT || code == CURLE_ABORTED_BY_CALLBACK;
  if (by_guard && !guard.refusal.empty()) return guard.refusal;
  if (code == CURLE_SSL_CACERT_BADFILE)
    return "the file of trusted certificates cannot be read (install ca-certificates, or check the path)";
  if (code == CURLE_OUT_OF_MEMORY)
    return "out of memory, or a header line of more than 100 KiB";  // curl's one code for both
  return one_line(error[0] != '\0' ? error : curl_easy_strerror(code));
}

}  // namespace tocsin

// What every curl handle of the daemon has in common. Private to net/: the only header that shows curl's types.
#pragma once
#include <curl/curl.h>

#include <cstdint>
#include <string>
#include <vector>

#include "net/address_guard.hpp"

namespace tocsin {

/// Judges each connection of one transfer; lives as long as the transfer.
struct ConnectionGuard {
  bool allow_private = false;
  std::uint64_t opened = 0, refused = 0;
  std::string refusal;  // "refused to connect to 127.0.0.1, a loopback address", "" while none was refused
};

/// Keeps as many idle handles (5.5 KB each) as there are transfers at a time; more are freed at once.
class EasyPool {
 public:
  explicit EasyPool(std::size_t most = 4) : most_(most) {}
  ~EasyPool();
  EasyPool(const EasyPool&) = delete;
  EasyPool& operator=(const EasyPool&) = delete;
  void keep(std::size_t most) { most_ = most; }
  CURL* take();
  void give_back(CURL* easy);

 private:
  std::size_t most_;
  std::vector<CURL*> idle_;
};

/// A string list of curl's that frees itself.
class StringList {
 public:
  StringList() = default;
  ~StringList() { curl_slist_free_all(list_); }
  StringList(const StringList&) = delete;
  StringList& operator=(const StringList&) = delete;
  void add(const std::string& line) { list_ = curl_slist_append(list_, line.c_str()); }
  void clear() {
    curl_slist_free_all(list_);
    list_ = nullptr;
  }
  [[nodiscard]] curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

/// Guards, trust and process-wide safety. `error` holds CURL_ERROR_SIZE bytes. All must outlive the transfer.
void set_common(CURL* easy, ConnectionGuard& guard, const std::string& ca_file, char* error);

/// What went wrong, in words: the guard's refusal, curl's own sentence, or its general one for the code.
std::string failure_words(CURLcode code, const ConnectionGuard& guard, const char* error);

}  // namespace tocsin

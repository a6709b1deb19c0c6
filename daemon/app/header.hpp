// One header of a request or an answer. For the files of app/ that read HTTP.
#pragma once
#include <string>

namespace tocsin {

/// The first of that name ("" when there is none); `name` in lower case, as ports/ give them.
template <class Message>
std::string header(const Message& message, const char* name) {
  const auto it = message.headers.find(name);
  return it == message.headers.end() ? std::string() : it->second;
}

}  // namespace tocsin

// How a step says that it could not do its work. Our code does not throw; it returns Result<T>.
#pragma once
#include <string>
#include <tl/expected.hpp>

namespace tocsin {

/// One failure: `message` says what, where and what to do, in words for the admin.
struct Error {
  std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace tocsin

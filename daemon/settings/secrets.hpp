// Passwords and keys stand in files of their own, never in the configuration. For settings/ only.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tocsin {

/// "password" for "password_file", "" when the option names no secret.
std::string_view secret_of(std::string_view option);
/// Whether an option is a secret itself, which must not be written down.
bool is_secret(std::string_view option);

struct Secret {
  std::string text;              // the first line
  std::string path;              // where it was found
  bool others_may_read = false;  // than the owner and root
};
/// `path` as written in `file`: beside it, then under `credentials` (may be ""). The error names every place tried.
Result<Secret> read_secret(std::string_view file, std::string_view path, const std::string& credentials);

}  // namespace tocsin

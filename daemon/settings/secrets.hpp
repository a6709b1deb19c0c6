// Passwords and keys stand in files of their own, never in the configuration. For settings/ only.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "base/result.hpp"
#include "settings/yaml.hpp"

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

/// The same with $CREDENTIALS_DIRECTORY, for the value of an option; nullopt with a finding when there is none. `name`
/// is what it holds: "password".
std::optional<std::string> read_secret_file(std::string_view file, const YamlNode& value, std::string_view name,
                                            Diagnostics& findings);

}  // namespace tocsin

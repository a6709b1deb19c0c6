#include "settings/secrets.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "settings/documents.hpp"

namespace tocsin {

namespace {
constexpr std::array<std::string_view, 3> kSecrets{"password", "secret", "token"};
constexpr std::string_view kSuffix = "_file";
}  // namespace

std::string_view secret_of(std::string_view option) {
  if (!option.ends_with(kSuffix)) return {};
  option.remove_suffix(kSuffix.size());
  return is_secret(option) ? option : std::string_view();
}

bool is_secret(std::string_view option) {
  return std::find(kSecrets.begin(), kSecrets.end(), option) != kSecrets.end();
}

Result<Secret> read_secret(std::string_view file, std::string_view path, const std::string& credentials) {
  std::vector<std::string> places{path_beside(file, path)};
  if (!credentials.empty() && !path.starts_with('/'))
    places.push_back(path_beside(credentials + "/", std::filesystem::path(path).filename().string()));
  std::string tried;
  for (const auto& place : places) {
    const auto text = read_text_file(place);
    if (!text) {
      tried += (tried.empty() ? "" : "; ") + place + ": " + text.error().message;
      continue;
    }
    struct stat state {};
    const bool open = ::stat(place.c_str(), &state) == 0 && (state.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    std::string line = text->substr(0, text->find_first_of("\r\n"));
    if (line.empty()) return failure(place + ": the first line is empty");
    return Secret{std::move(line), place, open};
  }
  return failure(tried);
}

std::optional<std::string> read_secret_file(std::string_view file, const YamlNode& value, std::string_view name,
                                            Diagnostics& findings) {
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
  auto secret = read_secret(file, value.text, credentials ? credentials : "");
  if (!secret) {
    findings.error(file, value.at, "S012", "cannot read the " + std::string(name) + ": " + secret.error().message);
    return std::nullopt;
  }
  if (secret->others_may_read)
    findings.warning(file, value.at, "S013", "other users may read " + secret->path + "; chmod 600 it");
  return std::move(secret->text);
}

}  // namespace tocsin

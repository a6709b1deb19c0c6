#include "app/data_dir.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace tocsin {

namespace fs = std::filesystem;

namespace {
fs::path binary_dir() {
  std::error_code ec;
  const auto self = fs::read_symlink("/proc/self/exe", ec);
  return ec ? fs::path() : self.parent_path();
}

bool holds_data(const fs::path& folder) {
  std::error_code ec;
  return fs::is_directory(folder / "rules" / "lexicon", ec);
}
}  // namespace

std::string data_dir() {
  if (const char* given = std::getenv("TOCSIN_DATA")) return given;
  // build/<preset>/tocsin in a checkout, then <prefix>/bin/tocsin, then the prefix it was built for.
  for (const fs::path& candidate :
       {binary_dir() / "../..", binary_dir() / "../share/tocsin", fs::path(TOCSIN_INSTALL_DATA)})
    if (holds_data(candidate)) return candidate.lexically_normal().string();
  return "";
}

std::string image_path() {
  std::error_code ec;
  const fs::path given = data_dir();
  for (const fs::path& candidate : {given / "tocsin.image", binary_dir() / "tocsin.image"})
    if (fs::exists(candidate, ec)) return candidate.string();
  return (binary_dir() / "tocsin.image").string();
}

}  // namespace tocsin

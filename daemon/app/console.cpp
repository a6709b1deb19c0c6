#include "app/console.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "app/options.hpp"
#include "base/log.hpp"

namespace tocsin {

Result<std::string> read_input(const std::string& path) {
  const bool standard = path.empty() || path == "-";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(standard ? nullptr : std::fopen(path.c_str(), "rb"),
                                                               [](std::FILE* f) { return f ? std::fclose(f) : 0; });
  std::FILE* file = standard ? stdin : opened.get();
  if (!file) return failure("cannot open " + path + ": " + std::strerror(errno));
  std::string text;
  char buffer[65536];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, n);
  if (std::ferror(file)) return failure("cannot read " + path + ": " + std::strerror(errno));
  return text;
}

namespace {
log::Level level_of(std::string_view word) {
  if (word == "debug") return log::Level::debug;
  if (word == "warning") return log::Level::warning;
  return word == "error" ? log::Level::error : log::Level::info;
}
}  // namespace

void start_log(std::string_view least) {
  log::start(level_of(least), std::getenv("JOURNAL_STREAM") != nullptr);
}

void print_line(std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
}

int complain(std::string_view message) {
  std::fprintf(stderr, "tocsin: %.*s\n", static_cast<int>(message.size()), message.data());
  return kWrong;
}

std::string pretty_findings(const Diagnostics& findings, const std::map<std::string, std::string>& sources) {
  std::string out;
  for (const Diagnostic& d : findings.all()) {
    const auto source = sources.find(d.file);
    out += pretty(d, source == sources.end() ? std::string_view() : std::string_view(source->second));
  }
  return out;
}

}  // namespace tocsin

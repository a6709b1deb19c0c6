#include "app/reload_command.hpp"

#include <charconv>
#include <cstdio>

#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "base/text.hpp"
#include "host/control_socket.hpp"
#include "settings/settings.hpp"

namespace tocsin {

namespace {

constexpr Millis kPatience = 2 * kMinute;  // rule tests may be many and the machine small

std::string answer(int code, const std::string& summary, const std::string& findings) {
  return std::to_string(code) + "\n" + one_line(summary) + "\n" + findings;
}

/// Code, summary, findings; a code of ours even when the other side is no daemon of ours.
int tell(const std::string& words) {
  const auto code_end = words.find('\n');
  const auto summary_end = code_end == words.npos ? words.npos : words.find('\n', code_end + 1);
  int code = kWrong;
  if (summary_end == words.npos || std::from_chars(words.data(), words.data() + code_end, code).ec != std::errc())
    return complain("the daemon gave no answer that this program understands; is it of another version?");
  std::fputs(words.c_str() + summary_end + 1, stdout);
  std::fprintf(stderr, "tocsin: %s\n", words.substr(code_end + 1, summary_end - code_end - 1).c_str());
  return code;
}

}  // namespace

std::string reload_answer(const Reloaded& reloaded) {
  return answer(reloaded.refused.empty() ? kDone : kBadConfiguration, reloaded.summary, reloaded.findings);
}

std::string unknown_request(std::string_view request) {
  return answer(kUsage, "the daemon knows no request \"" + std::string(request) + "\"", "");
}

int reload_command(const ConfigOption& options) {
  const LoadedSettings loaded = load_settings(options.config, data_dir());
  // A file that cannot be read at all does not say which history is meant: another daemon must not be asked.
  const bool names_store = !loaded.options.values.empty() || !loaded.findings.has_errors();
  const auto heard = names_store ? ask_daemon(control_of(loaded.settings.store), kReloadRequest, kPatience)
                                 : Result<std::string>(failure("the configuration cannot be read"));
  if (heard) return tell(*heard);
  if (!loaded.findings.has_errors()) return complain(heard.error().message);
  std::fputs(pretty_findings(loaded.findings, loaded.sources).c_str(), stdout);
  complain(heard.error().message + "; and the configuration has errors");
  return kBadConfiguration;
}

}  // namespace tocsin

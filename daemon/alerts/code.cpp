#include "alerts/code.hpp"

#include "base/hash.hpp"

namespace tocsin {

namespace {
constexpr std::uint64_t kCodes = 25ull * 25 * 25 * 25;
static_assert(kCodeAlphabet.size() == 25);

std::string spelled(std::uint64_t number) {
  std::string code(4, ' ');
  for (char& c : code) {
    c = kCodeAlphabet[number % kCodeAlphabet.size()];
    number /= kCodeAlphabet.size();
  }
  return code;
}
}  // namespace

std::string alert_code(std::string_view incident_id, const std::function<bool(const std::string&)>& taken) {
  const std::uint64_t first = fnv1a(incident_id) % kCodes;
  for (std::uint64_t step = 0; step < kCodes; ++step)
    if (std::string code = spelled((first + step) % kCodes); !taken(code)) return code;
  return spelled(first);  // every code in use: a repeated one is better than no alert
}

}  // namespace tocsin

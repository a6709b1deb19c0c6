#include <algorithm>

#include "app/history_forms.hpp"
#include "wire/alert_cap.hpp"

namespace tocsin {

namespace {

/// The alerts of the same code sent before this one, oldest first: what an Update or Cancel must refer to.
Result<std::vector<Alert>> earlier_than(const Alert& alert, Store& store) {
  if (alert.msg_type == MsgType::Alert) return std::vector<Alert>();
  HistoryFilter same_code;
  same_code.code = alert.code;
  same_code.limit = 1000;
  return store.alerts(same_code).map([&](std::vector<Alert> all) {
    std::erase_if(all, [&](const Alert& other) { return other.version >= alert.version; });
    std::reverse(all.begin(), all.end());
    return all;
  });
}

}  // namespace

Result<std::string> write_history_cap(const HistoryExtract& history, Store& store) {
  std::string out;
  for (const Alert& alert : history.alerts) {
    const auto earlier = earlier_than(alert, store);
    if (!earlier) return tl::unexpected(earlier.error());
    if (!out.empty()) out += "\n";
    out += to_cap(alert, "tocsin", *earlier);
  }
  return out;
}

}  // namespace tocsin

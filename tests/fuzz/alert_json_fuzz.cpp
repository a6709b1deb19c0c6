// Any bytes as a stored incident, alert, memory or item: read or refused, and what was read is written and read alike.
#include <cstdlib>

#include "wire/alert_json.hpp"

namespace {

template <class Value>
void check(const tocsin::Result<Value>& read, tocsin::Result<Value> (*again)(std::string_view)) {
  if (!read) return;
  const std::string form = tocsin::store_form(*read);
  const auto reread = again(form);
  if (!reread || tocsin::store_form(*reread) != form) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto incident = tocsin::incident_from_store(text);
  const auto alert = tocsin::alert_from_store(text);
  check(incident, tocsin::incident_from_store);
  check(alert, tocsin::alert_from_store);
  check(tocsin::memory_from_store(text), tocsin::memory_from_store);
  check(tocsin::item_from_store(text), tocsin::item_from_store);
  if (incident) (void)tocsin::to_json(*incident);
  if (alert) (void)tocsin::to_json(*alert);
  return 0;
}

#include "base/zone.hpp"

#include <date/tz.h>

#include <chrono>
#include <exception>

namespace tocsin {

Millis local_time(Millis utc, std::string_view zone) {
  // The library throws for an unknown zone and for a machine without tzdata; an hour in UTC is then the honest answer.
  try {
    const date::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds{utc}};
    const auto offset = date::locate_zone(std::string(zone))->get_info(at).offset;
    return utc + std::chrono::duration_cast<std::chrono::milliseconds>(offset).count();
  } catch (const std::exception&) {
    return utc;
  }
}

}  // namespace tocsin

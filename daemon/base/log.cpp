#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace tocsin::log {

namespace {
bool journal = false;

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("tocsin", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%SZ %l: %v", spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *instance;
}

void write(spdlog::level::level_enum level, int priority, std::string_view message) {
  if (journal)
    logger().log(level, "<{}>{}", priority, message);
  else
    logger().log(level, "{}", message);
}
}  // namespace

void start(Level least, bool for_journal) {
  journal = for_journal;
  if (journal) logger().set_pattern("%v");
  switch (least) {
    case Level::debug:
      logger().set_level(spdlog::level::debug);
      break;
    case Level::info:
      logger().set_level(spdlog::level::info);
      break;
    case Level::warning:
      logger().set_level(spdlog::level::warn);
      break;
    case Level::error:
      logger().set_level(spdlog::level::err);
      break;
  }
}

void debug(std::string_view m) {
  write(spdlog::level::debug, 7, m);
}
void info(std::string_view m) {
  write(spdlog::level::info, 6, m);
}
void warning(std::string_view m) {
  write(spdlog::level::warn, 4, m);
}
void error(std::string_view m) {
  write(spdlog::level::err, 3, m);
}

}  // namespace tocsin::log

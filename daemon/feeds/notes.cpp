#include "feeds/notes.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tocsin {

namespace {
Position position_in(std::string_view document, std::size_t offset) {
  if (offset == Notes::kUnknown) return {};
  const auto before = document.substr(0, std::min(offset, document.size()));
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          count_code_points(before.substr(line_start)) + 1};
}
}  // namespace

void Notes::error(std::string_view code, std::string_view message, std::size_t offset) {
  add(Diagnostic::Level::error, code, message, offset);
}

void Notes::mended(std::string_view code, std::string_view message, std::size_t offset) {
  add(Diagnostic::Level::warning, code, message, offset);
}

bool Notes::again(std::string_view code) {
  const auto known = found_.find(code);
  if (known == found_.end()) return false;
  ++known->second.times;
  return true;
}

void Notes::add(Diagnostic::Level level, std::string_view code, std::string_view message, std::size_t offset) {
  if (again(code)) return;
  found_.emplace(std::string(code), Found{level, std::string(message), offset, 1});
}

bool Notes::has_errors() const {
  return std::any_of(found_.begin(), found_.end(),
                     [](const auto& f) { return f.second.level == Diagnostic::Level::error; });
}

std::vector<ParseNote> Notes::in(std::string_view document) const {
  std::vector<ParseNote> out;
  for (const auto& [code, found] : found_) {
    std::string message = found.message;
    if (found.times > 1) message += " (" + std::to_string(found.times) + " times in all)";
    out.push_back({position_in(document, found.offset), found.level, code, std::move(message)});
  }
  return out;
}

}  // namespace tocsin

#include "base/diagnostics.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"

namespace tocsin {

std::string_view level_name(Diagnostic::Level level) {
  switch (level) {
    case Diagnostic::Level::error:
      return "error";
    case Diagnostic::Level::warning:
      return "warning";
    case Diagnostic::Level::info:
      break;
  }
  return "info";
}

void Diagnostics::error(std::string_view file, Position at, std::string_view code, std::string message) {
  add({std::string(file), at, Diagnostic::Level::error, std::string(code), std::move(message)});
}

void Diagnostics::warning(std::string_view file, Position at, std::string_view code, std::string message) {
  add({std::string(file), at, Diagnostic::Level::warning, std::string(code), std::move(message)});
}

std::size_t Diagnostics::errors() const {
  return static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(), [](const auto& d) { return d.level == Diagnostic::Level::error; }));
}

bool Diagnostics::has_errors() const {
  return errors() > 0;
}

void Diagnostics::append(const Diagnostics& other) {
  all_.insert(all_.end(), other.all_.begin(), other.all_.end());
}

void Diagnostics::sort() {
  const auto before = [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.file, a.at.line, a.at.column) < std::tie(b.file, b.at.line, b.at.column);
  };
  if (!std::is_sorted(all_.begin(), all_.end(), before)) std::stable_sort(all_.begin(), all_.end(), before);
}

void Diagnostics::drop_repeated() {
  const auto same_place = [](const Diagnostic& a, const Diagnostic& b) { return a.at == b.at && a.file == b.file; };
  std::size_t kept = 0, place = 0;  // the first that stands where the last kept one does
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (kept == 0 || !same_place(all_[kept - 1], all_[i])) place = kept;
    const bool known =
        std::any_of(all_.begin() + static_cast<std::ptrdiff_t>(place), all_.begin() + static_cast<std::ptrdiff_t>(kept),
                    [&](const Diagnostic& d) { return d.code == all_[i].code && d.message == all_[i].message; });
    if (known) continue;
    if (kept != i) all_[kept] = std::move(all_[i]);
    ++kept;
  }
  all_.resize(kept);
}

namespace {
std::string_view line_of(std::string_view source, std::size_t line) {
  const auto lines = split(source, '\n');
  if (line == 0 || line > lines.size()) return {};
  auto text = lines[line - 1];
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}
}  // namespace

std::string pretty(const Diagnostic& d, std::string_view source) {
  std::string out = one_line(d.file) + ":" + std::to_string(std::max<std::size_t>(1, d.at.line)) + ":" +
                    std::to_string(std::max<std::size_t>(1, d.at.column)) + ": " + std::string(level_name(d.level)) +
                    " " + d.code + ": " + one_line(d.message) + "\n";
  const auto line = line_of(source, d.at.line);
  if (line.empty() || d.at.column == 0) return out;
  out += printable(line) + "\n";
  std::size_t pos = 0;
  for (std::size_t column = 1; column < d.at.column && pos < line.size(); ++column)
    out += next_code_point(line, pos) == '\t' ? '\t' : ' ';
  return out + "^\n";
}

}  // namespace tocsin

#include "app/understand_command.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "understand/understander.hpp"
#include "wire/report_json.hpp"

namespace tocsin {

namespace {

/// One line without its end, zero bytes and all; false at the end of the input.
bool read_line(std::FILE* in, std::string& line) {
  char* buffer = nullptr;
  std::size_t size = 0;
  const auto length = ::getline(&buffer, &size, in);
  if (length >= 0) line.assign(buffer, static_cast<std::size_t>(length));
  std::free(buffer);
  if (!line.empty() && line.back() == '\n') line.pop_back();
  return length >= 0;
}

std::string answer(const Understander& understander, const std::string& line) {
  const auto input = understand_input(line);
  if (input) return to_json(input->id, understander.understand(input->item, {}));
  nlohmann::ordered_json nonsense = nlohmann::ordered_json::parse(to_json("", understander.understand({}, {})));
  nonsense["error"] = input.error().message;
  return nonsense.dump();
}

}  // namespace

int understand_lines(const std::string& image_path, std::FILE* in, std::FILE* out) {
  const auto understander = Understander::open(image_path);
  if (!understander) {
    std::fprintf(stderr, "tocsin: %s\n", understander.error().message.c_str());
    return 1;
  }
  for (std::string line; read_line(in, line);) {
    const std::string reply = answer(*understander, line) + '\n';
    if (std::fwrite(reply.data(), 1, reply.size(), out) != reply.size()) return 1;
  }
  return std::fflush(out) == 0 ? 0 : 1;
}

}  // namespace tocsin

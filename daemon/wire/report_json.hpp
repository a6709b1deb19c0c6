// The JSON form of what was understood (contract, section 3), one line, no newline at the end.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/feed.hpp"
#include "model/report.hpp"

namespace tocsin {

/// One input line of `tocsin understand --jsonl`.
struct UnderstandInput {
  std::string id;  // as given; numbers become their text
  Item item;       // title, text, language, published
  std::string source;
};
Result<UnderstandInput> understand_input(std::string_view json_line);

std::string to_json(const std::string& id, const Understanding& understanding);

}  // namespace tocsin

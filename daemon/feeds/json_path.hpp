// Paths into a JSON document: `data.items`, `features[].properties.title`, `a[0]`, `a.*`, `['a.b'].c`. For the mapped
// sources in feeds/.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

struct JsonValue;

class JsonPath {
 public:
  /// `fault` says why the text is no path; then the path finds nothing. "$" at the front may stand or be left out; a
  /// path of nothing is the value itself.
  JsonPath(std::string_view text, std::string& fault);
  /// Every value that it leads to, in order; ends when `found` returns false.
  void each(const JsonValue& root, const std::function<bool(const JsonValue&)>& found) const;

 private:
  struct Step {
    enum class Kind { member, index, every } kind = Kind::every;
    std::string name;
    std::size_t index = 0;
  };
  bool bracket(std::string_view& text, std::string& fault);
  bool walk(const JsonValue& at, std::size_t step, const std::function<bool(const JsonValue&)>& found) const;
  std::vector<Step> steps_;
  bool good_ = true;
};

}  // namespace tocsin

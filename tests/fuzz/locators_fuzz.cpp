// Any bytes as a selector, a path and a mapping, and what follows the first line as the document that they look into.
#include <pugixml.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "feeds/html_tree.hpp"
#include "feeds/json_path.hpp"
#include "feeds/json_tree.hpp"
#include "feeds/mapping.hpp"
#include "feeds/selectors.hpp"
#include "feeds/xml_text.hpp"

namespace {
void select(std::string_view locator, std::string_view document) {
  using namespace tocsin;
  std::string fault;
  const Selector selector(locator, fault);
  Notes notes;
  const HtmlTree page(document, notes);
  selector.each(page.root(), [&](const pugi::xml_node& node) {
    if (!fault.empty()) std::abort();  // a faulty selector matches nothing
    return tree_words(node).size() < 100'000;
  });
}

void follow(std::string_view locator, std::string_view document) {
  using namespace tocsin;
  std::string fault;
  const JsonPath path(locator, fault);
  Notes notes;
  std::size_t found = 0;
  if (const auto tree = json_tree(document, notes))
    path.each(*tree, [&](const JsonValue& value) {
      if (!fault.empty()) std::abort();
      (void)value.words();
      return ++found < 10'000;
    });
}

void check(const std::string& locator) {
  for (const char* kind : {"json", "csv", "html"}) {
    tocsin::Mapping m;
    m.kind = kind;
    m.items = m.title = m.lat = m.lon = m.delimiter = locator;
    m.only = {locator};
    tocsin::Diagnostics findings;
    tocsin::check_mapping(m, {}, findings);
    for (const auto& d : findings.all())
      if (d.code.empty() || d.message.empty()) std::abort();
  }
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = tocsin::valid_utf8({reinterpret_cast<const char*>(data), size});
  const std::string_view all(text);
  const auto line = std::min(all.find('\n'), all.size());
  const auto document = all.substr(std::min(line + 1, all.size()));
  select(all.substr(0, line), document);
  follow(all.substr(0, line), document);
  check(text.substr(0, line));
  return 0;
}

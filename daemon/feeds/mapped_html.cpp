// Mapped web pages: items are called by a selector, fields by a selector below the item, with @attribute for what
// stands in an attribute: "h2 a", "h2 a@href", "@data-id" of the item itself.
#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/html_tree.hpp"
#include "feeds/mapped_kind.hpp"
#include "feeds/parse.hpp"
#include "feeds/selectors.hpp"
#include "feeds/xml_text.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;

struct HtmlLocator {
  std::string_view selector;
  std::string attribute;
};

/// An @ inside [ ] belongs to a value.
HtmlLocator split_locator(std::string_view locator) {
  const auto at = locator.rfind('@');
  if (at == kNone || locator.find(']', at) != kNone) return {trim(locator), {}};
  return {trim(locator.substr(0, at)), lower_ascii(trim(locator.substr(at + 1)))};
}

class Finder {
 public:
  explicit Finder(std::string_view locator)
      : parts_(split_locator(locator)), selector_(parts_.selector.empty() ? "*" : parts_.selector, ignored_) {}

  [[nodiscard]] std::string in(const pugi::xml_node& scope) const {
    if (parts_.selector.empty()) return words(scope);
    std::string out;
    std::size_t n = 0;
    selector_.each(scope, [&](const pugi::xml_node& node) {
      if (const auto found = words(node); !found.empty()) (out += out.empty() ? "" : "\n") += found;
      return ++n < kMaxListed;
    });
    return out;
  }

 private:
  [[nodiscard]] std::string words(const pugi::xml_node& node) const {
    return parts_.attribute.empty() ? tree_words(node)
                                    : std::string(trim(node.attribute(parts_.attribute.c_str()).value()));
  }

  HtmlLocator parts_;
  std::string ignored_;
  Selector selector_;
};

std::string selector_fault(std::string_view text) {
  std::string fault;
  const Selector compiled(text, fault);
  return fault;
}
}  // namespace

std::string html_items_fault(std::string_view items) {
  return items.empty() ? "\"items\" is missing: the selector of one item" : selector_fault(items);
}

std::string html_locator_fault(std::string_view locator, const Plan&) {
  const auto parts = split_locator(locator);
  if (parts.attribute.empty() && locator.ends_with('@')) return "an attribute's name is missing behind @";
  if (parts.selector.empty() && parts.attribute.empty()) return "a selector is missing";
  return parts.selector.empty() ? std::string() : selector_fault(parts.selector);
}

void read_mapped_html(std::string_view utf8, const Plan& plan, Notes& notes, const TakeItem& take, ParsedFeed& feed) {
  const HtmlTree page(utf8, notes);
  std::vector<Finder> finders;
  finders.reserve(plan.locators.size());
  for (const auto& locator : plan.locators) finders.emplace_back(locator);
  if (!plan.feed_title.empty()) feed.title = collapse_space(Finder(plan.feed_title).in(page.root()));
  if (feed.title.empty()) feed.title = collapse_space(Finder("title").in(page.root()));
  std::string ignored;
  bool matched = false;
  Selector(plan.items, ignored).each(page.root(), [&](const pugi::xml_node& item) {
    matched = true;
    return take([&](std::size_t locator) { return finders[locator].in(item); });
  });
  if (matched) return;
  notes.error("F050", "schema drift: `" + plan.items + "` matched nothing in " +
                          std::to_string((utf8.size() + 1023) / 1024) + " kB of HTML (\"" +
                          shortened(one_line(feed.title), 60) + "\"); look at the page and mend the mapping");
}

}  // namespace tocsin

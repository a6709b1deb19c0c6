#include "feeds/discovery.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/charset.hpp"
#include "feeds/html_tree.hpp"
#include "feeds/urls.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kMostLinks = 64;
constexpr std::array<std::string_view, 5> kFeedTypes{"application/rss+xml", "application/atom+xml",
                                                     "application/rdf+xml", "application/feed+json",
                                                     "application/cap+xml"};

std::string_view value(const pugi::xml_node& element, const char* name) {
  return trim(element.attribute(name).value());
}

bool names_a_feed(const pugi::xml_node& link) {
  const auto declared = value(link, "type");
  const auto type = lower_ascii(trim(declared.substr(0, declared.find(';'))));
  return has_word(lower_ascii(value(link, "rel")), "alternate") && !value(link, "href").empty() &&
         std::find(kFeedTypes.begin(), kFeedTypes.end(), type) != kFeedTypes.end();
}

class Finder : public pugi::xml_tree_walker {
 public:
  explicit Finder(std::string_view base) : base_(base) {}

  bool for_each(pugi::xml_node& node) override {
    const std::string_view name = node.name();
    if (name == "base" && !value(node, "href").empty()) base_ = resolve_url(base_, value(node, "href"));
    if (name == "link" && names_a_feed(node)) take(node);
    return links.size() < kMostLinks;
  }

  std::vector<FeedLink> links;

 private:
  void take(const pugi::xml_node& link) {
    const auto url = resolve_url(base_, value(link, "href"));
    const bool is_known = std::any_of(links.begin(), links.end(), [&](const FeedLink& l) { return l.url == url; });
    if (!is_known) links.push_back({url, collapse_space(value(link, "title"))});
  }

  std::string base_;
};

}  // namespace

std::vector<FeedLink> feed_links(std::string_view bytes, std::string_view content_type, std::string_view base) {
  Notes notes;
  const std::string text = to_utf8(bytes, content_type, notes);
  HtmlTree page(text, notes);
  Finder finder(base);
  page.root().traverse(finder);
  return std::move(finder.links);
}

}  // namespace tocsin

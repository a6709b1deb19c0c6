// JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/).
#include <algorithm>

#include "base/text.hpp"
#include "feeds/dates.hpp"
#include "feeds/format.hpp"
#include "feeds/html_text.hpp"
#include "feeds/json_tree.hpp"

namespace tocsin {

namespace {
using Kind = JsonValue::Kind;

std::optional<Millis> date_at(const Source& source, const JsonValue& item, std::string_view name) {
  const auto text = item.at(name).words();
  if (text.empty()) return std::nullopt;
  const auto at = parse_date(text);
  if (!at) source.notes.mended("F031", "\"" + shortened(one_line(text), 60) + "\" is no date; the item has none");
  return at;
}

void add_author(std::vector<std::string>& authors, const JsonValue& author) {
  auto name = collapse_space(author.is(Kind::object) ? author.at("name").words() : author.words());
  if (!name.empty() && authors.size() < kMaxListed && std::find(authors.begin(), authors.end(), name) == authors.end())
    authors.push_back(std::move(name));
}

std::string text_of(const JsonValue& item) {
  const auto summary = html_to_text(item.at("summary").words());
  auto content = html_to_text(item.at("content_html").words());
  if (content.empty()) content = std::string(trim(item.at("content_text").words()));
  if (content.empty() || summary.find(content) != std::string::npos) return summary;
  return summary.empty() || content.find(summary) != std::string::npos ? content : summary + "\n" + content;
}

Item read_item(const Source& source, const JsonValue& json) {
  Item item;
  item.id = std::string(trim(json.at("id").words()));
  item.title = collapse_space(html_to_text(json.at("title").words()));
  item.link = std::string(trim(json.at("url").words()));
  if (item.link.empty()) item.link = std::string(trim(json.at("external_url").words()));
  item.text = text_of(json);
  item.language = json.at("language").words();
  item.updated = date_at(source, json, "date_modified");
  item.published = date_at(source, json, "date_published");
  if (!item.published) item.published = item.updated;
  for (const auto& author : json.at("authors").values) add_author(item.authors, author);
  if (item.authors.empty()) add_author(item.authors, json.at("author"));
  for (const auto& tag : json.at("tags").values)
    if (auto name = collapse_space(tag.words()); !name.empty() && item.categories.size() < kMaxListed)
      item.categories.push_back(std::move(name));
  return item;
}
}  // namespace

bool claims_json_feed(const Source& source) {
  if (!source.json || !source.json->is(Kind::object)) return false;
  return source.json->at("version").words().find("jsonfeed.org") != std::string::npos ||
         (source.json->at("items").is(Kind::array) && !source.json->at("title").words().empty());
}

void read_json_feed(const Source& source, ParsedFeed& feed) {
  const auto& root = *source.json;
  feed.format = root.at("version").words().find("version/1.1") != std::string::npos ? "jsonfeed1.1" : "jsonfeed1.0";
  feed.title = collapse_space(html_to_text(root.at("title").words()));
  feed.link = std::string(trim(root.at("home_page_url").words()));
  feed.language = root.at("language").words();
  for (const auto& item : root.at("items").values) {
    if (feed.items.size() == kMaxItems)
      return source.notes.mended("F032", "more than " + std::to_string(kMaxItems) + " items; the rest was left unread");
    if (item.is(Kind::object)) feed.items.push_back(read_item(source, item));
  }
}

}  // namespace tocsin

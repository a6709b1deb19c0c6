#include "feeds/opml.hpp"

#include <algorithm>
#include <pugixml.hpp>

#include "base/mail_date.hpp"
#include "base/markup.hpp"
#include "base/text.hpp"
#include "feeds/charset.hpp"
#include "feeds/entities.hpp"
#include "feeds/xml_document.hpp"
#include "feeds/xml_names.hpp"

namespace tocsin {

namespace {

/// The XML reader knows five references; exporters write those of HTML too, and some escape twice.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t read = text[at] == '&' ? append_entity(out, text.substr(at)) : 0;
    if (read == 0) out += text[at];
    at += std::max<std::size_t>(read, 1);
  }
  return out;
}

std::string words(const pugi::xml_node& outline, std::string_view name) {
  return collapse_space(decoded(attribute(outline, name)));
}

std::string address_of(const pugi::xml_node& outline) {
  std::string url(trim(decoded(attribute(outline, "xmlUrl"))));
  if (!url.empty()) return url;
  const auto type = attribute(outline, "type");
  const bool is_feed = equal_ascii_nocase(type, "rss") || equal_ascii_nocase(type, "atom");
  return is_feed ? std::string(trim(decoded(attribute(outline, "url")))) : std::string();
}

std::string primary_language(std::string_view tag) {
  return lower_ascii(trim(tag.substr(0, tag.find_first_of("-_"))));
}

std::string title_of(const pugi::xml_node& outline) {
  auto title = words(outline, "title");
  return title.empty() ? words(outline, "text") : title;
}

class Reader {
 public:
  Reader(FeedList& list, Notes& notes) : list_(list), notes_(notes) {}

  void read(const pugi::xml_node& parent) {
    for (const pugi::xml_node& outline : parent.children())
      if (equal_ascii_nocase(local_name(outline.name()), "outline")) read_outline(outline);
  }

 private:
  void read_outline(const pugi::xml_node& outline) {
    if (auto url = address_of(outline); !url.empty()) take(outline, std::move(url));
    folders_.push_back(title_of(outline));
    read(outline);
    folders_.pop_back();
  }

  void take(const pugi::xml_node& outline, std::string url) {
    if (list_.feeds.size() == kMaxListedFeeds)
      return notes_.mended("F032", "more than " + std::to_string(kMaxListedFeeds) + " feeds; the rest is left out");
    ListedFeed feed{title_of(outline), std::move(url), words(outline, "htmlUrl"),
                    primary_language(attribute(outline, "language")), folders_};
    std::erase(feed.categories, "");
    const auto categories = words(outline, "category");
    for (const auto category : split(categories, ','))
      if (!trim(category).empty() && feed.categories.size() < kMostCategories)
        feed.categories.emplace_back(trim(category));
    list_.feeds.push_back(std::move(feed));
  }

  static constexpr std::size_t kMostCategories = 64;
  FeedList& list_;
  Notes& notes_;
  std::vector<std::string> folders_;
};

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node& node : parent.children())
    if (equal_ascii_nocase(local_name(node.name()), name)) return node;
  return {};
}

std::string attribute_text(std::string_view name, std::string_view value) {
  return value.empty() ? std::string() : " " + std::string(name) + "=\"" + escaped_markup(one_line(value)) + "\"";
}

std::string outline_text(const ListedFeed& feed, std::string_view indent) {
  const std::vector<std::string> rest(feed.categories.begin() + !feed.categories.empty(), feed.categories.end());
  return std::string(indent) + "<outline type=\"rss\"" + attribute_text("text", feed.title) +
         attribute_text("title", feed.title) + attribute_text("xmlUrl", feed.url) +
         attribute_text("htmlUrl", feed.page) + attribute_text("language", feed.language) +
         attribute_text("category", join(rest, ",")) + "/>\n";
}

}  // namespace

FeedList read_opml(std::string_view bytes) {
  FeedList list;
  Notes notes;
  const std::string text = to_utf8(bytes, "", notes);
  const XmlDocument document(text, notes);
  const pugi::xml_node root = document.root();
  list.is_opml = equal_ascii_nocase(local_name(root.name()), "opml");
  if (list.is_opml) {
    if (const auto title = child(child(root, "head"), "title"))
      list.title = collapse_space(decoded(title.text().get()));
    Reader(list, notes).read(child(root, "body"));
  } else {
    notes.error("F003", "this is no list of feeds (OPML)");
  }
  list.notes = notes.in(text);
  return list;
}

std::string write_opml(std::string_view title, const std::vector<ListedFeed>& feeds, Millis now) {
  std::vector<std::string> folders;
  for (const ListedFeed& feed : feeds) {
    const std::string folder = feed.categories.empty() ? "" : feed.categories.front();
    if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>" +
                    escaped_markup(one_line(title)) + "</title>\n    <dateCreated>" + mail_date(now) +
                    "</dateCreated>\n  </head>\n  <body>\n";
  for (const std::string& folder : folders) {
    const std::string_view indent = folder.empty() ? "    " : "      ";
    if (!folder.empty()) out += "    <outline" + attribute_text("text", folder) + ">\n";
    for (const ListedFeed& feed : feeds)
      if ((feed.categories.empty() ? "" : feed.categories.front()) == folder) out += outline_text(feed, indent);
    if (!folder.empty()) out += "    </outline>\n";
  }
  return out + "  </body>\n</opml>\n";
}

}  // namespace tocsin

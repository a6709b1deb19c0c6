#include "feeds/parse.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <unordered_set>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "feeds/archive.hpp"
#include "feeds/charset.hpp"
#include "feeds/format.hpp"
#include "feeds/html_text.hpp"
#include "feeds/json_tree.hpp"
#include "feeds/mapped_feed.hpp"
#include "feeds/urls.hpp"
#include "feeds/xml_document.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kLongestSequence = 4;  // of UTF-8: so much less than the bound is what was cut there

bool read_with_registry(const Source& source, ParsedFeed& feed) {
  for (const Format& format : formats())
    if (format.claims(source)) {
      format.read(source, feed);
      return true;
    }
  return false;
}

/// " (\"its title\")", or nothing.
std::string html_title(const pugi::xml_node& page) {
  const auto title = page.find_node([](const pugi::xml_node& n) { return equal_ascii_nocase(n.name(), "title"); });
  const auto words = shortened(one_line(trim(title.text().get())), 80);
  return words.empty() ? "" : " (\"" + words + "\")";
}

void refuse_xml(const pugi::xml_node& root, Notes& notes) {
  if (!root) return notes.error("F003", "markup without a single element; check the address of the feed");
  const auto name = local_name(root.name());
  if (equal_ascii_nocase(name, "html") || equal_ascii_nocase(name, "body") || equal_ascii_nocase(name, "head"))
    return notes.error(
        "F001",
        "a page of HTML" + html_title(root) +
            " where a feed should be: a moved feed, a captive portal or a firewall; open the address in a browser");
  notes.error("F003", "no known feed format: the document is <" + shortened(one_line(root.name()), 40) +
                          ">; check the address of the feed");
}

void read_xml(std::string_view utf8, const ParseContext& context, Notes& notes, ParsedFeed& feed) {
  const XmlDocument document(utf8, notes);
  const auto root = document.root();
  if (!root) return refuse_xml(root, notes);
  const Names names(root, utf8);
  if (!read_with_registry({&root, &names, nullptr, context, notes}, feed)) refuse_xml(root, notes);
}

void read_json(std::string_view utf8, const ParseContext& context, Notes& notes, ParsedFeed& feed) {
  const auto root = json_tree(utf8, notes);
  if (root && read_with_registry({nullptr, nullptr, &*root, context, notes}, feed)) return;
  notes.error("F003", "JSON, but no known feed format; check the address of the feed");
}

void read_document(std::string_view utf8, const ParseContext& context, Notes& notes, ParsedFeed& feed) {
  const auto words = trim(utf8);
  if (words.empty()) return notes.error("F002", "the document is empty; check the address of the feed");
  if (words[0] == '{' || words[0] == '[') return read_json(utf8, context, notes, feed);
  if (words.find('<') == std::string_view::npos)
    return notes.error("F003", "plain text where a feed should be: \"" + shortened(one_line(words), 100) + "\"");
  read_xml(utf8, context, notes, feed);
}

/// Relative links of RSS are seen from the feed's own link, else from where the document was found; in Atom only from
/// there (RFC 4287, section 2).
void complete_links(ParsedFeed& feed, const ParseContext& context) {
  feed.link = resolve_url(context.final_url, feed.link);
  const bool by_own_link = is_web_address(feed.link) && !feed.format.starts_with("atom");
  const std::string& base = by_own_link ? feed.link : context.final_url;
  for (auto& item : feed.items) {
    if (!is_web_address(item.link)) item.link = resolve_url(base, item.link);
    if (!item.source.url.empty()) item.source.url = resolve_url(base, item.source.url);
  }
}

/// Letters, digits and hyphens, as a language tag has them (RFC 5646, 2.1; some write an underscore): what a feed says
/// beyond them goes nowhere.
void tidy_language(std::string& language) {
  constexpr std::size_t kLongest = 35;
  const auto of_a_tag = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  std::erase_if(language, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  const auto end = std::find_if_not(language.begin(), language.end(), of_a_tag);
  language.erase(end, language.end());
  if (language.size() > kLongest) language.clear();
}

/// An id that several items share tells nothing; such items are told apart by their words.
void complete_ids(ParsedFeed& feed, Notes& notes) {
  std::unordered_set<std::string_view> used;
  used.reserve(feed.items.size());
  for (auto& item : feed.items) {
    if (item.id.empty()) item.id = item.link;
    if (item.id.empty()) {
      item.id = "hash:" + hex64(fnv1a(item.text, fnv1a(item.title)));
      notes.mended("F030", "an item without id and link; its id is the hash of its words");
    }
    if (!used.insert(item.id).second && !notes.again("F033"))
      notes.mended("F033", "the id \"" + shortened(one_line(item.id), 80) + "\" is used twice");
  }
}

/// Somebody's whole book is no news, and everything after this keeps what it is given.
void bound_texts(ParsedFeed& feed, Notes& notes) {
  for (Item& item : feed.items) {
    if (item.text.size() + kLongestSequence <= kLongestText) continue;
    cut_text(item.text, kLongestText);
    notes.mended("F034", "a text of more than 64 KiB; the rest was left unread");
  }
}

/// A page that says its charset in a <meta> of its first 2 KB, where the server does not (WHATWG HTML, 13.2.3.2).
std::string charset_label(std::string_view bytes, const ParseContext& context) {
  if (!context.mapping || lower_ascii(context.content_type).find("charset") != std::string::npos)
    return context.content_type;
  const std::string head = lower_ascii(bytes.substr(0, 2048));
  const auto meta = head.find("<meta");
  const auto at = meta == std::string::npos ? meta : head.find("charset=", meta);
  if (at == std::string::npos) return context.content_type;
  const auto start = head.find_first_not_of("\"' ", at + 8);
  if (start == std::string::npos) return context.content_type;
  return "text/html; charset=" + head.substr(start, head.find_first_of("\"' />;", start) - start);
}
}  // namespace

ParsedFeed parse_feed(std::string_view bytes, const ParseContext& context) {
  ParsedFeed feed;
  Notes notes;
  const auto inside = unpacked(bytes, notes);
  if (inside) bytes = *inside;
  std::string changed;
  const auto utf8 = to_utf8(bytes, charset_label(bytes, context), notes, changed);
  if (!notes.has_errors()) {
    if (context.mapping)
      read_mapped(utf8, *context.mapping, notes, feed);
    else
      read_document(utf8, context, notes, feed);
  }
  complete_links(feed, context);
  complete_ids(feed, notes);
  bound_texts(feed, notes);
  tidy_language(feed.language);
  for (Item& item : feed.items) tidy_language(item.language);
  feed.notes = notes.in(utf8);
  return feed;
}

}  // namespace tocsin

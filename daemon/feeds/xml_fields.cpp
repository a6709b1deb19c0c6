#include "feeds/xml_fields.hpp"

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/cap_fields.hpp"
#include "feeds/dates.hpp"
#include "feeds/geo_points.hpp"
#include "feeds/urls.hpp"
#include "feeds/xml_text.hpp"

namespace tocsin {

namespace {
using V = Vocabulary;

/// One number for a name, so that a switch can choose by vocabulary and local name at once.
constexpr std::uint64_t key(V vocabulary, std::uint64_t local) {
  return local ^ ((static_cast<std::uint64_t>(vocabulary) + 1) * 0x9E3779B97F4A7C15ULL);
}
constexpr std::uint64_t key(V vocabulary, std::string_view local) {
  return key(vocabulary, fnv1a(local));
}
std::uint64_t key(Name name) {
  return key(name.vocabulary, name.local);
}

/// An entry as it is being read: several elements compete for a field.
struct Draft {
  explicit Draft(Item& to_fill) : item(to_fill) {}
  Item& item;
  Ranked title, link, id, summary, content, language;
  RankedTime published, updated;
  std::vector<std::string> fallback_authors;
  PointReader points;
  std::optional<CapReader> cap;  // few entries carry an alert, and a reader of one is large
};

/// True when the element belongs to an alert.
bool read_alert_part(const Source& source, const pugi::xml_node& child, Name name, Draft& draft) {
  if (!CapReader::may_read(name)) return false;
  if (!draft.cap) draft.cap.emplace();
  return draft.cap->read(source, child);
}

void offer_headline(Ranked& field, int rank, const pugi::xml_node& element) {
  if (field.takes(rank)) field.set(rank, headline(element));
}
void offer_prose(Ranked& field, int rank, const pugi::xml_node& element) {
  if (field.takes(rank)) field.set(rank, prose(element));
}
void offer_raw(Ranked& field, int rank, const pugi::xml_node& element) {
  if (field.takes(rank)) field.set(rank, raw_text(element));
}
void offer_date(RankedTime& field, int rank, const pugi::xml_node& element, Notes& notes) {
  if (rank < field.rank) return;
  if (const auto at = date_in(element, notes)) field = {at, rank};
}

constexpr int kPlainLink = 6;  // the last one of these is taken, as most readers do

/// What a link is worth by its relation and media type (RFC 4287, 4.2.7); 0 when it leads elsewhere.
int link_rank(const pugi::xml_node& link) {
  const auto rel = lower_ascii(attribute(link, "rel"));
  const auto type = lower_ascii(attribute(link, "type"));
  const bool page = type.empty() || type.find("html") != std::string::npos;
  if (rel.empty() && type.empty()) return kPlainLink;
  if (rel.empty() || rel == "alternate" || rel == "http://www.iana.org/assignments/relation/alternate")
    return page ? 5 : 4;
  return rel == "self" || rel == "related" || rel == "via" ? 1 : 0;
}

/// `<link>address</link>` or `<link href="address" rel="..."/>`.
void offer_link(const Source& source, Ranked& field, const pugi::xml_node& link) {
  const auto href = attribute(link, "href");
  if (href.empty()) {
    std::string scratch;
    if (const auto text = raw_text(link, scratch); !text.empty())
      field.set(kPlainLink, with_xml_base(link, text, source.context.final_url));
  } else if (const int rank = link_rank(link); field.takes(rank) || rank == kPlainLink) {
    field.set(rank, with_xml_base(link, href, source.context.final_url));
  }
}

void add_once(std::vector<std::string>& list, std::string word) {
  if (word.empty() || list.size() >= kMaxListed || std::find(list.begin(), list.end(), word) != list.end()) return;
  list.push_back(std::move(word));
}

void add_author(std::vector<std::string>& authors, const pugi::xml_node& element) {
  std::string name;
  for (const auto& child : element.children())
    if (equal_ascii_nocase(local_name(child.name()), "name") ||
        (name.empty() && equal_ascii_nocase(local_name(child.name()), "email")))
      name = headline(child);
  if (name.empty()) name = headline(element);
  add_once(authors, std::move(name));
}

void add_category(std::vector<std::string>& categories, const pugi::xml_node& element) {
  std::string name = headline(element);
  if (name.empty()) name = collapse_space(attribute(element, "label"));
  if (name.empty()) name = collapse_space(attribute(element, "term"));
  add_once(categories, std::move(name));
}

void read_origin(const Source& source, const pugi::xml_node& element, ItemSource& origin) {
  origin.url = with_xml_base(element, attribute(element, "url"), source.context.final_url);
  Ranked title, link;
  for (const auto& child : element.children()) {
    const Name name = source.names->of(child);
    if (name.is(V::core, "title")) offer_headline(title, 1, child);
    if (name.is(V::core, "link")) offer_link(source, link, child);
  }
  origin.title = title.rank > 0 ? title.value : headline(element);
  if (origin.url.empty()) origin.url = link.value;
}

void read_guid(Draft& draft, const pugi::xml_node& guid) {
  offer_raw(draft.id, 4, guid);
  if (!equal_ascii_nocase(attribute(guid, "ispermalink"), "false") && draft.link.takes(2) &&
      is_web_address(draft.id.value))
    draft.link.set(2, draft.id.value);
}

void read_entry_child(const Source& source, const pugi::xml_node& child, Draft& draft);

void read_group(const Source& source, const pugi::xml_node& group, Draft& draft) {
  for (const auto& child : group.children())
    if (child.type() == pugi::node_element && source.names->of(child).vocabulary == V::media)
      read_entry_child(source, child, draft);
}

/// Who, when and about what; false when the element says nothing of the kind.
bool read_circumstance(const Source& source, const pugi::xml_node& child, std::uint64_t name, Draft& draft) {
  switch (name) {
    case key(V::core, "pubdate"):
    case key(V::core, "published"):
    case key(V::core, "issued"):
      offer_date(draft.published, 4, child, source.notes);
      return true;
    case key(V::dc, "date"):
    case key(V::dcterms, "issued"):
    case key(V::core, "date"):
      offer_date(draft.published, 3, child, source.notes);
      return true;
    case key(V::core, "created"):
    case key(V::dcterms, "created"):
      offer_date(draft.published, 2, child, source.notes);
      return true;
    case key(V::core, "updated"):
    case key(V::core, "modified"):
      offer_date(draft.updated, 4, child, source.notes);
      return true;
    case key(V::dcterms, "modified"):
    case key(V::core, "lastbuilddate"):
      offer_date(draft.updated, 3, child, source.notes);
      return true;
    case key(V::core, "author"):
    case key(V::dc, "creator"):
    case key(V::dc, "author"):
      add_author(draft.item.authors, child);
      return true;
    case key(V::itunes, "author"):
    case key(V::media, "credit"):
      add_author(draft.fallback_authors, child);
      return true;
    case key(V::core, "category"):
    case key(V::dc, "subject"):
    case key(V::core, "keywords"):
    case key(V::media, "category"):
      add_category(draft.item.categories, child);
      return true;
    case key(V::core, "source"):
      read_origin(source, child, draft.item.source);
      return true;
    case key(V::dc, "language"):
    case key(V::core, "language"):
      offer_raw(draft.language, 2, child);
      return true;
    default:
      return false;
  }
}

void read_entry_child(const Source& source, const pugi::xml_node& child, Draft& draft) {
  const Name qualified = source.names->of(child);
  const std::uint64_t name = key(qualified);
  switch (name) {
    case key(V::core, "title"):
      return offer_headline(draft.title, 4, child);
    case key(V::dc, "title"):
      return offer_headline(draft.title, 3, child);
    case key(V::itunes, "title"):
    case key(V::media, "title"):
      return offer_headline(draft.title, 1, child);
    case key(V::core, "link"):
      return offer_link(source, draft.link, child);
    case key(V::core, "url"):
    case key(V::core, "uri"):
      return offer_raw(draft.link, 3, child);
    case key(V::core, "guid"):
      return read_guid(draft, child);
    case key(V::core, "id"):
      return offer_raw(draft.id, 4, child);
    case key(V::dc, "identifier"):
      return offer_raw(draft.id, 2, child);
    case key(V::core, "description"):
    case key(V::core, "summary"):
      return offer_prose(draft.summary, 4, child);
    case key(V::core, "tagline"):
    case key(V::core, "abstract"):
    case key(V::dc, "description"):
    case key(V::dcterms, "abstract"):
      return offer_prose(draft.summary, 3, child);
    case key(V::itunes, "summary"):
    case key(V::media, "description"):
      return offer_prose(draft.summary, 2, child);
    case key(V::itunes, "subtitle"):
    case key(V::media, "text"):
      return offer_prose(draft.summary, 1, child);
    case key(V::content, "encoded"):
      return offer_prose(draft.content, 5, child);
    case key(V::core, "content"):
      if (!read_alert_part(source, child, qualified, draft)) offer_prose(draft.content, 4, child);
      return;
    case key(V::xhtml, "body"):
    case key(V::xhtml, "div"):
    case key(V::core, "body"):
    case key(V::core, "fullitem"):
    case key(V::content, "items"):
      return offer_prose(draft.content, 3, child);
    case key(V::media, "group"):
    case key(V::media, "content"):
      return read_group(source, child, draft);
    default:
      break;
  }
  if (!read_circumstance(source, child, name, draft) && !read_alert_part(source, child, qualified, draft))
    draft.points.read(*source.names, child);
}

/// A summary that the content repeats is said once.
std::string whole_text(std::string summary, std::string content) {
  if (content.empty() || summary.find(content) != std::string::npos) return summary;
  if (summary.empty() || content.find(summary) != std::string::npos) return content;
  return summary + "\n" + content;
}

/// The language of the nearest element that names one (XML 1.0, section 2.12).
std::string language_at(const pugi::xml_node& element) {
  const auto lang = own_attribute(element, "xml:lang");
  return std::string(trim(lang.empty() ? own_attribute(element, "lang") : lang));
}

/// sy:updatePeriod divided by sy:updateFrequency, or RSS ttl in minutes.
struct Rhythm {
  Millis ttl = 0, period = 0;
  int frequency = 1;
  [[nodiscard]] std::optional<Millis> wish() const {
    if (ttl > 0) return ttl;
    return period > 0 ? std::optional(period / std::max(1, frequency)) : std::nullopt;
  }
};

int number_in(const pugi::xml_node& element) {
  const auto text = raw_text(element);
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, 0, 1'000'000);
}

/// RSS 2.0 counts the hours of skipHours from 0 to 23, RSS 0.91 from 1 to 24; both in GMT.
void skip_in(const pugi::xml_node& list, SkipTimes& skip) {
  static constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  for (const auto& child : list.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string text = lower_ascii(raw_text(child));
    int hour = -1;
    if (std::from_chars(text.data(), text.data() + text.size(), hour).ec == std::errc{} && hour >= 0 && hour <= 24)
      skip.hours |= 1U << hour % 24;
    for (unsigned day = 0; day < std::size(kDays); ++day)
      if (text.starts_with(kDays[day])) skip.days |= 1U << day;
  }
}

Millis period_in(const pugi::xml_node& element) {
  switch (fnv1a(lower_ascii(raw_text(element)))) {
    case fnv1a("hourly"):
      return kHour;
    case fnv1a("daily"):
      return kDay;
    case fnv1a("weekly"):
      return 7 * kDay;
    case fnv1a("monthly"):
      return 30 * kDay;
    case fnv1a("yearly"):
      return 365 * kDay;
    default:
      return 0;
  }
}
}  // namespace

void read_feed_fields(const Source& source, const pugi::xml_node& feed_element, ParsedFeed& feed) {
  Ranked title, link, language;
  Rhythm rhythm;
  for (const auto& child : feed_element.children()) {
    if (child.type() != pugi::node_element) continue;
    switch (key(source.names->of(child))) {
      case key(V::core, "title"):
        offer_headline(title, 4, child);
        break;
      case key(V::dc, "title"):
        offer_headline(title, 3, child);
        break;
      case key(V::core, "link"):
        offer_link(source, link, child);
        break;
      case key(V::core, "language"):
        offer_raw(language, 4, child);
        break;
      case key(V::dc, "language"):
        offer_raw(language, 3, child);
        break;
      case key(V::core, "ttl"):
        rhythm.ttl = number_in(child) * kMinute;
        break;
      case key(V::core, "skiphours"):
      case key(V::core, "skipdays"):
        skip_in(child, feed.skip);
        break;
      case key(V::sy, "updateperiod"):
        rhythm.period = period_in(child);
        break;
      case key(V::sy, "updatefrequency"):
        rhythm.frequency = number_in(child);
        break;
      default:
        break;
    }
  }
  language.set(language.takes(1) ? 1 : language.rank, language.rank > 0 ? language.value : language_at(feed_element));
  if (feed.title.empty()) feed.title = title.value;
  if (feed.link.empty()) feed.link = link.rank > 0 ? link.value : std::string(attribute(feed_element, "href"));
  if (feed.language.empty()) feed.language = language.value;
  if (!feed.ttl) feed.ttl = rhythm.wish();
}

void read_entry(const Source& source, const pugi::xml_node& entry, Item& item) {
  Draft draft(item);
  for (const auto& child : entry.children())
    if (child.type() == pugi::node_element) read_entry_child(source, child, draft);
  const auto about = own_attribute(entry, "rdf:about");
  if (!about.empty() && draft.id.takes(1)) draft.id.set(1, with_xml_base(entry, about, source.context.final_url));
  item.title = std::move(draft.title.value);
  item.link = std::move(draft.link.value);
  item.id = std::move(draft.id.value);
  item.text = whole_text(std::move(draft.summary.value), std::move(draft.content.value));
  item.language = draft.language.rank > 0 ? std::move(draft.language.value) : language_at(entry);
  item.updated = draft.updated.at ? draft.updated.at : parse_date(attribute(entry, "lastmod"));
  item.published = draft.published.at ? draft.published.at : item.updated;
  if (item.authors.empty()) item.authors = std::move(draft.fallback_authors);
  item.points = draft.points.points();
  if (draft.cap) draft.cap->finish(item);
}

}  // namespace tocsin

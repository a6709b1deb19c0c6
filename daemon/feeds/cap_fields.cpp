#include "feeds/cap_fields.hpp"

#include <algorithm>
#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/geo_points.hpp"
#include "feeds/xml_text.hpp"

namespace tocsin {

namespace {
using V = Vocabulary;

constexpr std::size_t kMaxInfos = 64;
constexpr std::size_t kMaxJoined = 16'384;  // bytes after which texts and areas of further blocks are left out

void set_once(std::string& field, const pugi::xml_node& element) {
  if (field.empty()) field = headline(element);
}

void add_text(std::string& text, std::string more) {
  if (more.empty() || text.size() > kMaxJoined || text.find(more) != std::string::npos) return;
  if (!text.empty()) text += '\n';
  text += more;
}

void add_point(Item& item, std::optional<LatLon> point) {
  if (point && item.points.size() < kMaxListed &&
      std::find(item.points.begin(), item.points.end(), *point) == item.points.end())
    item.points.push_back(*point);
}

/// The block that we read: English, else French, else the first.
int language_rank(std::string_view language) {
  const std::string lower = lower_ascii(trim(language));
  if (lower.empty() || lower.starts_with("en")) return 0;  // CAP 1.2, 3.2.2: en-US when it is not given
  return lower.starts_with("fr") ? 1 : 2;
}

std::string child_text(const pugi::xml_node& element, std::string_view local) {
  for (const auto& child : element.children())
    if (equal_ascii_nocase(local_name(child.name()), local)) return raw_text(child);
  return {};
}

std::vector<pugi::xml_node> infos_by_language(const pugi::xml_node& alert) {
  std::vector<pugi::xml_node> infos;
  for (const auto& child : alert.children())
    if (infos.size() < kMaxInfos && equal_ascii_nocase(local_name(child.name()), "info")) infos.push_back(child);
  std::stable_sort(infos.begin(), infos.end(), [](const auto& a, const auto& b) {
    return language_rank(child_text(a, "language")) < language_rank(child_text(b, "language"));
  });
  return infos;
}

/// GDACS levels in CAP's words: Green is minor, Orange may need help from abroad, Red surely.
std::string severity_of(std::string_view level) {
  if (equal_ascii_nocase(level, "red")) return "Extreme";
  if (equal_ascii_nocase(level, "orange")) return "Severe";
  return equal_ascii_nocase(level, "green") ? "Minor" : "Unknown";
}

std::string hazard_of(std::string_view type) {
  switch (fnv1a(lower_ascii(type))) {
    case fnv1a("eq"):
      return "Earthquake";
    case fnv1a("tc"):
      return "Tropical cyclone";
    case fnv1a("fl"):
      return "Flood";
    case fnv1a("vo"):
      return "Volcano";
    case fnv1a("dr"):
      return "Drought";
    case fnv1a("wf"):
      return "Wildfire";
    case fnv1a("ts"):
      return "Tsunami";
    default:
      return std::string(type);
  }
}
}  // namespace

bool CapReader::may_read(Name name) {
  return name.vocabulary == V::cap || name.vocabulary == V::gdacs || name.is(V::core, "content");
}

bool CapReader::read(const Source& source, const pugi::xml_node& element) {
  const Name name = source.names->of(element);
  if (name.vocabulary == V::gdacs) return gdacs_field(source, element), true;
  if (name.is(V::cap, "alert")) return read_alert(source, element), true;
  if (name.vocabulary == V::cap) return field(source, element), true;
  if (!name.is(V::core, "content")) return false;
  const auto inner =
      element.find_child([](const pugi::xml_node& c) { return equal_ascii_nocase(local_name(c.name()), "alert"); });
  if (inner) read_alert(source, inner);
  return static_cast<bool>(inner);
}

void CapReader::read_alert(const Source& source, const pugi::xml_node& element) {
  for (const auto& child : element.children())
    if (child.type() == pugi::node_element && !equal_ascii_nocase(local_name(child.name()), "info"))
      field(source, child);
  const auto infos = infos_by_language(element);
  for (const auto& block : infos) {
    // Blocks in other languages repeat the first; blocks in its language tell of other areas.
    if (language_rank(child_text(block, "language")) != language_rank(child_text(infos.front(), "language"))) break;
    info(source, block);
  }
}

void CapReader::info(const Source& source, const pugi::xml_node& element) {
  for (const auto& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    if (equal_ascii_nocase(local_name(child.name()), "area"))
      info(source, child);
    else
      field(source, child);
  }
}

/// The elements that are one word or line each.
std::string* CapReader::plain_field(std::uint64_t local) {
  switch (local) {
    case fnv1a("identifier"):
      return &cap_.identifier;
    case fnv1a("sender"):
      return &cap_.sender;
    case fnv1a("status"):
      return &cap_.status;
    case fnv1a("msgtype"):
      return &cap_.msg_type;
    case fnv1a("scope"):
      return &cap_.scope;
    case fnv1a("references"):
      return &cap_.references;
    case fnv1a("event"):
      return &cap_.event;
    case fnv1a("urgency"):
      return &cap_.urgency;
    case fnv1a("severity"):
      return &cap_.severity;
    case fnv1a("certainty"):
      return &cap_.certainty;
    case fnv1a("language"):
      return &said_.language;
    case fnv1a("headline"):
      return &said_.title;
    case fnv1a("web"):
      return &said_.link;
    default:
      return nullptr;
  }
}

void CapReader::field(const Source& source, const pugi::xml_node& element) {
  found_ = true;
  const auto local = fnv1a(lower_ascii(local_name(element.name())));
  if (auto* plain = plain_field(local)) return set_once(*plain, element);
  switch (local) {
    case fnv1a("areadesc"):
      return add_area(headline(element));
    case fnv1a("sendername"):
      said_.authors = {headline(element)};
      return;
    case fnv1a("category"):
      if (said_.categories.size() < kMaxListed) said_.categories.push_back(headline(element));
      return;
    case fnv1a("description"):
      return add_text(description_, prose(element));
    case fnv1a("instruction"):
      return add_text(instruction_, prose(element));
    case fnv1a("sent"):
      said_.published = date_in(element, source.notes);
      return;
    case fnv1a("onset"):
      cap_.onset = date_in(element, source.notes);
      return;
    case fnv1a("effective"):
      if (!cap_.onset) cap_.onset = date_in(element, source.notes);
      return;
    case fnv1a("expires"):
      cap_.expires = std::max(cap_.expires, date_in(element, source.notes));
      return;
    case fnv1a("polygon"):
      return add_point(said_, middle_of(raw_text(element)));
    case fnv1a("circle"): {
      const auto text = raw_text(element);  // "lat,lon km"
      return add_point(said_, middle_of(std::string_view(text).substr(0, text.find(' '))));
    }
    default:
      return;
  }
}

void CapReader::add_area(const std::string& name) {
  if (name.empty() || cap_.area.size() > kMaxJoined || cap_.area.find(name) != std::string::npos) return;
  if (!cap_.area.empty()) cap_.area += "; ";
  cap_.area += name;
}

void CapReader::gdacs_field(const Source& source, const pugi::xml_node& element) {
  found_ = true;
  switch (source.names->of(element).local) {
    case fnv1a("eventtype"):
      cap_.event = hazard_of(raw_text(element));
      return;
    case fnv1a("eventid"):
      gdacs_event_ = raw_text(element);
      return;
    case fnv1a("episodeid"):
      gdacs_episode_ = raw_text(element);
      return;
    case fnv1a("alertlevel"):
      cap_.severity = severity_of(raw_text(element));
      return;
    case fnv1a("country"):
      return set_once(cap_.area, element);
    case fnv1a("fromdate"):
      cap_.onset = date_in(element, source.notes);
      return;
    case fnv1a("todate"):
      cap_.expires = date_in(element, source.notes);
      return;
    case fnv1a("severity"):
    case fnv1a("population"):
      return add_text(description_, prose(element));
    default:
      return;
  }
}

namespace {
/// "sender,identifier,sent sender,identifier,sent" (CAP 1.2, 3.2.1): the identifiers.
std::vector<std::string> referenced(std::string_view references) {
  std::vector<std::string> out;
  for (const auto reference : split(references, ' ')) {
    const auto parts = split(reference, ',');
    if (parts.size() >= 2 && !parts[1].empty() && out.size() < kMaxListed) out.emplace_back(parts[1]);
  }
  return out;
}
}  // namespace

void CapReader::finish(Item& item) {
  if (!found_) return;
  if (!gdacs_event_.empty()) {
    cap_.identifier = "gdacs:" + gdacs_event_ + (gdacs_episode_.empty() ? "" : "/" + gdacs_episode_);
    cap_.sender = "gdacs.org";
    cap_.status = "Actual";
  }
  if (item.id.empty()) item.id = gdacs_event_.empty() ? cap_.identifier : "gdacs:" + gdacs_event_;  // episodes change
  if (item.title.empty()) item.title = said_.title.empty() ? cap_.event : said_.title;
  if (item.link.empty()) item.link = said_.link;
  if (item.language.empty()) item.language = said_.language;
  if (!item.published) item.published = said_.published;
  if (item.authors.empty()) item.authors = said_.authors;
  if (item.categories.empty()) item.categories = said_.categories;
  add_text(item.text, description_);
  add_text(item.text, instruction_);
  for (const auto& point : said_.points) add_point(item, point);
  item.aliases = referenced(cap_.references);
  item.cap = cap_;
}

}  // namespace tocsin

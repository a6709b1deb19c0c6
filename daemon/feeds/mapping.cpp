#include "feeds/mapping.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "base/text.hpp"
#include "feeds/dates.hpp"
#include "feeds/html_text.hpp"
#include "feeds/mapped_feed.hpp"
#include "feeds/mapped_kind.hpp"
#include "feeds/parse.hpp"

namespace tocsin {

namespace {
constexpr std::array kKinds{
    MappedKind{"json", "JSON of any shape, by paths", false, json_items_fault, json_locator_fault, read_mapped_json},
    MappedKind{"csv", "tables of text (CSV, TSV; RFC 4180), by columns", false, nullptr, csv_locator_fault,
               read_mapped_csv},
    MappedKind{"html", "web pages, by CSS selectors", true, html_items_fault, html_locator_fault, read_mapped_html},
};

constexpr std::size_t kMostMerged = 64;        // items that become one
constexpr std::size_t kMostScanned = 500'000;  // items of a document that are looked at, taken or not

std::string first_line(std::string_view text) {
  return std::string(trim(text.substr(0, text.find('\n'))));
}

/// "" when none of its locators finds anything, whatever stands around them.
std::string filled(const Template& form, const Lookup& lookup) {
  std::string out;
  bool found = false;
  for (const auto& piece : form.pieces) {
    if (piece.locator == Template::kLiteral) {
      out += piece.literal;
      continue;
    }
    std::string value = lookup(piece.locator);
    for (const auto* filter : piece.filters) value = filter->apply(value);
    found = found || !trim(value).empty();
    out += value;
  }
  return found ? out : std::string();
}

std::vector<std::string> list_of(const std::string& lines) {
  std::vector<std::string> out;
  for (const auto line : split(lines, '\n'))
    if (auto word = collapse_space(line);
        !word.empty() && out.size() < kMaxListed && std::find(out.begin(), out.end(), word) == out.end())
      out.push_back(std::move(word));
  return out;
}

std::optional<double> degrees(const std::string& text, double most) {
  double value = 0;
  const auto word = first_line(text);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool good = error == std::errc{} && end == word.data() + word.size() && value >= -most && value <= most;
  return good ? std::optional(value) : std::nullopt;
}

/// Items as they come, and which of the mapping's fields held anything at all: a field that never did has moved.
class Gatherer {
 public:
  Gatherer(const Plan& plan, const MappedKind& kind, Notes& notes, ParsedFeed& feed)
      : plan_(plan), kind_(kind), notes_(notes), feed_(feed) {}

  bool take(const Lookup& lookup) {
    if (++scanned_ > kMostScanned || feed_.items.size() >= kMaxItems) {
      notes_.mended("F032", "more than " + std::to_string(kMaxItems) + " items; the rest was left unread");
      return false;
    }
    if (!is_wanted(lookup)) return true;
    ++wanted_;
    Item item = read(lookup);
    if (item.title.empty() && item.text.empty()) {
      ++wordless_;
      return true;
    }
    const auto key = plan_.unique.given() ? filled(plan_.unique, lookup) : std::string();
    if (key.empty())
      feed_.items.push_back(std::move(item));
    else if (const auto [at, fresh] = by_key_.try_emplace(key, feed_.items.size()); fresh)
      feed_.items.push_back(std::move(item));
    else
      merge(feed_.items[at->second], item);
    return true;
  }

  /// The words of an item are why it is read at all; the rest may be missing for a day.
  void judge() {
    if (wanted_ == 0) return;
    report_unseen("title", plan_.title, true);
    report_unseen("text", plan_.text, !plan_.title.given());
    report_unseen("id", plan_.id, true);
    report_unseen("link", plan_.link, true);
    report_unseen("published", plan_.published, true);
    for (const auto& [key, form] : {std::pair{"updated", &plan_.updated},
                                    {"language", &plan_.language},
                                    {"authors", &plan_.authors},
                                    {"categories", &plan_.categories},
                                    {"lat", &plan_.lat},
                                    {"lon", &plan_.lon}})
      report_unseen(key, *form, false);
    if (dates_unread_ > 0 && dates_read_ == 0)
      notes_.error("F051", "schema drift: published (" + plan_.published.source + ") is no date in any of " +
                               std::to_string(wanted_) + " items, for instance \"" + bad_date_ + "\"");
    if (wordless_ > 0)
      notes_.mended("F052", std::to_string(wordless_) + " of " + std::to_string(wanted_) + " items hold no words");
  }

 private:
  [[nodiscard]] bool is_wanted(const Lookup& lookup) const {
    return std::all_of(plan_.only.begin(), plan_.only.end(), [&](const Plan::Only& only) {
      const auto value = filled(only.value, lookup);
      return std::any_of(only.words.begin(), only.words.end(),
                         [&](const auto& word) { return equal_ascii_nocase(word, trim(value)); });
    });
  }

  std::string value(const Template& form, const Lookup& lookup) {
    std::string found = form.given() ? filled(form, lookup) : std::string();
    if (!found.empty()) seen_.push_back(&form);
    return found;
  }

  std::string words(const Template& form, const Lookup& lookup) {
    auto found = value(form, lookup);
    return kind_.plain ? found : html_to_text(found);
  }

  std::optional<Millis> date(const Template& form, const Lookup& lookup) {
    const auto text = first_line(value(form, lookup));
    if (text.empty()) return std::nullopt;
    const auto at = parse_date(text);
    if (&form == &plan_.published) ++(at ? dates_read_ : dates_unread_);
    if (!at) {
      bad_date_ = shortened(one_line(text), 60);
      notes_.mended("F031", "\"" + bad_date_ + "\" is no date; the item has none");
    }
    return at;
  }

  Item read(const Lookup& lookup) {
    Item item;
    item.id = first_line(value(plan_.id, lookup));
    item.title = collapse_space(words(plan_.title, lookup));
    item.link = first_line(value(plan_.link, lookup));
    item.text = std::string(trim(words(plan_.text, lookup)));
    item.published = date(plan_.published, lookup);
    item.updated = date(plan_.updated, lookup);
    item.language = first_line(value(plan_.language, lookup));
    item.authors = list_of(value(plan_.authors, lookup));
    item.categories = list_of(value(plan_.categories, lookup));
    const auto lat = degrees(value(plan_.lat, lookup), 90), lon = degrees(value(plan_.lon, lookup), 180);
    if (lat && lon) item.points = {{*lat, *lon}};
    // Only "seen at least once" matters.
    std::sort(seen_.begin(), seen_.end());
    seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
    return item;
  }

  /// One page told of in many rows: what the further rows add is kept.
  void merge(Item& item, const Item& more) {
    std::size_t& times = merged_[&item - feed_.items.data()];
    if (++times > kMostMerged) return;
    for (const auto* words : {&more.title, &more.text})
      if (item.title.find(*words) == std::string::npos && item.text.find(*words) == std::string::npos)
        (item.text += item.text.empty() ? "" : "\n") += *words;
    for (const auto& point : more.points)
      if (std::find(item.points.begin(), item.points.end(), point) == item.points.end() &&
          item.points.size() < kMaxListed)
        item.points.push_back(point);
    for (const auto& word : more.categories)
      if (std::find(item.categories.begin(), item.categories.end(), word) == item.categories.end() &&
          item.categories.size() < kMaxListed)
        item.categories.push_back(word);
  }

  void report_unseen(const std::string& key, const Template& form, bool grave) {
    if (!form.given() || std::find(seen_.begin(), seen_.end(), &form) != seen_.end()) return;
    const std::string what = key + " (`" + form.source + "`) is empty in all " + std::to_string(wanted_) + " items";
    if (grave)
      notes_.error("F051", "schema drift: " + what + "; look at the document and mend the mapping");
    else
      notes_.mended("F052", what);
  }

  const Plan& plan_;
  const MappedKind& kind_;
  Notes& notes_;
  ParsedFeed& feed_;
  std::size_t scanned_ = 0, wanted_ = 0, wordless_ = 0, dates_read_ = 0, dates_unread_ = 0;
  std::string bad_date_;
  std::vector<const Template*> seen_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::unordered_map<std::ptrdiff_t, std::size_t> merged_;
};
}  // namespace

std::span<const MappedKind> mapped_kinds() {
  return kKinds;
}

const MappedKind* mapped_kind(std::string_view name) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& k) { return k.name == name; });
  return found == kKinds.end() ? nullptr : found;
}

void check_mapping(const Mapping& mapping, const Places& places, Diagnostics& findings) {
  std::vector<MappingFault> faults;
  plan_mapping(mapping, faults);
  for (const auto& fault : faults) findings.error(places.file, places.value(fault.key), fault.code, fault.message);
}

void read_mapped(std::string_view utf8, const Mapping& mapping, Notes& notes, ParsedFeed& feed) {
  std::vector<MappingFault> faults;
  const Plan plan = plan_mapping(mapping, faults);
  if (!faults.empty()) return notes.error("F054", "the mapping cannot be used: " + faults.front().message);
  if (trim(utf8).empty()) return notes.error("F002", "the document is empty; check the address of the feed");
  const MappedKind& kind = *mapped_kind(plan.kind);
  Gatherer gatherer(plan, kind, notes, feed);
  kind.read(
      utf8, plan, notes, [&](const Lookup& lookup) { return gatherer.take(lookup); }, feed);
  gatherer.judge();
  if (notes.has_errors())
    feed.items.clear();
  else
    feed.format = "mapped-" + plan.kind;
}

}  // namespace tocsin

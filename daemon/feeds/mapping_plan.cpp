#include "feeds/mapping_plan.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "feeds/cameo.hpp"
#include "feeds/mapped_kind.hpp"
#include "feeds/mapping.hpp"
#include "model/country.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMostLocators = 64;

std::string fips_to_iso(std::string_view code) {
  for (const Country& c : countries())
    if (!code.empty() && c.fips == code) return std::string(c.alpha2);
  return {};
}

std::string country_name(std::string_view code) {
  const Country* c = country_by_alpha2(code);
  return c ? std::string(c->en) : std::string(code);
}

constexpr std::array kFilters{
    WordFilter{"cameo", "a CAMEO event code in words", cameo_words},
    WordFilter{"country", "an ISO 3166-1 code as the country's name", country_name},
    WordFilter{"fips", "a FIPS 10-4 country code as the ISO 3166-1 code", fips_to_iso},
    WordFilter{"lower", "in lower case", lower_ascii},
};

const WordFilter* filter_named(std::string_view name) {
  const auto found = std::find_if(kFilters.begin(), kFilters.end(), [&](const auto& f) { return f.name == name; });
  return found == kFilters.end() ? nullptr : found;
}

bool is_word(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

/// The preset's value where the configuration gives none.
Mapping with_preset(const Mapping& given, const Mapping& preset) {
  Mapping m = given;
  for (const auto member :
       {&Mapping::kind, &Mapping::index, &Mapping::items, &Mapping::header, &Mapping::delimiter, &Mapping::unique,
        &Mapping::feed_title, &Mapping::id, &Mapping::title, &Mapping::link, &Mapping::text, &Mapping::published,
        &Mapping::updated, &Mapping::language, &Mapping::authors, &Mapping::categories, &Mapping::lat, &Mapping::lon})
    if ((m.*member).empty()) m.*member = preset.*member;
  if (m.only.empty()) m.only = preset.only;
  return m;
}

class Planner {
 public:
  Planner(const Mapping& mapping, std::vector<MappingFault>& faults) : faults_(faults) {
    mapping_ = mapping.preset.empty() ? mapping : from_preset(mapping);
  }

  Plan run() {
    kind_ = mapped_kind(mapping_.kind);
    if (!kind_) {
      if (faults_.empty()) fault("kind", "M002", "a mapping needs \"kind\" (json, csv, html) or \"preset\"");
      return std::move(plan_);
    }
    plan_.kind = mapping_.kind;
    plan_.header = mapping_.header != "no";
    shape();
    fields();
    only();
    if (mapping_.title.empty() && mapping_.text.empty())
      fault("kind", "M002", "an item needs words: give \"title\" or \"text\"");
    if (plan_.lat.given() != plan_.lon.given())
      fault(plan_.lat.given() ? "lat" : "lon", "M002", "\"lat\" and \"lon\" go together");
    return std::move(plan_);
  }

 private:
  void fault(std::string key, std::string code, std::string message) {
    faults_.push_back({std::move(key), std::move(code), std::move(message)});
  }

  Mapping from_preset(const Mapping& mapping) {
    std::vector<std::string> names;
    for (const auto& preset : mapping_presets()) {
      if (preset.name == mapping.preset) return with_preset(mapping, preset.mapping());
      names.emplace_back(preset.name);
    }
    fault("preset", "M001",
          "there is no preset \"" + shortened(one_line(mapping.preset), 40) + "\"; there are " + join(names, ", "));
    return mapping;
  }

  /// What only some kinds have.
  void shape() {
    if (mapping_.index.find_first_of(" \"'<>") != kNone)
      fault("index", "M002", "the address of a document holds no blanks, quotes and angle brackets");
    plan_.items = mapping_.items;
    plan_.delimiter = mapping_.delimiter == "tab" ? "\t" : mapping_.delimiter;
    plan_.feed_title = mapping_.feed_title;
    const bool rows = kind_->items_fault == nullptr;
    if (rows && !plan_.items.empty()) fault("items", "M002", "the items of a table are its rows; leave \"items\" out");
    if (rows && !plan_.feed_title.empty()) fault("feed_title", "M002", "a table has no title");
    if (!rows && !plan_.delimiter.empty()) fault("delimiter", "M002", "only tables have a delimiter");
    if (!rows && !mapping_.header.empty()) fault("header", "M002", "only tables have a header");
    if (plan_.delimiter.size() > 1 || plan_.delimiter == "\"" || plan_.delimiter == "\n")
      fault("delimiter", "M002", "a delimiter is one ASCII character, or tab");
    if (rows) return;
    if (const auto why = kind_->items_fault(plan_.items); !why.empty()) fault("items", "M003", why);
    if (!plan_.feed_title.empty()) check_locator("feed_title", plan_.feed_title);
  }

  void fields() {
    for (const auto& [key, from, to] : {std::tuple{"id", &Mapping::id, &Plan::id},
                                        {"title", &Mapping::title, &Plan::title},
                                        {"link", &Mapping::link, &Plan::link},
                                        {"text", &Mapping::text, &Plan::text},
                                        {"published", &Mapping::published, &Plan::published},
                                        {"updated", &Mapping::updated, &Plan::updated},
                                        {"language", &Mapping::language, &Plan::language},
                                        {"authors", &Mapping::authors, &Plan::authors},
                                        {"categories", &Mapping::categories, &Plan::categories},
                                        {"lat", &Mapping::lat, &Plan::lat},
                                        {"lon", &Mapping::lon, &Plan::lon},
                                        {"unique", &Mapping::unique, &Plan::unique}})
      if (!(mapping_.*from).empty()) plan_.*to = template_of(key, mapping_.*from);
  }

  void only() {
    for (const auto& condition : mapping_.only) {
      const auto equals = condition.find(" = ");
      if (equals == kNone) {
        fault("only", "M004", "\"" + one_line(condition) + "\" is no condition: write LOCATOR = VALUE|VALUE");
        continue;
      }
      Plan::Only only{template_of("only", trim(std::string_view(condition).substr(0, equals))), {}};
      for (const auto word : split(std::string_view(condition).substr(equals + 3), '|'))
        only.words.emplace_back(trim(word));
      plan_.only.push_back(std::move(only));
    }
  }

  Template template_of(const std::string& key, std::string_view text) {
    Template out;
    out.source = std::string(text);
    if (text.find('{') == kNone) {
      out.pieces.push_back(slot(key, text));
      return out;
    }
    while (!text.empty()) {
      const auto open = std::min(text.find('{'), text.size());
      if (open > 0) out.pieces.push_back({std::string(text.substr(0, open)), Template::kLiteral, {}});
      if (open == text.size()) break;
      const auto close = text.find('}', open);
      if (close == kNone) {
        fault(key, "M004", "\"" + one_line(out.source) + "\" opens { and never closes it");
        break;
      }
      out.pieces.push_back(slot(key, text.substr(open + 1, close - open - 1)));
      text = text.substr(close + 1);
    }
    return out;
  }

  /// "locator|filter|filter".
  Template::Piece slot(const std::string& key, std::string_view text) {
    Template::Piece piece;
    auto bar = text.rfind('|');
    for (; bar != kNone && is_word(trim(text.substr(bar + 1))); bar = text.rfind('|')) {
      const auto name = trim(text.substr(bar + 1));
      if (const auto* filter = filter_named(name))
        piece.filters.insert(piece.filters.begin(), filter);
      else
        fault(key, "M004", "there is no filter \"" + std::string(name) + "\"; " + filter_names());
      text = text.substr(0, bar);
    }
    text = trim(text);
    check_locator(key, text);
    auto& all = plan_.locators;
    const auto known = std::find(all.begin(), all.end(), text);
    piece.locator = static_cast<std::size_t>(known - all.begin());
    if (known == all.end()) all.emplace_back(text);
    if (all.size() == kMostLocators + 1) fault(key, "M004", "too many different locators");
    return piece;
  }

  static std::string filter_names() {
    std::vector<std::string> names;
    for (const auto& f : kFilters) names.emplace_back(f.name);
    return "there are " + join(names, ", ");
  }

  void check_locator(const std::string& key, std::string_view locator) {
    if (const auto why = kind_->locator_fault(locator, plan_); !why.empty()) fault(key, "M003", why);
  }

  std::vector<MappingFault>& faults_;
  Mapping mapping_;
  const MappedKind* kind_ = nullptr;
  Plan plan_;
};
}  // namespace

std::span<const WordFilter> word_filters() {
  return kFilters;
}

Plan plan_mapping(const Mapping& mapping, std::vector<MappingFault>& faults) {
  return Planner(mapping, faults).run();
}

}  // namespace tocsin

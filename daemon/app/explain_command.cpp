#include "app/explain_command.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/case_row.hpp"
#include "app/console.hpp"
#include "app/explain_alert.hpp"
#include "app/explain_words.hpp"
#include "app/explained.hpp"
#include "base/text.hpp"
#include "feeds/html_text.hpp"
#include "host/clock.hpp"
#include "store/sqlite_store.hpp"
#include "wire/report_json.hpp"

namespace tocsin {

namespace {

/// Plain text, HTML or one JSON object as `understand --jsonl` takes it. The first line of a plain text of several
/// lines is its title when it is short.
Item item_of(const std::string& raw) {
  const std::string text = valid_utf8(raw);
  const auto start = trim(text);
  if (start.starts_with("{"))
    if (auto input = understand_input(start)) return std::move(input->item);
  Item item;
  const std::string plain = start.starts_with("<") ? html_to_text(text) : text;
  const auto line_end = plain.find('\n');
  constexpr std::size_t kLongestTitle = 200;
  if (line_end != std::string::npos && line_end <= kLongestTitle && !trim(plain.substr(line_end)).empty()) {
    item.title = std::string(trim(plain.substr(0, line_end)));
    item.text = std::string(trim(plain.substr(line_end + 1)));
  } else {
    item.text = std::string(trim(plain));
  }
  return item;
}

std::string score_words(double score) {
  char out[16];
  std::snprintf(out, sizeof out, "%.2f", score);
  return out;
}

void print_json(const std::string& id, const Explained& e) {
  auto out = nlohmann::ordered_json::parse(to_json(id, e.understood));
  out["features"] = nlohmann::ordered_json::array();
  for (const Feature& f : e.understood.features)
    out["features"].push_back({{"name", f.name}, {"value", f.value}, {"weight", f.weight}});
  out["story"] = e.understood.story;
  out["rules"] = nlohmann::ordered_json::parse(verdicts_json(e.verdicts, e.understood.relevant));
  print_line(out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_text(const Explained& e) {
  const Understanding& u = e.understood;
  print_line(std::string(u.relevant ? "NEWS" : "no news") + ", score " + score_words(u.score) +
             (u.language.empty() ? "" : ", language " + u.language));
  for (std::size_t i = 0; i < u.reports.size(); ++i) print_report(u.reports[i], static_cast<int>(i) == u.main);
  if (u.reports.empty()) print_line("  no event found");
  print_line("why:");
  for (const auto& line : u.story) print_line("  " + one_line(line));
  if (!e.verdicts.empty()) print_line("rules:");
  for (const RuleVerdict& v : e.verdicts) print_line("  " + v.rule + ": " + verdict_words(v, u.relevant));
  if (e.verdicts.empty()) print_line("no rule fires: there is no incident to judge");
}

/// An item and who told it.
struct Told {
  Item item;
  Feed feed;
  Millis at = 0;
};

/// The newest stored item of this id, in the words of its feed.
Result<Told> stored_item(const World& world, const std::string& id) {
  const auto store = open_sqlite_reader(world.settings.store);
  if (!store) return tl::unexpected(store.error());
  const auto items = (*store)->items({.limit = 1'000'000});
  if (!items) return tl::unexpected(items.error());
  for (const StoredItem& i : *items)
    if (i.item.id == id || i.item.link == id)
      return Told{i.item, feed_of(world, i.feed), i.item.published.value_or(i.received)};
  return failure("there is no stored item \"" + one_line(id) + "\"; tocsin items --json lists them");
}

Result<Told> given_item(const std::string& file) {
  const auto text = read_input(file);
  if (!text) return tl::unexpected(text.error());
  Told told{item_of(*text), Feed{}, 0};
  told.at = told.item.published.value_or(MachineClock().now());
  return told;
}

int explain_item(const World& world, const ExplainOptions& options) {
  const auto told = options.item.empty() ? given_item(options.file) : stored_item(world, options.item);
  if (!told) return complain(told.error().message);
  const Explained e = explained(world, told->feed, told->item, told->at);
  if (options.as_case)
    print_line(case_row(told->item, e.understood));
  else if (options.json)
    print_json(told->item.id, e);
  else
    print_text(e);
  return kDone;
}

}  // namespace

int explain_command(const ExplainOptions& options) {
  const auto world = load_world(options.config);
  if (!world.usable()) return complain_bad_configuration(world);
  return options.alert.empty() ? explain_item(*world.world, options) : explain_alert(*world.world, options);
}

}  // namespace tocsin

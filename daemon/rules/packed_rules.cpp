#include "rules/packed_rules.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace tocsin {

namespace {

/// Languages and texts in turn.
std::vector<std::string_view> flat(const LocalText& text) {
  std::vector<std::string_view> out;
  for (const auto& [language, words] : text) out.insert(out.end(), {language, words});
  return out;
}

LocalText local(std::vector<std::string> flat) {
  LocalText out;
  for (std::size_t i = 0; i + 1 < flat.size(); i += 2) out.emplace(std::move(flat[i]), std::move(flat[i + 1]));
  return out;
}

void put_all(TextPool& pool, const std::vector<std::string_view>& texts) {
  pool.put(std::to_string(texts.size()));
  for (const auto text : texts) pool.put(text);
}

}  // namespace

void PackedRules::add(Rule rule) {
  rule.tests.clear();
  Row row;
  row.texts = texts_.put(rule.name);
  put_all(texts_, flat(rule.title));
  row.when = conditions_.add(rule.when);
  row.line = static_cast<std::uint32_t>(rule.at.line);
  Manner m;
  m.file = once({rule.file});
  m.action = once(flat(rule.action));
  m.notify = once({rule.notify.begin(), rule.notify.end()});
  m.unless = optional(rule.unless);
  m.confirm = optional(rule.confirm);
  m.column = static_cast<std::uint32_t>(rule.at.column);
  m.severity = rule.severity;
  m.urgency = rule.urgency;
  m.tlp = rule.tlp;
  m.enabled = rule.enabled;
  if (!rule.counting.empty() || rule.silence) {
    m.whole = static_cast<std::uint32_t>(whole_.size());
    whole_.push_back(std::move(rule));
  }
  row.manner = number_of(m);
  rows_.push_back(row);
}

std::uint32_t PackedRules::number_of(const Manner& m) {
  std::uint64_t hash = 0;
  for (const std::uint32_t part :
       {m.file, m.action, m.notify, m.unless, m.confirm, m.column, m.whole,
        static_cast<std::uint32_t>(m.severity) << 16 | static_cast<std::uint32_t>(m.urgency) << 8 |
            static_cast<std::uint32_t>(m.tlp) << 1 | static_cast<std::uint32_t>(m.enabled)})
    hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
  auto& alike = known_->manners[hash];
  for (const std::uint32_t number : alike)
    if (manners_[number] == m) return number;
  manners_.push_back(m);
  return alike.emplace_back(static_cast<std::uint32_t>(manners_.size() - 1));
}

TextId PackedRules::once(const std::vector<std::string_view>& texts) {
  std::string key;
  for (const auto text : texts) key.append(std::to_string(text.size())).append(1, ' ').append(text);
  const auto [it, is_new] = known_->texts.try_emplace(std::move(key), texts_.end());
  if (is_new) put_all(texts_, texts);
  return it->second;
}

PackedCondition PackedRules::optional(const std::optional<Condition>& condition) {
  return condition ? conditions_.add(*condition) : kNone;
}

void PackedRules::drop_files(const std::function<bool(const std::string&)>& broken) {
  std::unordered_map<TextId, bool> known;
  std::erase_if(rows_, [&](const Row& row) {
    const TextId file = manners_[row.manner].file;
    const auto [it, is_new] = known.try_emplace(file);
    if (is_new) it->second = broken(texts_at(file).front());
    return it->second;
  });
  std::vector<Rule> kept;
  for (const Row& row : rows_)
    if (Manner& m = manners_[row.manner]; m.whole != kNone) {
      kept.push_back(std::move(whole_[m.whole]));
      m.whole = static_cast<std::uint32_t>(kept.size() - 1);
    }
  whole_ = std::move(kept);
}

void PackedRules::seal() {
  known_.reset();
  conditions_.seal();
  texts_.shrink();
  rows_.shrink_to_fit();
  manners_.shrink_to_fit();
  whole_.shrink_to_fit();
}

OpenRule PackedRules::open(std::size_t number) const {
  const std::uint32_t whole = manner(number).whole;
  return whole == kNone ? OpenRule(unpack(number)) : OpenRule(&whole_[whole]);
}

Rule PackedRules::unpack(std::size_t number) const {
  const Row& row = rows_[number];
  const Manner& m = manner(number);
  TextId after = row.texts;
  Rule rule;
  rule.name = std::string(texts_.next(after));
  rule.title = local(texts_at(after));
  rule.file = texts_at(m.file).front();
  rule.at = {row.line, m.column};
  rule.action = local(texts_at(m.action));
  rule.notify = texts_at(m.notify);
  rule.severity = m.severity;
  rule.urgency = m.urgency;
  rule.tlp = m.tlp;
  rule.enabled = m.enabled;
  rule.when = conditions_.unpack(row.when);
  if (m.unless != kNone) rule.unless = conditions_.unpack(m.unless);
  if (m.confirm != kNone) rule.confirm = conditions_.unpack(m.confirm);
  return rule;
}

std::vector<std::string> PackedRules::texts_at(TextId id) const {
  std::vector<std::string> out(std::stoul(std::string(texts_.next(id))));
  for (std::string& text : out) text = std::string(texts_.next(id));
  return out;
}

bool PackedRules::matches_incidents(std::size_t number) const {
  const Manner& m = manner(number);
  return m.enabled && (m.whole == kNone || !whole_[m.whole].silence);
}

bool PackedRules::conditions_hold(std::size_t number, const Facts& facts) const {
  return conditions_.holds(rows_[number].when, facts) && !excepted(number, facts);
}

bool PackedRules::excepted(std::size_t number, const Facts& facts) const {
  const PackedCondition unless = manner(number).unless;
  return unless != kNone && conditions_.holds(unless, facts);
}

}  // namespace tocsin

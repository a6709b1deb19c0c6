// Reads the clauses of counting rules. Their grammar is a line each, so they are read token by token.
#include <charconv>

#include "base/text.hpp"
#include "rules/counting.hpp"
#include "rules/lexer.hpp"
#include "rules/suggestion.hpp"

namespace tocsin {

namespace {

constexpr Millis kLongest = 400 * kDay;

class ClauseReader {
 public:
  ClauseReader(const Source& source, std::string_view form, Diagnostics& findings)
      : source_(source), form_(form), findings_(findings), tokens_(tokens_of(source.node->text)) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] const Token& here() const { return tokens_[next_]; }

  void wrong(const Token& at, std::string message) {
    if (good_) findings_.error(source_.file, source_.at(at.at), "R021", std::move(message));
    good_ = false;
  }

  Token take() {
    const Token t = here();
    if (t.kind != Token::Kind::end) ++next_;
    return t;
  }

  void expect(std::string_view word) {
    const Token t = take();
    if (t.text != word || t.kind != Token::Kind::word)
      wrong(t, "\"" + std::string(word) + "\" is expected here; " + form());
  }

  void end() {
    if (here().kind != Token::Kind::end) wrong(here(), "nothing more is expected here; " + form());
  }

  Millis duration() {
    const Token t = take();
    const auto span = parse_duration(t.text);
    if (!span || *span <= 0 || *span > kLongest)
      wrong(t, "a duration such as 12h or 7d, up to 400d, is expected here; " + form());
    return span.value_or(0);
  }

  double amount(std::string_view text, const Token& at) {
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    const bool good = failed == std::errc{} && end == text.data() + text.size() && value > 0 && value <= 1e6;
    if (!good) wrong(at, "a number above 0 is expected here; " + form());
    return value;
  }

  By key() {
    const Token t = take();
    const auto by = kBys.find(t.text);
    if (!by)
      wrong(t, "unknown key \"" + std::string(t.text) + "\"" +
                   did_you_mean(t.text, {kBys.names.begin(), kBys.names.end()}) + "; " + form());
    return by.value_or(By::region);
  }

  std::string form() const { return "write it as " + std::string(form_); }

 private:
  const Source& source_;
  std::string_view form_;
  Diagnostics& findings_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  bool good_ = true;
};

std::optional<Counting> finished(ClauseReader& reader, Counting clause, std::string_view word, const Source& source,
                                 const RuleWorld& world) {
  clause.printed = std::string(word) + " " + collapse_space(source.node->text);
  for (const Road& road : world.organisation.roads)
    if (clause.by == By::road || clause.what == By::road) clause.roads.push_back({road.id, road.line});
  return reader.good() ? std::optional(std::move(clause)) : std::nullopt;
}

void window_and_key(ClauseReader& reader, Counting& clause) {
  clause.window = reader.duration();
  reader.expect("by");
  clause.by = reader.key();
  reader.end();
}

}  // namespace

std::optional<Counting> read_count(const Source& source, const RuleWorld& world, Diagnostics& findings) {
  ClauseReader reader(source, "\">= 3 in 7d by region\"", findings);
  Counting clause{.kind = Counting::Kind::count};
  const Token op = reader.take();
  const auto known = op.kind == Token::Kind::op ? kOps.find(op.text) : std::nullopt;
  if (!known || (*known != Op::ge && *known != Op::gt && *known != Op::eq))
    reader.wrong(op, "one of >= > = is expected here; " + reader.form());
  clause.op = known.value_or(Op::ge);
  const Token amount = reader.take();
  clause.amount = reader.amount(amount.text, amount);
  reader.expect("in");
  window_and_key(reader, clause);
  return finished(reader, std::move(clause), "count", source, world);
}

std::optional<Counting> read_spike(const Source& source, const RuleWorld& world, Diagnostics& findings) {
  ClauseReader reader(source, "\"3x of 28d by country\"", findings);
  Counting clause{.kind = Counting::Kind::spike};
  const Token times = reader.take();
  const bool marked = !times.text.empty() && times.text.back() == 'x';
  if (!marked) reader.wrong(times, "a multiple such as 3x is expected here; " + reader.form());
  clause.amount = reader.amount(marked ? times.text.substr(0, times.text.size() - 1) : times.text, times);
  reader.expect("of");
  const Token window = reader.here();
  window_and_key(reader, clause);
  if (reader.good() && clause.window < 4 * kDay)
    reader.wrong(window, "a day is compared with the days before it: the window must be 4d or longer");
  return finished(reader, std::move(clause), "spike", source, world);
}

std::optional<Counting> read_new(const Source& source, const RuleWorld& world, Diagnostics& findings) {
  ClauseReader reader(source, "\"actor in 90d by region\"", findings);
  Counting clause{.kind = Counting::Kind::new_value};
  clause.what = reader.key();
  reader.expect("in");
  window_and_key(reader, clause);
  return finished(reader, std::move(clause), "new", source, world);
}

std::optional<Silence> read_silence(const Source& source, const RuleWorld& world, Diagnostics& findings) {
  ClauseReader reader(source, "\"12h of feeds tagged mali\"", findings);
  Silence clause;
  clause.span = reader.duration();
  for (const std::string_view word : {"of", "feeds", "tagged"}) reader.expect(word);
  const Token tag = reader.take();
  clause.tag = std::string(tag.text);
  const auto& tags = world.feed_tags;
  if (reader.good() && std::find(tags.begin(), tags.end(), clause.tag) == tags.end())
    reader.wrong(tag, "no feed has the tag \"" + clause.tag + "\"" + did_you_mean(clause.tag, tags));
  reader.end();
  clause.printed = "silence " + collapse_space(source.node->text);
  return reader.good() ? std::optional(std::move(clause)) : std::nullopt;
}

}  // namespace tocsin

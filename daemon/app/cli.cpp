#include "app/cli.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <span>

#include "app/backtest_command.hpp"
#include "app/check_command.hpp"
#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "app/explain_command.hpp"
#include "app/feeds_command.hpp"
#include "app/history_command.hpp"
#include "app/options.hpp"
#include "app/parse_command.hpp"
#include "app/reload_command.hpp"
#include "app/replay_command.hpp"
#include "app/run_command.hpp"
#include "app/status_command.hpp"
#include "app/test_command.hpp"
#include "app/understand_command.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

/// The options of all commands, alive while the command runs; `chosen` is set by the subcommand that was given.
struct CommandLine {
  RunOptions run;
  CheckOptions check;
  TestOptions test;
  ParseOptions parse;
  UnderstandOptions understand;
  ExplainOptions explain;
  ReplayOptions replay;
  HistoryOptions history;
  FeedsListOptions feeds_list;
  FeedsTestOptions feeds_test;
  FeedsAddOptions feeds_add;
  StatusOptions status;
  ConfigOption reload;
  BacktestOptions backtest;
  std::function<int()> chosen;
};

void add_config(CLI::App& command, ConfigOption& option) {
  command.add_option("-c,--config", option.config, "configuration file (default: the shipped one)")->type_name("FILE");
}

void add_run(CLI::App& app, CommandLine& line) {
  auto* c =
      app.add_subcommand("run", "poll, understand, match and alert, in the foreground; SIGHUP reloads, SIGTERM stops");
  add_config(*c, line.run);
  c->add_flag("--once", line.run.once, "poll every feed once, deliver what is due, and end");
  c->callback([&] { line.chosen = [&] { return run_command(line.run); }; });
}

void add_check(CLI::App& app, CommandLine& line) {
  auto* c =
      app.add_subcommand("check", "validate configuration, feeds, rules, assets and recipients; prints every finding");
  add_config(*c, line.check);
  c->add_option("PATH", line.check.paths, "rule files or folders, checked instead of the configuration's rules");
  c->callback([&] { line.chosen = [&] { return check_command(line.check); }; });
}

void add_test(CLI::App& app, CommandLine& line) {
  auto* c = app.add_subcommand("test", "run the tests written in rule files");
  add_config(*c, line.test);
  c->add_flag("-v,--verbose", line.test.verbose, "name the tests that passed, too");
  c->add_flag("--coverage", line.test.coverage, "name the conditions that no test decided both ways");
  c->add_option("PATH", line.test.paths, "rule files or folders (default: the configuration's rules)");
  c->callback([&] { line.chosen = [&] { return test_command(line.test); }; });
}

void add_parse(CLI::App& app, CommandLine& line) {
  auto* c = app.add_subcommand("parse", "read feed documents and print their items");
  c->add_flag("--json", line.parse.json, "one JSON object a file");
  auto* config =
      c->add_option("-c,--config", line.parse.config, "the configuration that holds the feed")->type_name("FILE");
  auto* feed = c->add_option("--feed", line.parse.feed, "read them as documents of this feed, with its mapping")
                   ->type_name("NAME");
  c->add_option("--mapping", line.parse.mapping, "read them by a shipped mapping: acled, gdelt or telegram")
      ->type_name("PRESET")
      ->excludes(feed);
  config->needs(feed);
  c->add_option("FILE", line.parse.files, "feed documents")->required();
  c->callback([&] { line.chosen = [&] { return parse_command(line.parse); }; });
}

void add_understand(CLI::App& app, CommandLine& line) {
  auto* c = app.add_subcommand("understand", "read items as JSON lines on standard input, print what is understood");
  c->add_flag("--jsonl", line.understand.jsonl, "JSON lines in and out (the only form)");
  c->callback([&] { line.chosen = [] { return understand_lines(image_path(), stdin, stdout); }; });
}

void add_explain(CLI::App& app, CommandLine& line) {
  auto* c = app.add_subcommand("explain",
                               "show what is understood of one item, with its proofs, and why each rule fires or not");
  add_config(*c, line.explain);
  auto* json = c->add_flag("--json", line.explain.json, "one JSON object");
  c->add_flag("--case", line.explain.as_case, "a row for tests/cases/understand: mend what is wrong in it")
      ->excludes(json);
  auto* file = c->add_option("FILE", line.explain.file, "plain text, HTML or JSON; - or nothing for standard input");
  auto* item = c->add_option("--item", line.explain.item, "a stored item, by its id")->type_name("ID")->excludes(file);
  c->add_option("--alert", line.explain.alert, "a stored alert, by its code: the whole chain behind it")
      ->type_name("CODE")
      ->excludes(file)
      ->excludes(item);
  c->callback([&] { line.chosen = [&] { return explain_command(line.explain); }; });
}

void add_replay(CLI::App& app, CommandLine& line) {
  auto* c = app.add_subcommand("replay", "run recorded feed documents through the whole pipeline on a simulated clock");
  add_config(*c, line.replay);
  c->add_flag("--json", line.replay.json, "one JSON object an alert");
  c->add_option("--speed", line.replay.speed, "max, or a factor of real time")->type_name("max|N");
  c->add_option("--store", line.replay.store, "keep the history in this file (default: in memory)")->type_name("FILE");
  c->add_option("PATH", line.replay.paths, "a folder of documents, or a series file")->required();
  c->callback([&] { line.chosen = [&] { return replay_command(line.replay); }; });
}

void add_backtest(CLI::App& app, CommandLine& line) {
  auto* c = app.add_subcommand("backtest", "what other rules would have told in the past, beside those in force");
  BacktestOptions& o = line.backtest;
  add_config(*c, o);
  c->add_option("--rules", o.rules, "rule files or folders, in the place of the configuration's")
      ->type_name("PATH")
      ->required();
  c->add_option("--since", o.since, "count what would have been told in the last 7d, 90d ...")
      ->type_name("SPAN")
      ->capture_default_str();
  c->add_flag("--json", o.json, "one JSON object");
  c->callback([&] { line.chosen = [&] { return backtest_command(line.backtest); }; });
}

void add_history(CLI::App& app, CommandLine& line, const std::string& name, const std::string& help) {
  auto* c = app.add_subcommand(name, help);
  HistoryOptions& o = line.history;
  add_config(*c, o);
  c->add_option("--since", o.since, "only the last 15m, 48h, 7d ...")->type_name("SPAN");
  c->add_option("--country", o.country, "ISO 3166-1 alpha-2 code")->type_name("CC");
  c->add_option("--rule", o.rule, "only what this rule named")->type_name("NAME");
  c->add_option("--text", o.text, "words that must occur")->type_name("WORDS");
  c->add_option("--limit", o.limit, "at most so many, newest first")->capture_default_str();
  auto* forms = c->add_option_group("form");
  for (const HistoryForm& form : history_forms())
    forms->add_flag_callback(
        "--" + std::string(form.name), [&o, &form] { o.form = form.name; }, std::string(form.help));
  forms->require_option(0, 1);
  c->callback([&line, name] {
    line.history.what = name;
    line.chosen = [&line] { return history_command(line.history); };
  });
}

void add_status(CLI::App& app, CommandLine& line) {
  auto* c = app.add_subcommand("status", "is it well? Feeds, blind countries, queue, last reload; asks the history");
  add_config(*c, line.status);
  c->add_flag("--json", line.status.json, "one JSON object");
  c->callback([&] { line.chosen = [&] { return status_command(line.status); }; });
}

void add_reload(CLI::App& app, CommandLine& line) {
  auto* c =
      app.add_subcommand("reload", "ask the daemon to take up changed files; 78 and the findings when it refuses them");
  add_config(*c, line.reload);
  c->callback([&] { line.chosen = [&] { return reload_command(line.reload); }; });
}

void add_feeds_list(CLI::App& feeds, CommandLine& line) {
  auto* c = feeds.add_subcommand("list", "the feeds that are polled, and how each fares");
  FeedsListOptions& o = line.feeds_list;
  add_config(*c, o);
  auto* json = c->add_flag("--json", o.json, "one JSON object a feed");
  c->add_flag("--opml", o.opml, "a list for feed readers and for other machines (OPML 2.0)")->excludes(json);
  c->add_flag("--all", o.all, "those that are switched off, too");
  c->add_option("--country", o.country, "only those of this country, ISO 3166-1 alpha-2")->type_name("CC");
  c->callback([&] { line.chosen = [&] { return feeds_list_command(line.feeds_list); }; });
}

void add_feeds_test(CLI::App& feeds, CommandLine& line) {
  auto* c = feeds.add_subcommand("test", "show what would be read, understood and matched of a feed, and every quirk");
  FeedsTestOptions& o = line.feeds_test;
  add_config(*c, o);
  c->add_flag("--json", o.json, "one JSON object");
  c->add_flag("--allow-private", o.allow_private, "permit an address of this machine or the local network");
  c->add_option("--feed", o.feed, "read the document as one of this configured feed")->type_name("NAME");
  c->add_option("SOURCE", o.source, "an address, a file (- for standard input), or the name of a feed")->required();
  c->callback([&] { line.chosen = [&] { return feeds_test_command(line.feeds_test); }; });
}

void add_feeds_add(CLI::App& feeds, CommandLine& line) {
  auto* c = feeds.add_subcommand("add", "test an address and add it, or add the feeds of an OPML list");
  FeedsAddOptions& o = line.feeds_add;
  add_config(*c, o);
  c->add_option("--to", o.to, "the feed file (default: feeds.d/added.yaml beside the configuration)")
      ->type_name("FILE");
  c->add_option("--id", o.id, "its name (default: made of its title)")->type_name("NAME");
  c->add_option("--country", o.countries, "that it is expected to cover; may be repeated")->type_name("CC");
  c->add_option("--reliability", o.reliability, "A to F (default: F, cannot be judged)")->type_name("LETTER");
  c->add_flag("--force", o.force, "add it although no feed is there now");
  c->add_flag("--allow-private", o.allow_private, "permit an address of this machine or the local network");
  c->add_flag("--dry-run", o.dry_run, "print the entries and write nothing");
  c->add_option("SOURCE", o.source, "an address, or an OPML file (- for standard input)")->required();
  c->callback([&] { line.chosen = [&] { return feeds_add_command(line.feeds_add); }; });
}

void add_feeds(CLI::App& app, CommandLine& line) {
  auto* c = app.add_subcommand("feeds", "list, test and add feeds");
  c->require_subcommand(1);
  add_feeds_list(*c, line);
  add_feeds_test(*c, line);
  add_feeds_add(*c, line);
}

void add_commands(CLI::App& app, CommandLine& line) {
  add_run(app, line);
  add_check(app, line);
  add_test(app, line);
  add_parse(app, line);
  add_understand(app, line);
  add_explain(app, line);
  add_replay(app, line);
  add_backtest(app, line);
  add_feeds(app, line);
  add_history(app, line, "alerts", "what people were told");
  add_history(app, line, "incidents", "what happened, as far as the feeds told");
  add_history(app, line, "items", "what was read");
  add_status(app, line);
  add_reload(app, line);
}

/// What is wrong with the command or, in a group like "feeds", with the command behind it; CLI11 would only say that
/// one is needed. "" when they are good, or an option comes first.
std::string fault_of_command(const CLI::App& app, std::span<char* const> words) {
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  if (names.empty()) return "";
  if (words.empty()) return "a command is needed: " + join(names, ", ");
  const std::string word = words.front();
  if (word.starts_with('-')) return "";
  if (std::find(names.begin(), names.end(), word) != names.end())
    return fault_of_command(*app.get_subcommand(word), words.subspan(1));
  const auto near = nearest(word, names);
  return "there is no command \"" + one_line(word) + "\"; " +
         (near.empty() ? "there are " + join(names, ", ") : "did you mean \"" + near + "\"?");
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CommandLine line;
  CLI::App app{"Tocsin, an early-warning alert daemon: incidents instead of headlines, to the right people."};
  app.require_subcommand(1);
  app.set_version_flag("--version", "tocsin " TOCSIN_VERSION);
  add_commands(app, line);
  const std::span<char* const> words(argv + 1, static_cast<std::size_t>(std::max(0, argc - 1)));
  if (const auto fault = fault_of_command(app, words); !fault.empty()) return complain(fault), kUsage;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? kDone : kUsage;
  }
  return line.chosen();
}

}  // namespace tocsin

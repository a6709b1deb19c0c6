// The daemon's part in taking up changed files: who may ask for it, what is swapped, and who is told.
#include "app/console.hpp"
#include "app/daemon.hpp"
#include "app/daemon_parts.hpp"
#include "app/reload_command.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "settings/documents.hpp"

namespace tocsin {

/// The lock on this history is ours, so that the socket beside it is ours, too.
void Daemon::listen_to_admins() {
  if (const auto listening = control_.listen(control_of(world_->settings.store)); !listening)
    log::warning(listening.error().message + "; `tocsin reload` cannot ask this daemon, SIGHUP can");
  tell(news_of_reload({}, world_->settings.organisation));  // of an earlier run: what is in force now was read whole
  try_rules_in_force();
}

void Daemon::answer(std::string_view request, ControlSocket::Reply reply) {
  if (request != kReloadRequest) return reply(unknown_request(request));
  reload([reply = std::move(reply)](const Reloaded& outcome) { reply(reload_answer(outcome)); });
}

void Daemon::reload(Reloader::Told told) {
  systemd_.reloading();
  reloader_.ask(std::move(told));
}

void Daemon::reloaded(Reloaded& outcome) {
  for (const auto line : split(outcome.findings, '\n'))
    if (!line.empty() && !(outcome.refused.empty() && outcome.trial.failed.empty())) log::error(line);
  if (!options_.once)
    heed(outcome.loaded.sources, outcome.loaded.world ? outcome.loaded.world->settings : world_->settings);
  note_reload(outcome.refused);
  if (outcome.refused.empty()) {
    put_in_force(std::move(*outcome.loaded.world));
    log::info(outcome.summary);
    note_trial(outcome.trial);
  } else {
    log::error(outcome.summary);
  }
  tell(news_of_reload(outcome, world_->settings.organisation));
  systemd_.ready();
  systemd_.status(status());
}

/// Kept in the store, too, where `tocsin status` finds it; "" when the configuration is in order.
void Daemon::note_reload(const std::string& refused) {
  refused_reload_ = refused;
  note(kReloadNote, refused);
}

void Daemon::put_in_force(World world) {
  const auto old = std::exchange(world_, for_this_terminal(std::move(world)));
  start_log(world_->settings.log);
  keep_store(old->settings.store);
  for (HttpClient* client : {&polls_, &hooks_}) client->use(http_options(world_->settings));
  pipeline_.use(world_->understander, world_->rules, world_->settings.organisation);
  dispatcher_.use(world_->settings.organisation);
  watch_.use(world_->rules, world_->settings.organisation, world_->settings.blind_after);
  poller_.use(world_->settings.feeds, limits_of(world_->settings), false);
  if (!options_.once) reports_.use(world_->settings.inbound);
}

/// Half a history in either file would be worse than the old place.
void Daemon::keep_store(const std::string& in_use) {
  std::string& configured = world_->settings.store;
  if (configured == in_use) return;
  log::warning("store: " + configured + " is taken up at a restart; until then the history stays in " + in_use);
  configured = in_use;
}

/// From now on the files that were read are watched, and the folders that may come to hold more of them.
void Daemon::heed(const std::map<std::string, std::string>& sources, const Settings& settings) {
  std::set<std::string> files, folders(settings.rule_places.begin(), settings.rule_places.end());
  for (const auto& [file, text] : sources) files.insert(file);
  if (!options_.config.empty()) {
    files.insert(options_.config);
    folders.insert(path_beside(options_.config, kFeedsFolder));
  }
  std::string unwatched = rule_watch_.have_read(files, folders);
  if (unwatched != unwatched_ && !unwatched.empty())
    log::warning("changes will not be noticed by themselves in " + unwatched + "; use `tocsin reload`");
  unwatched_ = std::move(unwatched);
}

void Daemon::try_rules_in_force() {
  worker_.run([this, world = std::shared_ptr<const World>(world_)](const std::stop_token& stop) -> Loop::Callback {
    const auto trial = std::make_shared<TrialRun>(try_rules(*world, stop));
    return [this, world, trial] {
      if (world != world_) return;  // a reload was quicker
      for (const FailedTest& test : trial->failed) log::error(in_words(test));
      note_trial(*trial);
    };
  });
}

void Daemon::note_trial(const TrialRun& trial) {
  reloader_.failing(trial.names());
  failing_tests_ = trial.failed.size();
  note(kTestsNote, tests_note(trial));
  tell(news_of_tests(trial, world_->settings.organisation));
}

void Daemon::tell(const RuleNews& news) {
  send(watch_.say(news.about, news.notice, clock_.now()));
}

}  // namespace tocsin

// The running daemon: one loop that owns the clients, the store, the pipeline, the poller and the dispatcher, and
// reacts to signals. What the parts do stands in their headers; this file only joins them.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "app/dispatcher.hpp"
#include "app/intake.hpp"
#include "app/options.hpp"
#include "app/past.hpp"
#include "app/pipeline.hpp"
#include "app/poller.hpp"
#include "app/reload.hpp"
#include "app/report_desk.hpp"
#include "app/rule_news.hpp"
#include "app/rule_watch.hpp"
#include "app/watch.hpp"
#include "app/world.hpp"
#include "host/clock.hpp"
#include "host/control_socket.hpp"
#include "host/loop.hpp"
#include "host/process_runner.hpp"
#include "host/systemd.hpp"
#include "host/terminal.hpp"
#include "host/worker.hpp"
#include "net/curl_multi.hpp"
#include "net/http_client.hpp"
#include "net/imap_client.hpp"
#include "net/mail_client.hpp"

namespace tocsin {

class Daemon {
 public:
  Daemon(RunOptions options, LoadedWorld loaded, std::unique_ptr<Store> store);
  /// Until a signal, the end of --once, or a store that cannot be written any more; returns the exit code.
  int run();

 private:
  bool recall();
  void listen_to_signals();
  void listen_to_admins();
  void reload(Reloader::Told told = {});
  void reloaded(Reloaded& outcome);
  void put_in_force(World world);
  void heed(const std::map<std::string, std::string>& sources, const Settings& settings);
  void try_rules_in_force();
  void note_trial(const TrialRun& trial);
  void tell(const RuleNews& news);
  void answer(std::string_view request, ControlSocket::Reply reply);
  void keep_store(const std::string& in_use);
  void pump();
  void taken(const Taken& taken);
  void watch();
  void send(const Commit& change);
  void note_reload(const std::string& refused);
  void note_reports();
  void note(const char* about, const std::string& text);
  void supervise();
  void housekeep();
  void sing();
  void end_once();
  void refused_by_store(const std::string& reason);
  void stop(int exit_code);
  [[nodiscard]] std::string status() const;

  RunOptions options_;
  std::shared_ptr<World> world_;  // the worker reads it, too
  std::unique_ptr<Store> store_;
  std::function<double()> random_;
  MachineClock clock_;
  Systemd systemd_ = Systemd::from_environment();
  Loop loop_;
  Worker worker_{loop_};
  CurlMulti transfers_;
  HttpClient polls_, hooks_;  // queues of their own: no alert waits behind a poll
  MailClient mail_;
  ImapClient mailbox_;
  ProcessRunner processes_;
  Terminal terminal_;
  Past past_;
  Pipeline pipeline_;
  Intake intake_;
  Dispatcher dispatcher_;
  Poller poller_;
  ReportDesk reports_;
  Watch watch_;
  Reloader reloader_;
  RuleWatch rule_watch_;
  ControlSocket control_;
  Loop::TimerId next_pump_ = 0;
  std::string unwatched_;        // why changes of a folder will not be noticed
  std::string refused_reload_;   // the first finding of a configuration that was not taken
  std::string reports_trouble_;  // as noted
  std::size_t failing_tests_ = 0;
  bool first_round_over_ = false;
  int exit_code_ = kDone;
};

}  // namespace tocsin

// Where reports of people come in: over HTTP and by mail, both to the intake that feeds go through, too. The daemon has
// one; what the doors do stands in report_requests.hpp and mailbox_reader.hpp.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/intake.hpp"
#include "app/mailbox_reader.hpp"
#include "app/report_requests.hpp"
#include "net/http_server.hpp"
#include "ports/clock.hpp"
#include "ports/mailbox.hpp"

namespace tocsin {

/// A person's reports go through the pipeline as the items of a feed do.
Feed feed_of(const Sender& sender);

class ReportDesk {
 public:
  /// As in Poller. Everything given must outlive this object; `io` is run by one thread.
  struct Surroundings {
    Store& store;
    Intake& intake;
    MailboxTransport& mailbox;
    boost::asio::io_context& io;
    const Clock& clock;
    std::function<void(Millis, std::function<void()>)> after;
    std::function<void(const Taken&)> taken;
    std::function<void(const std::string&)> failed;
  };
  explicit ReportDesk(Surroundings surroundings);

  /// Opens, moves or shuts the doors. An address that is taken is tried again every half minute: an alarm must not stay
  /// down because of a port.
  void use(const Inbound& inbound);
  /// What is wrong with the doors, in words; "" when nothing is.
  [[nodiscard]] std::string trouble() const;

 private:
  void open();
  void watch();
  Result<std::vector<std::string>> keep(const Sender& sender, std::vector<Item> items);
  Result<void> keep_mail(const Sender* sender, std::optional<Item> item, bool is_backlog, const FeedState& state);

  Surroundings around_;
  ReportRequests requests_;
  HttpServer server_;
  MailboxReader mailbox_;
  std::optional<HttpDoor> door_;
  std::string refused_;  // why the last attempt to open it failed
  std::uint64_t generation_ = 0;
};

}  // namespace tocsin

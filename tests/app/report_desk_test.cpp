#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include <boost/asio/io_context.hpp>

#include "app/report_desk.hpp"
#include "fakes/fake_clock.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

class NoMailbox : public MailboxTransport {
 public:
  void look(const MailboxAccess&, std::uint32_t, Millis, std::function<void(MailboxLook)>) override {}
  void fetch(const MailboxAccess&, std::uint32_t, std::uint32_t, std::function<void(MailboxMail)>) override {}
  void mark_unread(const MailboxAccess&, std::uint32_t, std::uint32_t, std::function<void(std::string)>) override {}
};

/// A port of loopback that somebody else listens on.
class TakenPort {
 public:
  TakenPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    socklen_t size = sizeof at;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size);
    port = ntohs(at.sin_port);
  }
  ~TakenPort() { give_back(); }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;
  void give_back() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }
  std::uint16_t port = 0;

 private:
  int socket_;
};

std::size_t times(const std::string& log, const std::string& words) {
  std::size_t n = 0;
  for (auto at = log.find(words); at != std::string::npos; at = log.find(words, at + 1)) ++n;
  return n;
}

TEST(ReportDesk, a_taken_port_is_told_once_and_again_only_when_the_reason_changes) {
  boost::asio::io_context io;
  FakeClock clock;
  NoMailbox mailbox;
  RuleSet rules;
  Organisation organisation;
  auto understander = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image").value();
  auto store = open_sqlite(":memory:").value();
  Pipeline pipeline(understander, rules, organisation);
  Intake intake(*store, pipeline);
  std::vector<std::function<void()>> timers;
  const auto half_a_minute = [&] {
    for (auto& call : std::exchange(timers, {})) call();
  };
  ReportDesk desk({*store, intake, mailbox, io, clock,
                   [&](Millis, std::function<void()> call) { timers.push_back(std::move(call)); }, [](const Taken&) {},
                   [](const std::string&) {}});
  TakenPort taken;
  const std::string at = "127.0.0.1:" + std::to_string(taken.port);
  Inbound inbound;
  inbound.http = HttpDoor{.listen = at, .address = {"127.0.0.1", taken.port, ""}};

  testing::internal::CaptureStderr();
  desk.use(inbound);
  half_a_minute();
  half_a_minute();
  EXPECT_EQ(desk.trouble(), "no reports are taken at " + at + ": cannot listen on " + at + ": Address already in use");
  taken.give_back();
  half_a_minute();
  half_a_minute();
  EXPECT_EQ(desk.trouble(), "");
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(times(log, "cannot listen on"), 1u) << log;
  EXPECT_EQ(times(log, "reports are taken at"), 1u) << log;
}

}  // namespace
}  // namespace tocsin

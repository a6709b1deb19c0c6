// MailClient against tests/fakes/smtp_server.py on loopback.
#include "net/mail_client.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <utility>

#include <boost/asio/io_context.hpp>
#include <chrono>

#include "fake_server.hpp"

namespace tocsin {
namespace {

class Mail : public ::testing::Test {
 protected:
  Mail() : multi(io), client(multi, "tocsin.test") {}
  ~Mail() override { EXPECT_EQ(std::system(("rm -r " + folder).c_str()), 0); }

  MailRequest mail(const FakeServer& server) const {
    return {.url = "smtp://localhost:" + server.port(),
            .user = "duty",
            .password = "canary-pass",
            .ca_file = folder + "/localhost.pem",
            .from = "tocsin@ngo.example",
            .to = {"duty@ngo.example"},
            .message = "Subject: Attack near Gao\n\n.\nThe bell rings.\n..",
            .timeout = 10 * kSecond};
  }

  SendResult sent(MailRequest request) {
    SendResult result;
    bool answered = false;
    client.send(std::move(request), [&](SendResult got) {
      answered = true;
      result = std::move(got);
    });
    EXPECT_FALSE(answered) << "never from inside send()";
    run_until(answered);
    return result;
  }

  void run_until(const bool& done) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    io.restart();
    while (!done && std::chrono::steady_clock::now() < limit) io.run_one_for(std::chrono::seconds(1));
    ASSERT_TRUE(done) << "no answer within 30 s";
  }

  static std::string made_folder() {
    std::string name = "/tmp/tocsin-tls-XXXXXX";
    return ::mkdtemp(name.data());
  }

  std::string folder = made_folder();
  boost::asio::io_context io{1};
  CurlMulti multi;
  MailClient client;
};

}  // namespace

TEST_F(Mail, is_delivered_over_starttls_with_a_login) {
  const FakeServer server("smtp_server.py", {"--tls", folder, "--require-auth"});
  const SendResult result = sent(mail(server));
  EXPECT_TRUE(result.ok) << result.detail;
  EXPECT_EQ(result.code, 250);
  EXPECT_EQ(result.detail, "250 2.0.0 queued as T1");
  const std::string got = server.line();
  EXPECT_NE(got.find(R"("tls": true, "auth": true)"), std::string::npos) << got;
  EXPECT_NE(got.find(R"("helo": "tocsin.test")"), std::string::npos) << got;
  EXPECT_NE(got.find(R"("to": ["duty@ngo.example"])"), std::string::npos) << got;
  EXPECT_NE(got.find(R"("data": "Subject: Attack near Gao\r\n\r\n.\r\nThe bell rings.\r\n..\r\n")"), std::string::npos)
      << "dots at line starts arrive as they were: " << got;
}

TEST_F(Mail, several_messages_use_one_connection_after_the_other) {
  const FakeServer server("smtp_server.py", {"--tls", folder});
  int answers = 0;
  bool all = false;
  for (int i = 0; i < 5; ++i)
    client.send(mail(server), [&](const SendResult& result) {
      EXPECT_TRUE(result.ok) << result.detail;
      all = ++answers == 5;
    });
  run_until(all);
}

TEST_F(Mail, is_not_sent_in_the_clear_when_tls_is_required) {
  const FakeServer server("smtp_server.py");
  const SendResult result = sent(mail(server));
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.ambiguous);
  EXPECT_NE(result.detail.find("STARTTLS"), std::string::npos) << result.detail;
}

TEST_F(Mail, goes_in_the_clear_to_a_relay_that_the_admin_exempted) {
  const FakeServer server("smtp_server.py");
  MailRequest request = mail(server);
  request.require_tls = false;
  request.user = request.password = "";
  EXPECT_TRUE(sent(request).ok);
  EXPECT_NE(server.line().find(R"("tls": false)"), std::string::npos);
}

TEST_F(Mail, an_untrusted_certificate_stops_it) {
  const FakeServer server("smtp_server.py", {"--tls", folder});
  MailRequest request = mail(server);
  request.ca_file = "";
  const SendResult result = sent(request);
  EXPECT_FALSE(result.ok);
  EXPECT_NE(result.detail.find("certificate"), std::string::npos) << result.detail;
}

TEST_F(Mail, a_wrong_password_fails_and_is_repeated_nowhere) {
  const FakeServer server("smtp_server.py", {"--tls", folder, "--fault", "echo-password"});
  const SendResult result = sent(mail(server));
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.ambiguous);
  EXPECT_EQ(result.code, 535);
  EXPECT_EQ(result.detail.find("canary-pass"), std::string::npos) << result.detail;
}

TEST_F(Mail, refusals_are_told_apart_by_their_code) {
  const FakeServer refuses("smtp_server.py", {"--tls", folder, "--fault", "refuse-recipient"});
  const SendResult never = sent(mail(refuses));
  EXPECT_FALSE(never.ok);
  EXPECT_FALSE(never.ambiguous);
  EXPECT_EQ(never.code, 550);
  EXPECT_EQ(never.detail, "550 5.1.1 nobody of that name here");
  const FakeServer waits("smtp_server.py", {"--tls", folder, "--fault", "greylist"});
  EXPECT_EQ(sent(mail(waits)).code, 451);
}

TEST_F(Mail, a_line_cut_after_the_message_is_ambiguous) {
  const FakeServer server("smtp_server.py", {"--tls", folder, "--fault", "die-after-data"});
  const SendResult result = sent(mail(server));
  EXPECT_FALSE(result.ok);
  EXPECT_TRUE(result.ambiguous) << result.code << " " << result.detail;
}

TEST_F(Mail, silence_after_the_message_is_ambiguous) {
  const FakeServer server("smtp_server.py", {"--tls", folder, "--fault", "hang-after-data"});
  MailRequest request = mail(server);
  request.timeout = 1500;
  const SendResult result = sent(request);
  EXPECT_FALSE(result.ok);
  EXPECT_TRUE(result.ambiguous) << result.code << " " << result.detail;
}

TEST_F(Mail, a_closed_port_is_a_plain_failure) {
  const FakeServer server("smtp_server.py");
  MailRequest request = mail(server);
  request.url = "smtp://127.0.0.1:1";
  const SendResult result = sent(request);
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.ambiguous);
  EXPECT_NE(result.detail, "");
}

TEST_F(Mail, refuses_what_is_no_mail_server_and_no_address) {
  MailRequest request = {.url = "http://x.org", .from = "a@x.org", .to = {"b@x.org"}};
  EXPECT_EQ(sent(request).detail, "a mail server is smtp:// or smtps://");
  request.url = "smtp://x.org";
  request.to = {"b@x.org\r\nRCPT TO:<c@x.org>"};
  EXPECT_EQ(sent(request).detail, "the recipient \"b@x.org  RCPT TO:<c@x.org>\" is no mail address");
}

}  // namespace tocsin

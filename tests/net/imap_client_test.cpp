// ImapClient against tests/fakes/imap_server.py on loopback.
#include "net/imap_client.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <utility>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <fstream>

#include "fake_server.hpp"
#include "net/imap_replies.hpp"

namespace tocsin {
namespace {

class Imap : public ::testing::Test {
 protected:
  Imap() : multi(io), client(multi) {}
  ~Imap() override { EXPECT_EQ(std::system(("rm -r " + folder).c_str()), 0); }

  void put(const std::string& name, const std::string& text) const {
    std::ofstream(folder + "/" + name, std::ios::binary) << text;
  }
  FakeServer server(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{folder, "--tls", folder};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return FakeServer("imap_server.py", arguments);
  }
  MailboxAccess access(const FakeServer& to) const {
    return {.url = "imaps://localhost:" + to.port() + "/INBOX",
            .user = "desk",
            .password = "canary-pass",
            .ca_file = folder + "/localhost.pem",
            .timeout = 10 * kSecond,
            .max_size = 4096};
  }

  template <class Answer>
  Answer wait_for(const std::function<void(std::function<void(Answer)>)>& ask) {
    Answer answer;
    bool answered = false;
    ask([&](Answer got) {
      answered = true;
      answer = std::move(got);
    });
    EXPECT_FALSE(answered) << "never from inside the call";
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    io.restart();
    while (!answered && std::chrono::steady_clock::now() < limit) io.run_one_for(std::chrono::seconds(1));
    EXPECT_TRUE(answered) << "no answer within 30 s";
    return answer;
  }
  MailboxLook look(const MailboxAccess& at, std::uint32_t after = 0) {
    return wait_for<MailboxLook>([&](auto done) { client.look(at, after, 0, std::move(done)); });
  }
  MailboxMail fetch(const MailboxAccess& at, std::uint32_t uid, std::uint32_t validity = 1000) {
    return wait_for<MailboxMail>([&](auto done) { client.fetch(at, validity, uid, std::move(done)); });
  }
  std::string mark_unread(const MailboxAccess& at, std::uint32_t uid) {
    return wait_for<std::string>([&](auto done) { client.mark_unread(at, 1000, uid, std::move(done)); });
  }

  static std::string made_folder() {
    std::string name = "/tmp/tocsin-imap-XXXXXX";
    return ::mkdtemp(name.data());
  }
  std::string folder = made_folder();
  boost::asio::io_context io{1};
  CurlMulti multi;
  ImapClient client;
};

}  // namespace

TEST_F(Imap, shows_the_mails_above_a_uid) {
  put("3.eml", "x");
  put("7.eml", "y");
  const FakeServer fake = server();
  const MailboxLook all = look(access(fake));
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.validity, 1000u);
  EXPECT_EQ(all.uids, (std::vector<std::uint32_t>{3, 7}));
  const MailboxLook none = look(access(fake), 7);
  EXPECT_EQ(none.validity, 1000u) << "known also on a kept connection";
  EXPECT_TRUE(none.uids.empty()) << "\"8:*\" names 7 nevertheless";
}

TEST_F(Imap, fetches_a_mail_byte_for_byte_and_no_more_than_was_asked_for) {
  const std::string tricky =
      "Subject: x\r\n\r\nA003 OK done\r\n)\r\n* 9 FETCH {3}\r\n\xC3\xA9\r\n.\r\n* OK [UIDVALIDITY 6]\r\n";
  put("1.eml", tricky);
  put("2.eml", std::string(10'000, 'x'));
  const FakeServer fake = server();
  EXPECT_EQ(fetch(access(fake), 1).bytes, tricky) << "lines that look like the server's are the mail's";
  EXPECT_EQ(fetch(access(fake), 2).bytes, std::string(4096, 'x'));
  EXPECT_EQ(look(access(fake)).validity, 1000u);
}

TEST_F(Imap, a_mail_that_was_deleted_is_gone_and_no_error) {
  put("1.eml", "x");
  const FakeServer fake = server();
  const MailboxMail mail = fetch(access(fake), 5);
  EXPECT_TRUE(mail.gone);
  EXPECT_EQ(mail.error, "");
  EXPECT_EQ(fetch(access(fake), 1).bytes, "x") << "the connection goes on";
}

TEST_F(Imap, of_a_mailbox_that_was_made_anew_nothing_is_fetched_by_old_numbers) {
  put("1.eml", "another mail");
  put("VALIDITY", "1001");
  const FakeServer fake = server();
  EXPECT_TRUE(fetch(access(fake), 1).gone);
}

TEST_F(Imap, takes_the_mark_off_again) {
  put("1.eml", "x");
  const FakeServer fake = server();
  EXPECT_EQ(fetch(access(fake), 1).error, "");
  EXPECT_EQ(mark_unread(access(fake), 1), "");
  std::string line;
  while (line.rfind("UID STORE", 0) != 0) line = fake.line();
  EXPECT_EQ(line, "UID STORE 1 -FLAGS.SILENT (\\Seen)");
}

TEST_F(Imap, starttls_is_used_and_demanded) {
  put("1.eml", "x");
  const FakeServer with = server({"--starttls"});
  MailboxAccess at = access(with);
  at.url = "imap://localhost:" + with.port() + "/INBOX";
  EXPECT_EQ(look(at).error, "");
  const FakeServer without("imap_server.py", {folder});
  at.url = "imap://localhost:" + without.port() + "/INBOX";
  EXPECT_NE(look(at).error, "");
  at.require_tls = false;
  EXPECT_EQ(look(at).error, "");
}

TEST_F(Imap, a_wrong_password_is_told_and_not_repeated) {
  const FakeServer fake = server();
  MailboxAccess at = access(fake);
  at.password = "canary-wrong";
  const std::string error = look(at).error;
  EXPECT_EQ(error, "the server refused user and password");
  EXPECT_EQ(look(access(fake)).error, "") << "the next attempt begins anew";
}

TEST_F(Imap, broken_servers_are_errors_in_words_within_their_time) {
  put("1.eml", std::string(2000, 'x'));
  const FakeServer dies = server({"--fault", "die-on-fetch"}), endless = server({"--fault", "endless"}),
                   nameless = server({"--fault", "no-validity"}), silent = server({"--fault", "silent"});
  EXPECT_NE(fetch(access(dies), 1).error, "");
  EXPECT_EQ(fetch(access(endless), 1).error, "the server sent more than was asked for");
  EXPECT_EQ(look(access(nameless)).error, "the server names no UIDVALIDITY for this mailbox");
  MailboxAccess at = access(silent);
  at.timeout = 1500;
  EXPECT_NE(look(at).error, "");
  at.url = "imaps://127.0.0.1:1/INBOX";
  EXPECT_NE(look(at).error, "");
}

TEST_F(Imap, an_untrusted_certificate_stops_it) {
  const FakeServer fake = server();
  MailboxAccess at = access(fake);
  at.ca_file = "";
  EXPECT_NE(look(at).error.find("certificate"), std::string::npos);
}

TEST(ImapReplies, a_search_names_uids_and_a_day) {
  EXPECT_EQ(search_command(45, 0), "UID SEARCH UID 46:*");
  EXPECT_EQ(search_command(0, *parse_rfc3339("2026-11-02T23:59:00Z")), "UID SEARCH UID 1:* SINCE 2-Nov-2026");
  EXPECT_EQ(search_command(4294967295, 0), "UID SEARCH UID 4294967296:*");
}

TEST(ImapReplies, results_are_sorted_once_each_and_only_new_ones) {
  EXPECT_EQ(search_results("* SEARCH 9 4 4 7\r\n* search 12\r\n* SEARCH\r\nA1 OK\r\n", 4),
            (std::vector<std::uint32_t>{7, 9, 12}));
  EXPECT_TRUE(search_results("* SEARCH x -1 99999999999999\r\n", 0).empty());
}

TEST(ImapReplies, the_validity_is_read_from_lines_of_the_server) {
  EXPECT_EQ(uid_validity("* OK [UIDVALIDITY 17] x\r\n"), 17u);
  EXPECT_EQ(uid_validity("A1 OK [UIDVALIDITY 17]"), std::nullopt);
  EXPECT_EQ(uid_validity("* OK [UIDNEXT 17]"), std::nullopt);
}

}  // namespace tocsin

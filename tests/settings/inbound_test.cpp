#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/hash.hpp"
#include "settings/inbound_reader.hpp"
#include "settings/inbound_rows.hpp"

namespace tocsin {
namespace {

namespace fs = std::filesystem;

class InboundSettings : public ::testing::Test {
 protected:
  InboundSettings() : folder_(fs::path(::testing::TempDir()) / ("inbound-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    write("gao.token", "a-token-of-the-field-office\n");
    write("imap", "mail-password\n");
  }
  ~InboundSettings() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text, mode_t mode = 0600) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), mode);
    return path.string();
  }
  LoadedSettings load(const std::string& text) { return load_settings(write("tocsin.yaml", text), ""); }
  /// "LINE:COL CODE" of every finding.
  std::vector<std::string> findings(const std::string& text) {
    std::vector<std::string> out;
    const auto loaded = load(text);
    for (const auto& d : loaded.findings.all())
      out.push_back(std::to_string(d.at.line) + ":" + std::to_string(d.at.column) + " " + d.code);
    return out;
  }
  fs::path folder_;
};
using Findings = std::vector<std::string>;

constexpr const char* kBothDoors = R"(inbound:
  http: {listen: "127.0.0.1:8470"}
  imap:
    url: imaps://mail.example.org/INBOX
    user: tocsin
    password_file: imap
    authentication_results: mail.example.org
  senders:
    field-gao:
      token_file: gao.token
      address: [Amina@Example.org, amina@field.example.org]
      reliability: B
      countries: [ML]
    partner: {address: desk@partner.example}
)";

}  // namespace

TEST_F(InboundSettings, hold_the_doors_and_who_may_use_them) {
  const auto loaded = load(kBothDoors);
  EXPECT_TRUE(loaded.findings.all().empty());
  const Inbound& inbound = loaded.settings.inbound;
  EXPECT_EQ(inbound.http->address, (ListenAddress{"127.0.0.1", 8470, ""}));
  EXPECT_EQ(inbound.mail->password, "mail-password");
  ASSERT_EQ(inbound.senders.size(), 2u);
  const Sender& gao = inbound.senders[0];
  EXPECT_EQ(gao.publisher, "field-gao");
  EXPECT_EQ(gao.reliability, 'B');
  EXPECT_EQ(gao.addresses, (std::vector<std::string>{"amina@example.org", "amina@field.example.org"}));
  EXPECT_EQ(gao.token_hash, sha256_hex("a-token-of-the-field-office")) << "the token itself is forgotten";
  EXPECT_EQ(inbound.senders[1].reliability, 'F') << "who is not judged cannot be judged";
}

TEST_F(InboundSettings, are_empty_when_nothing_is_said_and_no_door_is_open) {
  const auto loaded = load("log: info\n");
  EXPECT_FALSE(loaded.settings.inbound.http || loaded.settings.inbound.mail);
}

TEST_F(InboundSettings, a_token_is_long_in_a_file_and_of_one_sender) {
  write("short", "letmein\n");
  EXPECT_EQ(findings("inbound:\n  http: {listen: \"[::1]:1\"}\n  senders:\n    a: {token_file: short}\n"),
            (Findings{"2:3 S032", "4:21 S031"}));
  EXPECT_EQ(findings("inbound:\n  http: {listen: \"[::1]:1\"}\n  senders:\n    a: {token_file: none}\n"),
            (Findings{"2:3 S032", "4:21 S012"}));
  EXPECT_EQ(findings("inbound:\n  http: {listen: \"[::1]:1\"}\n  senders:\n    a: {token_file: gao.token}\n"
                     "    b: {token_file: gao.token}\n"),
            (Findings{"5:21 S007"}));
}

TEST_F(InboundSettings, a_secret_that_others_may_read_is_a_warning) {
  write("gao.token", "a-token-of-the-field-office\n", 0644);
  const auto loaded =
      load("inbound:\n  http: {listen: \"unix:/run/t.sock\"}\n  senders:\n    a: {token_file: gao.token}\n");
  ASSERT_EQ(loaded.findings.all().size(), 1u);
  EXPECT_EQ(loaded.findings.all()[0].code, "S013");
  EXPECT_EQ(loaded.settings.inbound.http->address.path, "/run/t.sock");
}

TEST_F(InboundSettings, a_sender_has_a_way_to_report_an_own_address_and_no_feeds_name) {
  EXPECT_EQ(findings("inbound:\n  senders:\n    a: {reliability: B}\n"), (Findings{"3:5 S004"}));
  EXPECT_EQ(findings(std::string(kBothDoors) + "    other: {address: AMINA@example.org}\n"), (Findings{"15:22 S007"}));
  EXPECT_EQ(findings(std::string(kBothDoors) + "    other: {address: amina}\n"), (Findings{"15:22 S005"}));
  EXPECT_EQ(findings("feeds: {bbc: {url: https://bbc.example/feed}}\ninbound:\n  http: {listen: \"127.0.0.1:80\"}\n"
                     "  senders:\n    bbc: {token_file: gao.token}\n"),
            (Findings{"5:5 S007"}));
}

TEST_F(InboundSettings, unencrypted_ways_and_believed_from_lines_are_warnings) {
  EXPECT_EQ(findings("inbound:\n  http: {listen: \"0.0.0.0:8470\"}\n  senders: {a: {token_file: gao.token}}\n"),
            (Findings{"2:18 S030"}));
  EXPECT_EQ(findings("inbound:\n  imap: {url: imap://m/INBOX, user: t, password_file: imap, require_tls: no, "
                     "authentication_results: none}\n  senders: {a: {address: a@b.c}}\n"),
            (Findings{"2:74 S030", "2:102 S033"}));
}

TEST_F(InboundSettings, a_door_without_users_and_a_key_without_a_door_are_warnings) {
  EXPECT_EQ(findings("inbound:\n  http: {listen: \"127.0.0.1:8470\"}\n"), (Findings{"2:3 S032"}));
  EXPECT_EQ(findings("inbound:\n  senders: {a: {token_file: gao.token, address: a@b.c}}\n"),
            (Findings{"2:3 S032", "2:3 S032"}));
}

TEST_F(InboundSettings, slips_are_found) {
  EXPECT_EQ(findings("inbound:\n  htp: {}\n"), (Findings{"2:3 S003"}));
  EXPECT_EQ(findings("inbound:\n  http: {}\n"), (Findings{"2:3 S004", "2:3 S032"}));
  EXPECT_EQ(findings("inbound: [http]\n"), (Findings{"1:10 S002"}));
  for (const char* url : {"imaps://m", "imaps:///INBOX", "imaps://m/INBOX;UID=1", "m/INBOX"})
    EXPECT_EQ(findings("inbound:\n  imap: {url: \"" + std::string(url) +
                       "\", user: t, password_file: imap, authentication_results: m}\n"
                       "  senders: {a: {address: a@b.c}}\n"),
              (Findings{"2:15 S005"}))
        << url;
  EXPECT_EQ(findings("inbound:\n  imap: {url: https://m, user: t, password_file: imap, authentication_results: m}\n"
                     "  senders: {a: {address: a@b.c}}\n"),
            (Findings{"2:15 S005"}));
}

TEST(Listen, takes_an_address_with_a_port_or_a_socket) {
  EXPECT_EQ(*parse_listen("[::1]:443"), (ListenAddress{"::1", 443, ""}));
  EXPECT_EQ(*parse_listen("unix:/run/tocsin/r.sock"), (ListenAddress{"", 0, "/run/tocsin/r.sock"}));
  for (const char* wrong : {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:80x", ":80",
                            "localhost:80", "::1:80", "[::1]", "[127.0.0.1]:80", "unix:", "unix:run.sock"})
    EXPECT_FALSE(parse_listen(wrong)) << wrong;
  EXPECT_FALSE(parse_listen("unix:/" + std::string(200, 'x')));
}

TEST(InboundRows, are_documented_with_their_defaults) {
  std::ifstream file(std::string(TOCSIN_SOURCE_DIR) + "/docs/configuration.md");
  const std::string docs{std::istreambuf_iterator<char>(file), {}};
  const auto expect_rows = [&](const auto& rows) {
    for (const auto& row : rows) {
      std::string fallback(row.fallback);
      if (!fallback.empty() && fallback != "required") fallback = "`" + fallback + "`";
      const std::string end = " | " + fallback + " | " + std::string(row.help) + " |";
      EXPECT_NE(docs.find(end), std::string::npos) << row.name << end;
    }
  };
  expect_rows(kHttpDoorRows);
  expect_rows(kMailDoorRows);
  expect_rows(kSenderRows);
}

}  // namespace tocsin

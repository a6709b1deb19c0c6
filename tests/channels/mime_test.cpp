#include "channels/mime.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/mail_date.hpp"
#include "base/text.hpp"

namespace tocsin {
namespace {

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i];
    } else if (text.substr(i + 1, 2) == "\r\n") {
      i += 2;
    } else {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    }
  }
  return out;
}

void expect_safe_lines(std::string_view text, std::size_t longest) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    ASSERT_TRUE(text[i] != '\r' || text.substr(i, 2) == "\r\n");
    ASSERT_TRUE(text[i] != '\n' || (i > 0 && text[i - 1] == '\r'));
  }
  for (const auto line : split(text, '\n')) EXPECT_LE(line.size(), longest + 1) << line;
}

TEST(QuotedPrintable, keeps_plain_text_readable) {
  EXPECT_EQ(quoted_printable("Attack at 05:10, 77+ killed\n"), "Attack at 05:10, 77+ killed\r\n");
}

TEST(QuotedPrintable, encodes_what_mail_would_break) {
  EXPECT_EQ(quoted_printable("é=\n"), "=C3=A9=3D\r\n");
  EXPECT_EQ(quoted_printable("end \n"), "end=20\r\n");
  EXPECT_EQ(quoted_printable(".\n..x\nFrom me\n"), "=2E\r\n=2E.x\r\n=46rom me\r\n");
  EXPECT_EQ(quoted_printable("a\r\nb\rc\n"), "a\r\nb=0Dc\r\n");
}

TEST(QuotedPrintable, decodes_to_the_same_bytes_whatever_they_are) {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (std::size_t n = random() % 300; n > 0; --n) bytes += static_cast<char>(random() % (round % 2 ? 256 : 64));
    for (auto at = bytes.find('\r'); at != std::string::npos; at = bytes.find('\r')) bytes.erase(at, 1);
    const std::string encoded = quoted_printable(bytes);
    expect_safe_lines(encoded, 76);
    ASSERT_EQ(encoded.find("\n."), std::string::npos);
    std::string expected;
    for (const char c : bytes) expected += c == '\n' ? std::string("\r\n") : std::string(1, c);
    std::string decoded = decode_quoted_printable(encoded);
    if (!bytes.ends_with('\n')) decoded.resize(decoded.size() - 2);
    ASSERT_EQ(decoded, expected);
  }
}

TEST(Header, plain_ascii_stays_and_folds_before_words) {
  EXPECT_EQ(header("Subject", "short"), "Subject: short\r\n");
  const std::string folded = header("Subject", std::string(60, 'a') + " " + std::string(60, 'b'));
  EXPECT_EQ(folded, "Subject: " + std::string(60, 'a') + "\r\n " + std::string(60, 'b') + "\r\n");
}

TEST(Header, other_text_becomes_encoded_words_of_whole_characters) {
  EXPECT_EQ(header("Subject", "Enlèvement à Gao"), "Subject: =?UTF-8?Q?Enl=C3=A8vement_=C3=A0_Gao?=\r\n");
  std::string text;
  for (int i = 0; i < 200; ++i) text += "é日";
  const std::string out = header("Subject", text);
  expect_safe_lines(out, 76);
  for (const auto line : split(out, '\n')) EXPECT_TRUE(line.empty() || line.ends_with("?=\r")) << line;
}

TEST(Header, no_text_can_begin_another_header) {
  EXPECT_EQ(header("Subject", "a\r\nBcc: b"), "Subject: a Bcc: b\r\n");
  EXPECT_EQ(header("Subject", "=?UTF-8?Q?x?="), "Subject: =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?=\r\n");
}

TEST(Mailbox, is_an_address_with_or_without_a_name) {
  EXPECT_EQ(parse_mailbox("duty@example.org")->address, "duty@example.org");
  EXPECT_EQ(parse_mailbox(" \"Duty, Gao\" <duty+gao@mail.example.org> ")->name, "Duty, Gao");
  EXPECT_EQ(mailbox_text({"Duty, Gao", "d@example.org"}), "\"Duty, Gao\" <d@example.org>");
  EXPECT_EQ(mailbox_text({"Sécurité", "d@example.org"}), "=?UTF-8?Q?S=C3=A9curit=C3=A9?=\r\n <d@example.org>");
}

TEST(Mailbox, refuses_what_could_reach_somebody_else) {
  for (const char* bad :
       {"", "duty", "@example.org", "duty@", "a@b@c", "a b@example.org", "a@exa mple.org", "a@example.org>",
        "<a@example.org", "a@example.org\r\nBcc: x@example.org", ".a@example.org", "a..b@example.org", "a@-example.org",
        "a,b@example.org", "é@example.org", "x\" <a@b\"@example.org>"})
    EXPECT_FALSE(parse_mailbox(bad)) << bad;
}

TEST(MailDate, is_in_utc_with_english_names) {
  EXPECT_EQ(mail_date(*parse_rfc3339("2024-09-17T05:10:00Z")), "Tue, 17 Sep 2024 05:10:00 +0000");
}

}  // namespace
}  // namespace tocsin

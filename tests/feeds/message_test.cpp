#include "feeds/message.hpp"

#include <gtest/gtest.h>

#include "feeds/mail_encodings.hpp"
#include "feeds/mail_headers.hpp"
#include "feeds/mail_text.hpp"

namespace tocsin {
namespace {

/// A mail of our field office with these further headers and this body.
std::string mail(const std::string& headers, const std::string& body) {
  return "From: Amina <Amina@field.example.org>\r\nSubject: Shots at the market\r\n"
         "Date: Tue, 17 Sep 2024 05:40:00 +0000\r\nMessage-ID: <m1@field.example.org>\r\n" +
         headers + "\r\n" + body;
}
std::string text_of(const std::string& headers, const std::string& body) {
  return read_mail(mail(headers, body)).item.text;
}
bool believed(const std::string& results, const std::string& host = "mx.example.org") {
  return vouched_for(read_mail(mail("Authentication-Results: " + results + "\r\n", "x")), host).has_value();
}

}  // namespace

TEST(Message, is_an_item_of_its_writer) {
  const MailReport report = read_mail(mail("", "Gunmen attacked the market of Gao.\r\n"));
  EXPECT_EQ(report.from, "amina@field.example.org");
  EXPECT_EQ(report.item.id, "m1@field.example.org");
  EXPECT_EQ(report.item.title, "Shots at the market");
  EXPECT_EQ(report.item.text, "Gunmen attacked the market of Gao.");
  EXPECT_EQ(report.item.published, parse_rfc3339("2024-09-17T05:40:00Z"));
  EXPECT_EQ(report.automatic, "");
}

TEST(Message, without_an_id_is_known_by_its_words) {
  const auto id = [](const char* text) { return read_mail(std::string("From: a@b.c\n\n") + text).item.id; };
  EXPECT_EQ(id("one").substr(0, 5), "hash:");
  EXPECT_EQ(id("one"), id("one"));
  EXPECT_NE(id("one"), id("two"));
}

TEST(Message, headers_are_folded_and_foreign_letters_encoded) {
  const MailReport report = read_mail(
      "From: =?utf-8?q?Aminata_Sow?=\n <a@example.org>\nSubject: =?iso-8859-1?Q?Attaque_=E0?=\n "
      "=?utf-8?B?IETDqWJv?= hier\n\nx");
  EXPECT_EQ(report.from, "a@example.org");
  EXPECT_EQ(report.item.title, "Attaque à Débo hier");
}

TEST(EncodedWords, are_read_as_mailers_write_them) {
  EXPECT_EQ(decoded_words("plain text"), "plain text");
  EXPECT_EQ(decoded_words("=?UTF-8?B?w6k=?= =?UTF-8?B?w6g=?="), "éè") << "no blank between two words";
  EXPECT_EQ(decoded_words("=?utf-8?B?w6nD?= =?utf-8?B?qA==?="), "éè") << "a letter cut in two";
  EXPECT_EQ(decoded_words("=?utf-8*fr?Q?d=C3=A9j=C3=A0_vu?="), "déjà vu") << "RFC 2231 language";
  EXPECT_EQ(decoded_words("a =?x?y?z?= =?broken"), "a =?x?y?z?= =?broken");
  EXPECT_EQ(decoded_words("D\xE9j\xE0"), "Déjà") << "raw bytes";
  EXPECT_EQ(decoded_words("a=?utf-8?Q?=0D=0AX-Evil:_1?="), "a X-Evil: 1") << "one line";
}

TEST(Base64, skips_what_is_none_of_its_digits) {
  EXPECT_EQ(from_base64("R3Vu\r\nZmly ZQ==\r\n"), "Gunfire");
  EXPECT_EQ(from_base64("R3Vu*"), "Gun");
  EXPECT_EQ(from_base64("R2E=bw=="), "Gao") << "two runs";
  EXPECT_EQ(from_base64(""), "");
}

TEST(QuotedPrintable, joins_lines_and_keeps_what_is_no_escape) {
  EXPECT_EQ(from_quoted_printable("caf=C3=A9 =\r\nnoir = 5 =zz ="), "café noir = 5 =zz ");
  EXPECT_EQ(from_quoted_printable("a=  \r\nb=3d"), "ab=");
}

TEST(Message, plain_text_is_preferred_to_html) {
  const std::string both =
      "--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Gunmen <b>attacked</b> Gao</p>\r\n"
      "--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "Attaque =E0 Gao\r\n--x--\r\nepilogue";
  EXPECT_EQ(text_of("Content-Type: multipart/alternative; boundary=x\r\n", both), "Attaque à Gao");
  EXPECT_EQ(text_of("Content-Type: text/html\r\n", "<p>Gunmen</p><p>attacked</p>"), "Gunmen\nattacked");
}

TEST(Message, attachments_are_not_read_and_text_around_a_picture_is) {
  const std::string mixed =
      "preamble\r\n--b 1\r\n\r\nbefore\r\n--b 1\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n"
      "AAAA\r\n--b 1\r\nContent-Disposition: attachment; filename=x.txt\r\n\r\nsecret list\r\n--b 1\r\n\r\nafter";
  EXPECT_EQ(text_of("Content-Type: multipart/mixed; boundary=\"b 1\"\r\n", mixed), "before\n\nafter");
}

TEST(Message, of_nested_parts_the_readable_one_is_found) {
  const std::string nested =
      "--o\nContent-Type: multipart/related; boundary=oi\n\n--oi\nContent-Type: multipart/alternative; boundary=oia\n\n"
      "--oia\nContent-Type: text/plain\n\nthe words\n--oia\nContent-Type: "
      "text/html\n\n<p>no</p>\n--oia--\n--oi--\n--o--\n";
  EXPECT_EQ(text_of("Content-Type: multipart/mixed; boundary=o\n", nested), "the words");
}

TEST(Message, flowed_lines_are_joined) {
  EXPECT_EQ(text_of("Content-Type: text/plain; format=flowed\r\n", "Gunmen attacked \r\nthe market.\r\n Two dead."),
            "Gunmen attacked the market.\nTwo dead.");
}

TEST(OwnWords, leave_quotes_signatures_and_phone_lines_out) {
  EXPECT_EQ(own_words("Two wounded.\n\nOn Tue, 17 Sep 2024, Tocsin wrote:\n> Attack in Gao\n> Hibernate.\n"),
            "Two wounded.");
  EXPECT_EQ(own_words("Deux blessés.\n\nLe mar. 17 sept. 2024 à 05:40, Tocsin <t@x.org>\na écrit :\n\n> Attaque\n"),
            "Deux blessés.");
  EXPECT_EQ(own_words("> Where?\nAt the bridge.\n> When?\nAt noon.\n"), "At the bridge.\nAt noon.");
  EXPECT_EQ(own_words("Calm again.\n-- \nAmina\nField office"), "Calm again.");
  EXPECT_EQ(own_words("Shots.\n\nSent from my phone"), "Shots.");
  EXPECT_EQ(own_words("Shots.\n-----Original Message-----\nFrom: x\nold"), "Shots.");
  EXPECT_EQ(own_words("Shots.\n________________________________\nDe : x\nold"), "Shots.");
  EXPECT_EQ(own_words("Shots.\nOn 17 Sep Tocsin <t@x.org> wrote:\nold words without signs"), "Shots.");
}

TEST(OwnWords, keep_what_only_looks_like_a_quote_and_what_was_forwarded) {
  EXPECT_EQ(own_words("The commander wrote:\nwe leave Gao."), "The commander wrote:\nwe leave Gao.");
  EXPECT_EQ(own_words("---------- Forwarded message ---------\nFrom: chief\nGunmen came."),
            "---------- Forwarded message ---------\nFrom: chief\nGunmen came.");
  EXPECT_EQ(own_words("> only a quote"), "> only a quote") << "a mail never becomes empty";
}

TEST(Subjects, lose_the_marks_of_replies) {
  EXPECT_EQ(bare_subject("RE: Tr : Fwd: Gao"), "Gao");
  EXPECT_EQ(bare_subject("Attack: two dead"), "Attack: two dead");
  EXPECT_EQ(bare_subject("re:"), "");
}

TEST(Addresses, are_single_or_none) {
  EXPECT_EQ(single_address("a@b.c"), "a@b.c");
  EXPECT_EQ(single_address("\"Sow, A. <x@y>\" (at home) <A@B.c>"), "a@b.c");
  for (const char* wrong : {"", "Amina", "a@b.c, d@e.f", "a@b.c <d@e.f>", "A <a@b.c>, B <d@e.f>", "<a@b.c", "<@b>",
                            "a@b@c", "group: a@b.c;"})
    EXPECT_EQ(single_address(wrong), "") << wrong;
}

TEST(Message, with_two_from_lines_has_no_writer) {
  EXPECT_EQ(read_mail("From: a@b.c\nFrom: d@e.f\n\nx").from, "");
}

TEST(Message, that_no_person_wrote_says_so) {
  EXPECT_EQ(read_mail(mail("Auto-Submitted: auto-replied\r\n", "I am away")).automatic, "an automatic reply");
  EXPECT_EQ(read_mail(mail("X-Tocsin-Key: 4F2K/1\r\n", "Attack")).automatic, "an alert of Tocsin itself");
  EXPECT_EQ(read_mail(mail("Content-Type: multipart/report; boundary=x\r\n", "")).automatic, "a delivery report");
}

TEST(Authentication, dmarc_dkim_or_spf_of_the_writers_domain_vouches) {
  EXPECT_TRUE(believed("mx.example.org; dmarc=pass (p=reject) header.from=field.example.org"));
  EXPECT_TRUE(
      believed("mx.example.org 1; spf=fail smtp.mailfrom=x@bulk.example; dkim=pass (2048 bit) header.d=example.org"));
  EXPECT_TRUE(believed("MX.example.org; spf=pass smtp.mailfrom=bounce@field.example.org"));
  EXPECT_TRUE(believed("mx.example.org; dkim=pass header.i=@field.example.org"));
  EXPECT_TRUE(believed("mx.example.org; auth=pass smtp.auth=amina@field.example.org"));
}

TEST(Authentication, anything_else_does_not) {
  EXPECT_FALSE(believed("mx.example.org; none"));
  EXPECT_FALSE(believed("mx.example.org; dkim=pass header.d=evil.example"));
  EXPECT_FALSE(believed("mx.example.org; dkim=pass header.d=org")) << "a top-level domain vouches for nobody";
  EXPECT_FALSE(believed("mx.example.org; dkim=pass header.d=xfield.example.org"));
  EXPECT_FALSE(believed("mx.example.org; dkim=fail header.d=field.example.org"));
  EXPECT_FALSE(believed("mx.example.org; dmarc=pass")) << "of which domain?";
  EXPECT_FALSE(believed("mx.example.org; spf=pass smtp.helo=field.example.org"));
  EXPECT_FALSE(believed("mx.example.org; auth=pass smtp.auth=other@field.example.org"));
  EXPECT_FALSE(believed("evil.example; dmarc=pass header.from=field.example.org"));
  EXPECT_FALSE(believed("mx.example.org (; dmarc=pass header.from=field.example.org)"));
  EXPECT_FALSE(believed("mx.example.org; x=\"; dmarc=pass header.from=field.example.org"));
}

TEST(Authentication, only_the_topmost_header_counts) {
  const std::string theirs = "Authentication-Results: mx.example.org; dmarc=pass header.from=field.example.org\r\n";
  const std::string ours = "Authentication-Results: mx.example.org; dmarc=fail header.from=field.example.org\r\n";
  EXPECT_FALSE(vouched_for(read_mail(mail(ours + theirs, "x")), "mx.example.org"));
  EXPECT_FALSE(vouched_for(read_mail(mail("", "x")), "mx.example.org"));
}

TEST(Message, deep_and_wide_mails_are_read_within_bounds) {
  std::string deep = "Content-Type: multipart/mixed; boundary=b\n\n", wide = deep;
  for (int i = 0; i < 5000; ++i) deep += "--b\nContent-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 50'000; ++i) wide += "--b\n\nx\n";
  EXPECT_LT(read_mail(deep).item.text.size(), 1000u);
  EXPECT_LT(read_mail(wide).item.text.size(), 1000u);
  std::string headers;
  for (int i = 0; i < 100'000; ++i) headers += "X: y\n continued\n";
  EXPECT_EQ(read_mail(headers + "\nbody").item.text, "body");
}

TEST(Message, cut_anywhere_is_still_read) {
  const std::string whole = mail("Content-Type: multipart/alternative; boundary=\"x\"\r\n",
                                 "--x\r\nContent-Transfer-Encoding: base64\r\n\r\nR3VubWVu\r\n--x--\r\n");
  for (std::size_t length = 0; length <= whole.size(); ++length)
    EXPECT_FALSE(read_mail(std::string_view(whole).substr(0, length)).item.id.empty());
}

}  // namespace tocsin

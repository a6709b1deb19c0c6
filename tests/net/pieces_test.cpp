// The pure pieces of net/: addresses, redirects, gzip, mail text, lanes.
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/inflate.hpp"
#include "net/http_client.hpp"
#include "net/lanes.hpp"
#include "net/mail_message.hpp"
#include "net/url.hpp"

namespace tocsin {
namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string hop(const std::string& from, const std::string& location) {
  const auto next = next_hop(*parse_url(from), location);
  return next ? next->text : next.error().message;
}

}  // namespace

TEST(Url, shows_no_user_name_and_no_password) {
  const auto url = parse_url("https://ann:s3cret@Example.org:443/feed?x=1#top");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->shown, "https://example.org/feed?x=1") << "and the port of the scheme goes too";
  EXPECT_EQ(url->host, "example.org");
  EXPECT_EQ(url->port, "");
  EXPECT_NE(url->text.find("ann:s3cret@"), std::string::npos);
}

TEST(Url, an_unreadable_address_is_not_repeated_because_it_may_hold_a_password) {
  for (const std::string& bad : {std::string(""), std::string("http://"), std::string("http://ann:s3cret@[::1/x"),
                                 std::string("http://a b/s3cret"), std::string("http://x:99999/s3cret"),
                                 std::string("http://a\0s3cret.org/", 20)}) {
    const auto url = parse_url(bad);
    ASSERT_FALSE(url) << bad;
    EXPECT_EQ(url.error().message.find("s3cret"), std::string::npos);
  }
}

TEST(Url, numeric_hosts_in_any_spelling_are_one_host) {
  for (const char* spelling : {"http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
                               "http://127.1/", "http://0x7f.1/"})
    EXPECT_EQ(parse_url(spelling)->host, "127.0.0.1") << spelling;
}

TEST(Url, blanks_and_letters_with_marks_in_the_path_are_encoded) {
  EXPECT_EQ(parse_url("http://example.org/flux à la une")->text, "http://example.org/flux%20%c3%a0%20la%20une");
}

TEST(Redirect, leads_to_relative_and_absolute_addresses) {
  EXPECT_EQ(hop("https://a.org/x/feed", "/rss"), "https://a.org/rss");
  EXPECT_EQ(hop("https://a.org/x/feed", "rss?y"), "https://a.org/x/rss?y");
  EXPECT_EQ(hop("https://a.org/feed", "//b.org/rss"), "https://b.org/rss");
  EXPECT_EQ(hop("http://a.org/feed", "https://b.org/rss#x"), "https://b.org/rss");
}

TEST(Redirect, keeps_a_login_on_the_way_within_a_host_only) {
  EXPECT_EQ(hop("https://ann:pw@a.org/feed", "/rss"), "https://ann:pw@a.org/rss");
  EXPECT_EQ(hop("https://ann:pw@a.org/feed", "https://b.org/rss"), "https://b.org/rss");
}

TEST(Redirect, never_goes_down_to_http_nor_to_another_scheme) {
  EXPECT_EQ(hop("https://a.org/feed", "http://a.org/rss"), "redirected from https to http, refused: http://a.org/rss");
  for (const char* location :
       {"file:///etc/passwd", "ftp://a.org/", "gopher://127.0.0.1:9000/_x", "dict://a/", "data:,x",
        "javascript:alert(1)", "smb://a/b", "FILE:///etc/passwd", "smtp://a/", "ldap://a/"}) {
    const std::string text = hop("http://a.org/", location);
    EXPECT_TRUE(text.starts_with("redirected to ")) << location << ": " << text;
  }
  EXPECT_EQ(hop("http://a.org/", "file:///etc/passwd"), "redirected to a file: address, refused (only http and https)");
}

TEST(Redirect, to_an_unreadable_address_says_so) {
  EXPECT_TRUE(hop("http://a.org/", "http://[").starts_with("redirected to nowhere: "));
}

TEST(Gunzip, unpacks_all_members_up_to_the_limit) {
  EXPECT_EQ(*gunzip(gzip("hello ") + gzip("world"), 100), "hello world");
  EXPECT_EQ(*gunzip(gzip("hello") + std::string(512, '\0'), 100), "hello") << "padding is no error";
  EXPECT_EQ(gunzip(gzip(std::string(1000, 'x')), 999).error().message, "the gzip body unpacks to more than 999 bytes");
  EXPECT_EQ(gunzip(gzip(std::string(1000, 'x')), 1000)->size(), 1000u);
}

TEST(Gunzip, survives_every_truncation_and_every_flipped_bit) {
  const std::string whole = gzip("the bell rings when there is news");
  for (std::size_t cut = 0; cut < whole.size(); ++cut) EXPECT_FALSE(gunzip(whole.substr(0, cut), 1000)) << cut;
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    (void)gunzip(flipped, 1000);
  }
}

TEST(MailMessage, every_kind_of_line_end_becomes_crlf) {
  EXPECT_EQ(with_crlf("a\nb\r\nc\rd"), "a\r\nb\r\nc\r\nd\r\n");
  EXPECT_EQ(with_crlf("a\r\n.\nMAIL FROM:<x>"), "a\r\n.\r\nMAIL FROM:<x>\r\n");
  EXPECT_EQ(with_crlf(""), "\r\n");
  EXPECT_EQ(with_crlf("a\r\r\n\n"), "a\r\n\r\n\r\n");
}

TEST(MailMessage, addresses_cannot_carry_commands) {
  MailRequest request{.from = "a@x.org", .to = {"b@x.org"}};
  EXPECT_EQ(fault(request), "");
  for (const char* bad :
       {"", "b", "b@x.org\r\nRCPT TO:<c@x.org>", "b@x.org>\nDATA", "<b@x.org>", "b c@x.org", "b@x.org "}) {
    request.to = {"b@x.org", bad};
    EXPECT_NE(fault(request), "") << bad;
  }
  request.to.clear();
  EXPECT_EQ(fault(request), "the message has no recipient");
}

TEST(MailMessage, the_password_is_taken_out_of_the_servers_words_however_it_was_sent) {
  const MailRequest request{.user = "duty", .password = "canary-pass"};
  EXPECT_EQ(without_secrets("535 no canary-pass here", request), "535 no *** here");
  EXPECT_EQ(without_secrets("535 Y2FuYXJ5LXBhc3M=", request), "535 ***");
  EXPECT_EQ(without_secrets("535 AGR1dHkAY2FuYXJ5LXBhc3M= x", request), "535 *** x");
  EXPECT_EQ(without_secrets(std::string(2000, 'x'), request).size(), 500u);
}

TEST(Lanes, one_job_per_key_and_a_limit_for_all) {
  Lanes<int> lanes(2);
  lanes.push("a", 1);
  lanes.push("a", 2);
  lanes.push("b", 3);
  lanes.push("c", 4);
  EXPECT_EQ(lanes.take(), 1);
  EXPECT_EQ(lanes.take(), 3);
  EXPECT_EQ(lanes.take(), std::nullopt) << "two run";
  lanes.release("b");
  EXPECT_EQ(lanes.take(), 4);
  lanes.release("a");
  EXPECT_EQ(lanes.take(), 2);
  lanes.release("c");
  lanes.release("a");
  EXPECT_EQ(lanes.take(), std::nullopt);
  lanes.push("a", 5);
  EXPECT_EQ(lanes.take(), 5);
}

TEST(Lanes, the_limit_may_change_while_jobs_run) {
  Lanes<int> lanes(2);
  for (int job = 0; job < 4; ++job) lanes.push(std::to_string(job), job);
  EXPECT_EQ(lanes.take(), 0);
  EXPECT_EQ(lanes.take(), 1);
  lanes.allow(1);
  lanes.release("0");
  EXPECT_EQ(lanes.take(), std::nullopt) << "one still runs";
  lanes.allow(3);
  EXPECT_EQ(lanes.take(), 2);
  EXPECT_EQ(lanes.take(), 3);
}

TEST(UserAgent, names_us_and_whom_to_ask) {
  EXPECT_EQ(user_agent("0.1.0", "https://ngo.example/alerts"),
            "Tocsin/0.1.0 (+https://ngo.example/alerts; feed alerting)");
  EXPECT_EQ(user_agent("0.1.0", ""), "Tocsin/0.1.0 (feed alerting)");
  EXPECT_EQ(user_agent("0.1.0", "a\r\nX: b").find('\n'), std::string::npos);
}

}  // namespace tocsin

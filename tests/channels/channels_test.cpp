#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "channels/golden.hpp"
#include "channels/registry.hpp"
#include "channels/sample_alert.hpp"

namespace tocsin {
namespace {

Outgoing rendered(const Alert& alert, const std::string& kind, const std::string& language = "en") {
  auto out = render(alert, sample_recipient(language), sample_channel(kind), "key/duty-officer/sink");
  EXPECT_TRUE(out) << out.error().message;
  return out ? *out : Outgoing{};
}

std::vector<std::string> codes(const Channel& channel) {
  Diagnostics findings;
  check_channel(channel, {}, findings);
  std::vector<std::string> out;
  for (const auto& d : findings.all()) out.push_back(d.code);
  return out;
}
using Codes = std::vector<std::string>;

TEST(Terminal, renders_the_briefing_below_a_head_line) {
  expect_golden("terminal_en.txt", std::get<TerminalRequest>(rendered(sample_alert(), "terminal")).text);
  expect_golden("terminal_fr.txt", std::get<TerminalRequest>(rendered(sample_alert(), "terminal", "fr")).text);
}

TEST(Terminal, colours_the_head_line_only_when_it_is_told_to) {
  Channel c = sample_channel("terminal");
  EXPECT_EQ(std::get<TerminalRequest>(*render(sample_alert(), sample_recipient(), c, "k")).text.find('\x1b'),
            std::string::npos);
  c.options["colour"] = "yes";
  EXPECT_TRUE(std::get<TerminalRequest>(*render(sample_alert(), sample_recipient(), c, "k"))
                  .text.starts_with("\x1b[1;37;41m["));
}

TEST(Mail, renders_a_whole_message) {
  const auto mail = std::get<MailRequest>(rendered(sample_alert(), "mail", "fr"));
  EXPECT_EQ(mail.from, "tocsin@example.org");
  EXPECT_EQ(mail.to, std::vector<std::string>{"duty@example.org"});
  EXPECT_TRUE(mail.require_tls);
  expect_golden("mail_fr.eml", mail.message);
}

TEST(Mail, tells_of_an_unconfirmed_first_alert_and_of_its_cancel) {
  Alert a = sample_alert();
  a.msg_type = MsgType::Alert;
  a.unconfirmed = true;
  a.version = 1;
  expect_golden("mail_unconfirmed_en.eml", std::get<MailRequest>(rendered(a, "mail")).message);
  a.msg_type = MsgType::Cancel;
  a.incident->status = IncidentStatus::retracted;
  expect_golden("mail_cancel_en.eml", std::get<MailRequest>(rendered(a, "mail")).message);
}

TEST(Mail, a_notice_about_ourselves_has_no_incident) {
  Alert a;
  a.code = "7K3M";
  a.status = AlertStatus::System;
  a.rule = "system:blind";
  a.rules = {a.rule};
  a.severity = Severity::Severe;
  a.system = SystemNotice{"blind", {"ML", "NE"}, {"radio-fleuve", "radio-désert"}, 1'700'000'000'000};
  a.headline = {{"en", "BLIND for ML, NE since 22:13Z: no feed of Mali and Niger can be read"},
                {"fr", "Les sources sont de nouveau lisibles : Mali, Niger"}};
  a.action = {{"en", "Use other sources until the all-clear."}};
  a.why = {"radio-fleuve: HTTP 503, since 2023-11-14T22:13:20Z"};
  expect_golden("mail_system_en.eml", std::get<MailRequest>(rendered(a, "mail")).message);
  a.msg_type = MsgType::Cancel;
  expect_golden("mail_system_over_fr.eml", std::get<MailRequest>(rendered(a, "mail", "fr")).message);
}

TEST(Mail, messages_of_one_incident_are_one_thread_and_an_attempt_keeps_its_id) {
  const auto id_of = [](const Alert& a, const std::string& key, std::string_view name) {
    const auto mail = std::get<MailRequest>(*render(a, sample_recipient(), sample_channel("mail"), key)).message;
    const auto begin = mail.find(std::string(name) + ": ");
    return mail.substr(begin, mail.find("\r\n", begin) - begin);
  };
  Alert later = sample_alert();
  later.version = 3;
  EXPECT_EQ(id_of(sample_alert(), "k1", "References"), id_of(later, "k2", "References"));
  EXPECT_EQ(id_of(sample_alert(), "k1", "Message-ID"), id_of(sample_alert(), "k1", "Message-ID"));
  EXPECT_NE(id_of(sample_alert(), "k1", "Message-ID"), id_of(later, "k2", "Message-ID"));
}

TEST(Mail, without_an_address_no_attempt_is_made) {
  Recipient nobody = sample_recipient();
  nobody.address = "";
  EXPECT_FALSE(render(sample_alert(), nobody, sample_channel("mail"), "k"));
  Diagnostics findings;
  check_route(nobody, sample_channel("mail"), {}, findings);
  EXPECT_EQ(findings.errors(), 1u);
}

TEST(Mail, a_refusal_is_final_and_a_passing_trouble_is_not) {
  const Channel c = sample_channel("mail");
  EXPECT_EQ(judge(c, SendResult{.ok = true, .code = 250}).kind, Verdict::Kind::sent);
  EXPECT_EQ(judge(c, SendResult{.code = 550, .detail = "no such user"}).kind, Verdict::Kind::failed);
  EXPECT_EQ(judge(c, SendResult{.code = 550, .detail = "no\r\nsuch user"}).reason, "550 no  such user");
  EXPECT_EQ(judge(c, SendResult{.code = 451}).kind, Verdict::Kind::retry);
  EXPECT_EQ(judge(c, SendResult{.code = 535}).kind, Verdict::Kind::retry);
  EXPECT_EQ(judge(c, SendResult{.detail = "connection refused"}).kind, Verdict::Kind::retry);
  EXPECT_EQ(judge(c, SendResult{.ambiguous = true}).kind, Verdict::Kind::retry);
}

TEST(Webhook, posts_signed_json_that_repeats_byte_for_byte) {
  const auto post = std::get<HttpRequest>(rendered(sample_alert(), "webhook"));
  const std::multimap<std::string, std::string> headers(post.headers.begin(), post.headers.end());
  EXPECT_EQ(post.method, "POST");
  EXPECT_FALSE(post.follow_redirects);
  EXPECT_EQ(headers.find("Idempotency-Key")->second, "key/duty-officer/sink");
  EXPECT_EQ(headers.find("X-Tocsin-Timestamp")->second, "1726567800");
  EXPECT_EQ(headers.find("X-Tocsin-Signature")->second,
            "sha256=" + hmac_sha256_hex("s3cret", "1726567800." + post.body));
  EXPECT_EQ(std::get<HttpRequest>(rendered(sample_alert(), "webhook")).body, post.body);
  EXPECT_TRUE(post.body.starts_with("{") && post.body.ends_with("}"));
}

TEST(Webhook, hears_the_wish_for_a_pause) {
  const Channel c = sample_channel("webhook");
  HttpResponse busy;
  busy.status = 429;
  busy.headers = {{"retry-after", "120"}};
  EXPECT_EQ(judge(c, busy).kind, Verdict::Kind::retry);
  EXPECT_EQ(judge(c, busy).after, 2 * kMinute);
  busy.headers = {{"retry-after", "-1"}};
  EXPECT_FALSE(judge(c, busy).after);
}

TEST(Webhook, gives_up_only_where_the_message_or_the_address_is_wrong) {
  const auto kind_of = [](int status) {
    HttpResponse r;
    r.status = status;
    return judge(sample_channel("webhook"), r).kind;
  };
  for (const int status : {200, 202, 204}) EXPECT_EQ(kind_of(status), Verdict::Kind::sent) << status;
  for (const int status : {0, 401, 403, 404, 408, 429, 500, 503})
    EXPECT_EQ(kind_of(status), Verdict::Kind::retry) << status;
  for (const int status : {301, 400, 405, 410, 413, 422}) EXPECT_EQ(kind_of(status), Verdict::Kind::failed) << status;
}

TEST(Exec, runs_exactly_the_configured_words) {
  for (const auto& text : hostile_texts()) {
    const auto process = std::get<ProcessRequest>(rendered(hostile_alert(text), "exec"));
    EXPECT_EQ(process.argv, (std::vector<std::string>{"/usr/bin/logger", "-t", "tocsin"}));
    EXPECT_EQ(process.input.find('\n'), process.input.size() - 1);
  }
}

TEST(Exec, an_exit_status_says_whether_to_try_again) {
  const Channel c = sample_channel("exec");
  EXPECT_EQ(judge(c, SendResult{.ok = true}).kind, Verdict::Kind::sent);
  EXPECT_EQ(judge(c, SendResult{.code = 75}).kind, Verdict::Kind::retry);
  EXPECT_EQ(judge(c, SendResult{.code = 64}).kind, Verdict::Kind::failed);
}

TEST(HostileText, cannot_leave_its_line_on_the_terminal) {
  for (const auto& text : hostile_texts()) {
    const std::string shown = std::get<TerminalRequest>(rendered(hostile_alert(text), "terminal")).text;
    for (const char* bad : {"\x1b", "\r", "\x07", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xC2\x9B"})
      EXPECT_EQ(shown.find(bad), std::string::npos) << shown;
    EXPECT_EQ(shown.find("\nBcc"), std::string::npos);
    EXPECT_EQ(valid_utf8(shown), shown);
    EXPECT_LT(shown.size(), 10'000u);
  }
}

TEST(HostileText, cannot_make_a_header_an_end_or_a_command_of_mail) {
  for (const auto& text : hostile_texts()) {
    const std::string mail = std::get<MailRequest>(rendered(hostile_alert(text), "mail")).message;
    EXPECT_LT(mail.size(), 32'000u);
    auto lines = split(mail, '\n');
    ASSERT_EQ(lines.back(), "");
    lines.pop_back();
    bool in_headers = true;
    for (const auto line : lines) {
      ASSERT_TRUE(line.ends_with('\r')) << line;
      ASSERT_EQ(line.find('\r'), line.size() - 1) << line;
      EXPECT_LE(line.size(), 79u) << line;
      EXPECT_FALSE(line.starts_with('.')) << line;
      if (line == "\r") in_headers = false;
      EXPECT_FALSE(in_headers && line.starts_with("Bcc")) << line;
      for (const char c : line) EXPECT_TRUE((c >= ' ' && c < 0x7F) || c == '\r' || c == '\t') << line;
    }
    EXPECT_FALSE(in_headers);
  }
}

TEST(Marking, what_may_not_pass_is_announced_without_its_contents) {
  Alert secret = sample_alert();
  secret.tlp = Tlp::Red;
  const auto mail = std::get<MailRequest>(rendered(secret, "mail")).message;
  EXPECT_EQ(mail.find("Bamako"), std::string::npos);
  EXPECT_EQ(mail.find("OFFICE"), std::string::npos);
  EXPECT_NE(mail.find("Restricted alert"), std::string::npos);
  EXPECT_EQ(std::get<HttpRequest>(rendered(secret, "webhook")).body.find("Bamako"), std::string::npos);
  EXPECT_NE(std::get<TerminalRequest>(rendered(secret, "terminal")).text.find("Bamako"), std::string::npos);
}

TEST(Marking, the_admin_may_trust_a_channel_with_more_or_less) {
  Channel mail = sample_channel("mail");
  EXPECT_TRUE(may_carry(mail, Tlp::Amber));
  EXPECT_FALSE(may_carry(mail, Tlp::Red));
  mail.options["tlp"] = "TLP:RED";
  EXPECT_TRUE(may_carry(mail, Tlp::Red));
  mail.options["tlp"] = "TLP:CLEAR";
  EXPECT_FALSE(may_carry(mail, Tlp::Green));
}

TEST(Marking, a_rule_that_a_recipient_could_not_read_is_a_warning) {
  Organisation o;
  o.channels = {sample_channel("mail")};
  o.recipients = {sample_recipient()};
  const auto warnings = [&](Tlp marking) {
    Diagnostics findings;
    check_marking(o, {"duty-officer"}, marking, "r.yaml", {1, 1}, findings);
    return findings.all().size();
  };
  EXPECT_EQ(warnings(Tlp::Amber), 0u);
  EXPECT_EQ(warnings(Tlp::Red), 1u);
}

TEST(Briefing, shows_the_clock_of_the_country_where_it_differs) {
  Alert a = sample_alert();
  EXPECT_EQ(std::get<TerminalRequest>(rendered(a, "terminal")).text.find("there"), std::string::npos);
  a.incident->place.country = "NE";
  EXPECT_NE(std::get<TerminalRequest>(rendered(a, "terminal")).text.find("05:00 UTC, 06:00 there"), std::string::npos);
}

TEST(CheckChannel, accepts_the_samples_of_every_kind) {
  for (const auto* kind : channel_kinds())
    EXPECT_EQ(codes(sample_channel(std::string(kind->name))), Codes{}) << kind->name;
}

TEST(CheckChannel, names_unknown_kinds_and_options_with_the_nearest_word) {
  Channel c = sample_channel("mail");
  c.options["frm"] = "x";
  Diagnostics findings;
  check_channel(c, {}, findings);
  ASSERT_EQ(findings.errors(), 1u);
  EXPECT_NE(findings.all()[0].message.find("did you mean \"from\""), std::string::npos);
  EXPECT_EQ(codes(sample_channel("mial")), Codes{"C001"});
}

TEST(CheckChannel, finds_missing_and_wrong_values_all_in_one_run) {
  Channel c = sample_channel("mail");
  c.options = {{"url", "https://relay"}, {"require_tls", "perhaps"}, {"timeout", "soon"}, {"user", "me"}};
  EXPECT_EQ(codes(c).size(), 5u);  // require_tls, timeout, no from, url, user without password
}

TEST(CheckChannel, a_program_is_given_by_its_absolute_path) {
  Channel c = sample_channel("exec");
  c.command = {"logger"};
  EXPECT_EQ(codes(c), Codes{"C003"});
  c.command = {};
  EXPECT_EQ(codes(c), Codes{"C004"});
  Channel terminal = sample_channel("terminal");
  terminal.command = {"/bin/true"};
  EXPECT_EQ(codes(terminal), Codes{"C002"});
}

TEST(CheckChannel, a_language_without_words_is_a_warning) {
  Diagnostics findings;
  check_route(sample_recipient("fr"), sample_channel("mail"), {}, findings);
  EXPECT_TRUE(findings.all().empty());
  check_route(sample_recipient("sw"), sample_channel("mail"), {}, findings);
  EXPECT_EQ(findings.all().size(), 1u);
}

TEST(CheckChannel, a_token_never_travels_in_the_open) {
  Channel c = sample_channel("webhook");
  c.options["url"] = "http://hook.example.org/";
  EXPECT_EQ(codes(c), Codes{"C006"});
  c.options["token"] = "t";
  EXPECT_EQ(codes(c), Codes{"C003"});
}

TEST(Registry, every_channel_and_option_is_documented) {
  std::ifstream file(std::string(TOCSIN_SOURCE_DIR) + "/docs/channels.md");
  const std::string docs{std::istreambuf_iterator<char>(file), {}};
  for (const auto* kind : channel_kinds()) {
    EXPECT_NE(docs.find("\n## " + std::string(kind->name) + "\n"), std::string::npos) << kind->name;
    for (const auto& o : kind->options) {
      const std::string row = "| `" + std::string(o.name) + "` | " +
                              (o.required           ? "required"
                               : o.fallback.empty() ? ""
                                                    : "`" + std::string(o.fallback) + "`") +
                              " | " + std::string(o.help) + " |";
      EXPECT_NE(docs.find(row), std::string::npos) << row;
    }
  }
}

}  // namespace
}  // namespace tocsin

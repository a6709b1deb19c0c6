// Alerts in front of whoever sits at the machine: a head line and the briefing below it.
#include "base/text.hpp"
#include "channels/briefing.hpp"
#include "channels/kinds.hpp"

namespace tocsin {

namespace {

constexpr ChannelOption kOptions[] = {
    {"colour", OptionType::text, false, "auto", "yes, no, or auto: only when standard output is a terminal"},
};

void check(const Channel& channel, const Places& places, Diagnostics& findings) {
  const std::string colour = option(channel, kTerminalChannel, "colour");
  if (colour != "yes" && colour != "no" && colour != "auto")
    findings.error(places.file, places.value("colour"), "C003", "\"colour\" must be yes, no or auto");
}

std::string_view paint(const Alert& alert) {
  if (alert.msg_type == MsgType::Cancel) return "\x1b[1;32m";
  switch (alert.severity) {
    case Severity::Extreme:
      return "\x1b[1;37;41m";
    case Severity::Severe:
      return "\x1b[1;31m";
    case Severity::Moderate:
      return "\x1b[1;33m";
    default:
      return "\x1b[1m";
  }
}

Result<Outgoing> render(const Errand& errand) {
  const auto& words = wording(errand.recipient.language);
  const std::string head = one_line("[" + std::string(kTlps(errand.alert.tlp)) + "] " + subject(errand.alert, words));
  Briefing text = briefing(errand.alert, errand.recipient);
  text.summary.clear();  // the head line says it
  const std::string body = printable(plain_text(text));
  const bool colour = option(errand.channel, kTerminalChannel, "colour") == "yes";
  return TerminalRequest{(colour ? std::string(paint(errand.alert)) + head + "\x1b[0m" : head) + "\n" + body + "\n"};
}

Verdict judge(const Answer& answer) {
  const auto* result = std::get_if<SendResult>(&answer);
  if (result && result->ok) return {Verdict::Kind::sent, "", {}};
  return {Verdict::Kind::retry, result ? one_line(result->detail) : "no answer", {}};
}

}  // namespace

const ChannelKind kTerminalChannel{.name = "terminal",
                                   .help = "prints on the daemon's standard output",
                                   .options = kOptions,
                                   .highest = Tlp::Red,
                                   .check = check,
                                   .render = render,
                                   .judge = judge};

}  // namespace tocsin

// A program of the admin's, with the alert as JSON on its standard input. The arguments are those of the configuration
// and nothing else: no word of a feed can become one.
#include "base/text.hpp"
#include "channels/kinds.hpp"
#include "wire/alert_json.hpp"

namespace tocsin {

namespace {

constexpr ChannelOption kOptions[] = {
    {"timeout", OptionType::duration, false, "30s", "after which the program is ended"},
};

Result<Outgoing> render(const Errand& errand) {
  ProcessRequest out;
  out.argv = errand.channel.command;
  out.input = to_json(errand.alert) + "\n";
  out.timeout = parse_duration(option(errand.channel, kExecChannel, "timeout")).value_or(30 * kSecond);
  return out;
}

/// sysexits(3): usage (64), data (65) and configuration (78) errors stay what they are; everything else may pass.
Verdict judge(const Answer& answer) {
  const auto* result = std::get_if<SendResult>(&answer);
  if (!result) return {Verdict::Kind::retry, "no answer", {}};
  if (result->ok) return {Verdict::Kind::sent, "", {}};
  const bool is_final = result->code == 64 || result->code == 65 || result->code == 78;
  const std::string status = result->code ? "exit status " + std::to_string(result->code) + ": " : "";
  return {is_final ? Verdict::Kind::failed : Verdict::Kind::retry, one_line(status + result->detail), {}};
}

}  // namespace

const ChannelKind kExecChannel{.name = "exec",
                               .help = "runs a program with the alert as JSON on its standard input",
                               .options = kOptions,
                               .takes_command = true,
                               .highest = Tlp::Red,
                               .render = render,
                               .judge = judge};

}  // namespace tocsin

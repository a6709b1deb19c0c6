// The ways to reach people. A channel is pure: it renders an alert to a request value and judges the answer; net/ and
// host/ move the bytes, the retry loop lives once, in app/. To add a channel: one file that defines a ChannelKind, one
// row in registry.cpp, one test, one section in docs/channels.md.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/diagnostics.hpp"
#include "base/result.hpp"
#include "model/alert.hpp"
#include "ports/transport.hpp"

namespace tocsin {

using Outgoing = std::variant<TerminalRequest, MailRequest, HttpRequest, ProcessRequest>;
using Answer = std::variant<SendResult, HttpResponse>;

/// What an answer means for the delivery.
struct Verdict {
  enum class Kind { sent, retry, failed };
  Kind kind = Kind::failed;
  std::string reason;           // one printable line; "" when sent
  std::optional<Millis> after;  // retry: not before this span, at the peer's wish
};

enum class OptionType {
  text,
  yes_no,
  duration,
  url,
  mailbox,    // "Name <local@domain>" or "local@domain"
  mailboxes,  // separated by commas
  path,
  secret,  // NAME_file in the configuration; settings/ reads the file and stores its content as option NAME
};

/// One option of a channel, as the admin writes it. docs/channels.md is checked against these rows.
struct ChannelOption {
  std::string_view name;
  OptionType type = OptionType::text;
  bool required = false;
  std::string_view fallback;
  std::string_view help;
};

/// One alert for one recipient over one channel. `key` is unique over all of them and the same on every attempt.
struct Errand {
  const Alert& alert;
  const Recipient& recipient;
  const Channel& channel;
  const std::string& key;
};

struct ChannelKind {
  std::string_view name;
  std::string_view help;
  std::span<const ChannelOption> options;
  bool takes_command = false;  // a `command:` list
  Tlp highest = Tlp::Green;    // the most restricted text that may pass
  /// What the rows cannot say: which options exclude or need each other. May be null.
  void (*check)(const Channel& channel, const Places& places, Diagnostics& findings) = nullptr;
  Result<Outgoing> (*render)(const Errand& errand) = nullptr;
  Verdict (*judge)(const Answer& answer) = nullptr;
};

std::span<const ChannelKind* const> channel_kinds();
/// nullptr when there is none.
const ChannelKind* channel_kind(std::string_view name);

/// The kind, every option against its row, the command. `places` tells where the channel stands.
void check_channel(const Channel& channel, const Places& places, Diagnostics& findings);
/// A recipient's own part: mail needs an address here or there.
void check_route(const Recipient& recipient, const Channel& channel, const Places& recipient_places,
                 Diagnostics& findings);

/// Warns of each recipient among `ids` (those on duty when empty) none of whose channels may carry a rule's text in
/// full; it would only be announced. `file` and `at` are the rule's.
void check_marking(const Organisation& organisation, const std::vector<std::string>& ids, Tlp marking,
                   std::string_view file, Position at, Diagnostics& findings);

/// A failure means that no attempt can succeed: unknown kind, no address.
Result<Outgoing> render(const Alert& alert, const Recipient& recipient, const Channel& channel,
                        const std::string& delivery_key);
Verdict judge(const Channel& channel, const Answer& answer);
/// Whether text of this marking may pass (FIRST TLP 2.0 with the project's channel gate, docs/channels.md).
bool may_carry(const Channel& channel, Tlp marking);

/// What one message part costs; nullopt where the admin gave no `price`, or none that can be read.
struct Price {
  double amount = 0;
  std::string currency;
};
std::optional<Price> price_of(const Channel& channel);

/// The option as given, else its fallback.
std::string option(const Channel& channel, const ChannelKind& kind, std::string_view name);
bool yes(std::string_view word);

}  // namespace tocsin

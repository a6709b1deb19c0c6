#include "channels/registry.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "channels/kinds.hpp"
#include "channels/mime.hpp"
#include "channels/words.hpp"

namespace tocsin {

namespace {

constexpr std::array kKinds{&kTerminalChannel, &kMailChannel, &kWebhookChannel, &kExecChannel};

constexpr ChannelOption kMarking{
    "tlp", OptionType::text, false, "",
    "the most restricted marking that may pass, for example TLP:AMBER; the default is the channel's own"};

constexpr ChannelOption kPrice{"price", OptionType::text, false, "",
                               "what one message part costs, for example \"0.07 EUR\": for `tocsin backtest`"};

std::string settings_name(const ChannelOption& row) {
  std::string name(row.name);
  if (row.type == OptionType::secret) name.resize(name.size() - std::string_view("_file").size());
  return name;
}

const ChannelOption* find_row(const ChannelKind& kind, std::string_view name) {
  if (name == kMarking.name) return &kMarking;
  if (name == kPrice.name) return &kPrice;
  const auto it = std::find_if(kind.options.begin(), kind.options.end(),
                               [&](const auto& row) { return settings_name(row) == name; });
  return it == kind.options.end() ? nullptr : &*it;
}

bool all_mailboxes(std::string_view text) {
  const auto parts = split(text, ',');
  return std::all_of(parts.begin(), parts.end(), [](auto part) { return parse_mailbox(part).has_value(); });
}

/// What an option of this type must look like; "" when `value` does.
std::string complaint(OptionType type, const std::string& value) {
  const std::string clean = one_line(value);
  if (type != OptionType::secret && clean != value) return "must be one line without control characters";
  switch (type) {
    case OptionType::yes_no:
      return value == "yes" || value == "no" || value == "true" || value == "false" ? "" : "must be yes or no";
    case OptionType::duration:
      return parse_duration(value) && *parse_duration(value) > 0 ? "" : "must be a duration such as 30s or 5m";
    case OptionType::url:
      return value.find("://") != std::string::npos && value.find(' ') == std::string::npos
                 ? ""
                 : "must be an address such as https://host/path";
    case OptionType::mailbox:
      return parse_mailbox(value) ? "" : "must be a mail address such as Tocsin <tocsin@example.org>";
    case OptionType::mailboxes:
      return all_mailboxes(value) ? "" : "must be mail addresses separated by commas";
    case OptionType::path:
      return value.starts_with('/') ? "" : "must be a path";
    case OptionType::secret:
      return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos ? "" : "must be one line";
    case OptionType::text:
      break;
  }
  return value.empty() ? "must not be empty" : "";
}

void check_options(const Channel& channel, const ChannelKind& kind, const Places& places, Diagnostics& findings) {
  std::vector<std::string> known{"kind", "tlp", "price"};
  for (const auto& row : kind.options) known.emplace_back(row.name);
  for (const auto& [name, value] : channel.options) {
    const auto* row = find_row(kind, name);
    if (!row) {
      const std::string near = nearest(name, known);
      findings.error(places.file, places.key(name), "C002",
                     "a channel of kind \"" + channel.kind + "\" has no option \"" + name + "\"" +
                         (near.empty() ? "; it has " + join(known, ", ") : "; did you mean \"" + near + "\"?"));
    } else if (const auto wrong = complaint(row->type, value); !wrong.empty()) {
      findings.error(places.file, places.value(name), "C003", "\"" + std::string(row->name) + "\" " + wrong);
    }
  }
  for (const auto& row : kind.options)
    if (row.required && !channel.options.contains(settings_name(row)))
      findings.error(
          places.file, places.at, "C004",
          "channel \"" + channel.name + "\" needs \"" + std::string(row.name) + "\": " + std::string(row.help));
  if (const auto it = channel.options.find("tlp"); it != channel.options.end() && !kTlps.find(it->second))
    findings.error(places.file, places.value("tlp"), "C003",
                   "\"tlp\" must be one of TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED");
  if (const auto it = channel.options.find("price"); it != channel.options.end() && !price_of(channel))
    findings.error(places.file, places.value("price"), "C003",
                   "\"price\" must be an amount and a currency, such as 0.07 EUR");
}

void check_command(const Channel& channel, const ChannelKind& kind, const Places& places, Diagnostics& findings) {
  if (!kind.takes_command && !channel.command.empty())
    findings.error(places.file, places.key("command"), "C002",
                   "a channel of kind \"" + channel.kind + "\" runs no command");
  if (kind.takes_command && channel.command.empty())
    findings.error(places.file, places.at, "C004",
                   "channel \"" + channel.name + "\" needs \"command\": a list of program and arguments");
  if (kind.takes_command && !channel.command.empty() && !channel.command.front().starts_with('/'))
    findings.error(places.file, places.value("command"), "C003",
                   "the program must be given by its absolute path; it is run without a shell");
}

/// What may be said where the text may not: that there is something, how grave, and its code.
Alert without_contents(const Alert& alert) {
  Alert out;
  out.code = alert.code;
  out.msg_type = alert.msg_type;
  out.status = alert.status;
  out.severity = alert.severity;
  out.urgency = alert.urgency;
  out.tlp = alert.tlp;
  out.headline = {{"en", "Restricted alert; read it on the alert machine"},
                  {"fr", "Alerte à diffusion restreinte ; à lire sur la machine d'alerte"}};
  out.sent = alert.sent;
  out.version = alert.version;
  out.key = alert.key;
  return out;
}

}  // namespace

std::span<const ChannelKind* const> channel_kinds() {
  return kKinds;
}

const ChannelKind* channel_kind(std::string_view name) {
  const auto it = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto* kind) { return kind->name == name; });
  return it == kKinds.end() ? nullptr : *it;
}

void check_channel(const Channel& channel, const Places& places, Diagnostics& findings) {
  const auto* kind = channel_kind(channel.kind);
  if (!kind) {
    std::vector<std::string> names;
    for (const auto* k : kKinds) names.emplace_back(k->name);
    const std::string near = nearest(channel.kind, names);
    findings.error(places.file, places.value("kind"), "C001",
                   "unknown kind of channel \"" + channel.kind + "\"; " +
                       (near.empty() ? "there are " + join(names, ", ") : "did you mean \"" + near + "\"?"));
    return;
  }
  check_options(channel, *kind, places, findings);
  check_command(channel, *kind, places, findings);
  if (kind->check) kind->check(channel, places, findings);
}

void check_route(const Recipient& recipient, const Channel& channel, const Places& recipient_places,
                 Diagnostics& findings) {
  const bool is_first = !recipient.channels.empty() && recipient.channels.front() == channel.name;
  if (is_first && wording(recipient.language).code != recipient.language)
    findings.warning(recipient_places.file, recipient_places.value("language"), "C008",
                     "there are no words in the language \"" + recipient.language + "\"; English will be used");
  if (channel.kind != kMailChannel.name) return;
  if (!recipient.address.empty() && !parse_mailbox(recipient.address))
    findings.error(recipient_places.file, recipient_places.value("address"), "C005",
                   "\"address\" must be a mail address such as duty@example.org");
  if (recipient.address.empty() && !channel.options.contains("to"))
    findings.error(recipient_places.file, recipient_places.value("channels"), "C005",
                   "recipient \"" + recipient.id + "\" has no \"address\" and channel \"" + channel.name +
                       "\" no \"to\": the mail would reach nobody");
}

namespace {
bool may_be_read_by(const Recipient& recipient, const Organisation& organisation, Tlp marking) {
  return std::any_of(organisation.channels.begin(), organisation.channels.end(), [&](const Channel& channel) {
    const auto& its = recipient.channels;
    return std::find(its.begin(), its.end(), channel.name) != its.end() && may_carry(channel, marking);
  });
}
}  // namespace

void check_marking(const Organisation& organisation, const std::vector<std::string>& ids, Tlp marking,
                   std::string_view file, Position at, Diagnostics& findings) {
  for (const auto& recipient : organisation.recipients) {
    const bool is_told = ids.empty() ? recipient.duty : std::find(ids.begin(), ids.end(), recipient.id) != ids.end();
    if (is_told && !may_be_read_by(recipient, organisation, marking))
      findings.warning(
          file, at, "C007",
          "no channel of \"" + recipient.id + "\" may carry " + std::string(kTlps(marking)) +
              ": this alert would only be announced there; give it another channel, or a channel the option \"tlp\"");
  }
}

Result<Outgoing> render(const Alert& alert, const Recipient& recipient, const Channel& channel,
                        const std::string& delivery_key) {
  const auto* kind = channel_kind(channel.kind);
  if (!kind) return failure("channel " + channel.name + " is of the unknown kind " + channel.kind);
  if (may_carry(channel, alert.tlp)) return kind->render({alert, recipient, channel, delivery_key});
  const Alert reduced = without_contents(alert);
  return kind->render({reduced, recipient, channel, delivery_key});
}

Verdict judge(const Channel& channel, const Answer& answer) {
  const auto* kind = channel_kind(channel.kind);
  return kind ? kind->judge(answer) : Verdict{Verdict::Kind::failed, "unknown kind of channel", {}};
}

std::optional<Price> price_of(const Channel& channel) {
  const auto given = channel.options.find("price");
  if (given == channel.options.end()) return std::nullopt;
  const std::string_view text = given->second;
  Price price;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), price.amount, std::chars_format::fixed);
  const auto rest = trim(text.substr(static_cast<std::size_t>(read.ptr - text.data())));
  if (read.ec != std::errc() || price.amount < 0 || rest.empty() || rest.find(' ') != rest.npos) return std::nullopt;
  price.currency = std::string(rest);
  return price;
}

bool may_carry(const Channel& channel, Tlp marking) {
  const auto* kind = channel_kind(channel.kind);
  const auto given = channel.options.find("tlp");
  const auto wish = given == channel.options.end() ? std::nullopt : kTlps.find(given->second);
  return kind && marking <= wish.value_or(kind->highest);
}

std::string option(const Channel& channel, const ChannelKind& kind, std::string_view name) {
  const auto it = channel.options.find(std::string(name));
  if (it != channel.options.end()) return it->second;
  const auto* row = find_row(kind, name);
  return row ? std::string(row->fallback) : "";
}

bool yes(std::string_view word) {
  return word == "yes" || word == "true";
}

}  // namespace tocsin

#include "settings/organisation_reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/text.hpp"
#include "model/country.hpp"
#include "settings/rows.hpp"
#include "settings/secrets.hpp"

namespace tocsin {

namespace {

template <class T>
std::span<const Row<T>> rows_of(const auto& array) {
  return std::span<const Row<T>>(array.data(), array.size());
}

template <class T>
T read_entry(const Entry& entry, const auto& rows, T thing, Diagnostics& findings) {
  thing.id = entry.name->text;
  read_fields<T>(entry.file, *entry.fields, entry.name->at, rows_of<T>(rows), thing, findings);
  return thing;
}

Places places_of(const Entry& entry) {
  Places out{entry.file, entry.name->at, {}, {}};
  for (const auto& [key, value] : entry.fields->entries()) {
    out.keys[key.text] = key.at;
    out.values[key.text] = value.at;
    if (const auto secret = secret_of(key.text); !secret.empty()) {
      out.keys[std::string(secret)] = key.at;
      out.values[std::string(secret)] = value.at;
    }
  }
  return out;
}

/// The options of a channel belong to its kind, which settings/ does not know: here they are texts.
class ChannelReader {
 public:
  ChannelReader(const Entry& entry, Diagnostics& findings) : entry_(entry), findings_(findings) {
    channel_.name = entry.name->text;
  }

  Channel read() {
    if (!entry_.fields->find("kind")) report_missing(entry_.file, entry_.name->at, "kind", findings_);
    for (const auto& [key, value] : entry_.fields->entries()) option(key, value);
    return std::move(channel_);
  }

 private:
  void option(const YamlNode& key, const YamlNode& value) {
    if (is_secret(key.text)) {
      findings_.error(
          entry_.file, key.at, "S011",
          "secrets do not belong in the configuration; put it into a file and write " + key.text + "_file: PATH");
    } else if (key.text == "command") {
      command(value);
    } else if (const auto text = text_of(key, value)) {
      take(key, value, *text);
    }
  }

  void take(const YamlNode& key, const YamlNode& value, const std::string& text) {
    if (key.text == "kind") {
      channel_.kind = text;
    } else if (const auto secret = secret_of(key.text); !secret.empty()) {
      take_secret(std::string(secret), value);
    } else {
      channel_.options[key.text] = key.text.ends_with("_file") ? path_beside(entry_.file, text) : text;
    }
  }

  void take_secret(const std::string& name, const YamlNode& value) {
    if (auto secret = read_secret_file(entry_.file, value, name, findings_))
      channel_.options[name] = std::move(*secret);
  }

  void command(const YamlNode& value) {
    if (!value.is_sequence() || value.items().empty()) {
      findings_.error(entry_.file, value.at, "S002",
                      "\"command\" must be a list: [program, argument, ...]; there is no shell");
      return;
    }
    for (const auto& word : value.items())
      if (word.is_scalar())
        channel_.command.push_back(word.text);
      else
        findings_.error(entry_.file, word.at, "S002", "a word of \"command\" must be text");
  }

  /// A list becomes "a, b".
  std::optional<std::string> text_of(const YamlNode& key, const YamlNode& value) {
    if (value.is_scalar()) return value.text;
    std::vector<std::string> parts;
    for (const auto& item : value.items())
      if (item.is_scalar()) parts.push_back(item.text);
    if (value.is_sequence() && !parts.empty() && parts.size() == value.items().size()) return join(parts, ", ");
    findings_.error(entry_.file, value.kind == YamlNode::Kind::nothing ? key.at : value.at, "S002",
                    "\"" + key.text + "\" must have a text or a list of texts");
    return std::nullopt;
  }

  const Entry& entry_;
  Diagnostics& findings_;
  Channel channel_;
};

/// Codes look like codes everywhere, so a wrong one can be found without knowing what the list is used for.
void check_country_like(std::string_view file, const YamlNode& word, Diagnostics& findings) {
  const auto& t = word.text;
  const bool looks = t.size() == 2 && std::all_of(t.begin(), t.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!looks || country_by_alpha2(t)) return;
  std::vector<std::string> codes;
  for (const auto& c : countries()) codes.emplace_back(c.alpha2);
  findings.error(file, word.at, "S006", "unknown country \"" + t + "\"" + hint(t, codes));
}

std::vector<std::string> names(const auto& things, auto member) {
  std::vector<std::string> out;
  for (const auto& t : things) out.push_back(t.*member);
  return out;
}

/// `mapping: NAME` is a preset; else a block of fields. What they say is feeds/'s to judge.
std::shared_ptr<const Mapping> read_mapping(const Entry& feed, LoadedSettings& out) {
  const YamlNode* block = feed.fields->find("mapping");
  if (!block) return nullptr;
  Mapping mapping;
  Places& places = out.mapping_places[feed.name->text];
  places = {feed.file, block->at, {}, {}};
  if (block->is_scalar()) {
    mapping.preset = block->text;
    places.values["preset"] = block->at;
  } else if (expect_mapping(feed.file, *block, "\"mapping\"", out.findings)) {
    read_fields<Mapping>(feed.file, *block, block->at, kMappingRows, mapping, out.findings);
    places = places_of({feed.file, feed.fields->key("mapping"), block, nullptr});
  }
  return std::make_shared<const Mapping>(std::move(mapping));
}

}  // namespace

void read_feeds(const std::vector<Entry>& entries, LoadedSettings& out) {
  const std::set<std::string> off(out.settings.feeds_off.begin(), out.settings.feeds_off.end());
  const std::set<std::string> on(out.settings.feeds_on.begin(), out.settings.feeds_on.end());
  std::map<std::string, std::string> by_url;
  for (const auto& entry : entries) {
    Feed feed;
    feed.interval = out.settings.poll_interval;
    feed.owner = "independent";
    feed.publisher = entry.name->text;
    feed = read_entry(entry, kFeedRows, std::move(feed), out.findings);
    feed.mapping = read_mapping(entry, out);
    if (feed.interval < kMinute && !feed.allow_private_address)
      out.findings.error(
          entry.file, places_of(entry).value("interval"), "S005",
          "no publisher may be polled more often than once a minute; only feeds with allow_private_address may");
    if (feed.title.empty()) feed.title = feed.id;
    if (off.contains(feed.id) || !(feed.enabled || on.contains(feed.id))) {
      out.settings.idle_feeds.push_back(std::move(feed));
      continue;
    }
    const auto [it, is_new] = by_url.emplace(feed.url, feed.id);
    if (!is_new && !feed.url.empty())
      out.findings.warning(entry.file, entry.name->at, "S014",
                           "\"" + feed.id + "\" polls the same address as \"" + it->second + "\"");
    out.settings.feeds.push_back(std::move(feed));
  }
}

void read_recipients(const std::vector<Entry>& entries, LoadedSettings& out) {
  for (const auto& entry : entries) {
    out.settings.organisation.recipients.push_back(read_entry(entry, kRecipientRows, Recipient{}, out.findings));
    out.recipient_places[entry.name->text] = places_of(entry);
  }
}

void read_channels(const std::vector<Entry>& entries, LoadedSettings& out) {
  for (const auto& entry : entries) {
    out.settings.organisation.channels.push_back(ChannelReader(entry, out.findings).read());
    out.channel_places[entry.name->text] = places_of(entry);
  }
}

void read_assets(const std::vector<Entry>& entries, LoadedSettings& out) {
  for (const auto& entry : entries) {
    Asset asset = read_entry(entry, kAssetRows, Asset{}, out.findings);
    if (asset.code.empty())
      for (const char c : asset.id) asset.code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    out.settings.organisation.assets.push_back(std::move(asset));
  }
}

void read_roads(const std::vector<Entry>& entries, LoadedSettings& out) {
  for (const auto& entry : entries)
    out.settings.organisation.roads.push_back(read_entry(entry, kRoadRows, Road{}, out.findings));
}

void read_zones(const std::vector<Entry>& entries, LoadedSettings& out) {
  for (const auto& entry : entries)
    out.settings.organisation.zones.push_back(read_entry(entry, kZoneRows, Zone{}, out.findings));
}

void read_lists(std::string_view file, const YamlNode& value, LoadedSettings& out) {
  if (!expect_mapping(file, value, "\"lists\"", out.findings)) return;
  for (const auto& [name, words] : value.entries()) {
    if (!is_name(name.text)) {
      out.findings.error(file, name.at, "S008", "a name consists of letters, digits, - _ and . only");
      continue;
    }
    std::vector<std::string> list;
    if (!read(Field{file, name.text, words, Meaning::text, {}, {}, out.findings}, list)) continue;
    for (const auto& word : words.items()) check_country_like(file, word, out.findings);
    out.settings.lists[name.text] = std::move(list);
  }
}

void check_together(LoadedSettings& out, std::string_view file) {
  const auto& organisation = out.settings.organisation;
  const auto channels = names(organisation.channels, &Channel::name);
  std::set<std::string> used;
  bool somebody_on_duty = false;
  for (const auto& recipient : organisation.recipients) {
    const Places& at = out.recipient_places[recipient.id];
    somebody_on_duty = somebody_on_duty || recipient.duty;
    if (recipient.channels.empty() && at.values.contains("channels"))
      out.findings.error(at.file, at.value("channels"), "S009",
                         "recipient \"" + recipient.id + "\" has no channel: nothing would reach it");
    for (const auto& channel : recipient.channels) {
      used.insert(channel);
      if (std::find(channels.begin(), channels.end(), channel) == channels.end())
        out.findings.error(at.file, at.value("channels"), "S006",
                           "recipient \"" + recipient.id + "\" names the unknown channel \"" + channel + "\"" +
                               hint(channel, channels));
    }
  }
  for (const auto& channel : organisation.channels)
    if (!used.contains(channel.name)) {
      const Places& at = out.channel_places[channel.name];
      out.findings.warning(at.file, at.at, "S015", "no recipient uses the channel \"" + channel.name + "\"");
    }
  if (!somebody_on_duty)
    out.findings.error(file, {1, 1}, "S010",
                       "no recipient has \"duty: yes\": what is not confirmed yet would reach nobody");
}

}  // namespace tocsin

// Every key of the configuration: one row each. docs/configuration.md holds the same rows in words, and a test compares
// the two. To add an option: a member in settings.hpp (or model/), a row here, a line there.
#pragma once
#include <array>

#include "model/feed.hpp"
#include "model/organisation.hpp"
#include "settings/fields.hpp"
#include "settings/settings.hpp"

namespace tocsin {

inline constexpr std::array<std::string_view, 4> kLogLevels{"debug", "info", "warning", "error"};
inline constexpr std::array<std::string_view, 6> kOwners{"independent", "state",  "party",
                                                         "armed-group", "agency", "aggregator"};
inline constexpr std::array<std::string_view, 6> kReliabilities{"A", "B", "C", "D", "E", "F"};
inline constexpr std::array<std::string_view, 4> kProofs{"A", "B", "C", "D"};
inline constexpr std::array<std::string_view, 5> kAssetKinds{"office", "guesthouse", "warehouse", "project",
                                                             "airfield"};

inline constexpr std::array<Row<Settings>, 15> kSettingsRows{{
    {"store", &Settings::store, Meaning::path, "",
     "the SQLite file of the history; the default is tocsin.sqlite under $STATE_DIRECTORY, else var/ of a checkout, "
     "else /var/lib/tocsin"},
    {"log", &Settings::log, Meaning::choice, "info", "the least grave lines of the log", kLogLevels},
    {"contact", &Settings::contact, Meaning::text, "",
     "a web or mail address that publishers see in the User-Agent of your polls"},
    {"keep", &Settings::keep, Meaning::duration, "90d", "how long history is kept", {}, {7 * kDay, 3650 * kDay}},
    {"blind_after",
     &Settings::blind_after,
     Meaning::duration,
     "60m",
     "every feed of a country failing for so long is an alert of its own",
     {},
     {kSecond, 7 * kDay}},
    {"poll_interval",
     &Settings::poll_interval,
     Meaning::duration,
     "5m",
     "between two polls of a feed that names no interval",
     {},
     {kMinute, kDay}},
    {"poll_timeout",
     &Settings::poll_timeout,
     Meaning::duration,
     "1m",
     "for one whole poll",
     {},
     {kSecond, 10 * kMinute}},
    {"poll_max_size",
     &Settings::poll_max_size,
     Meaning::size,
     "8MiB",
     "the largest document, unpacked",
     {},
     {64 << 10, 64 << 20}},
    {"polls_at_once", &Settings::polls_at_once, Meaning::number, "16", "open connections at one time", {}, {1, 256}},
    {"poll_budget",
     &Settings::poll_budget,
     Meaning::size,
     "",
     "what all polls together may cost in a day (UTC), on the wire; there is none unless you set one",
     {},
     {64 << 10, 1LL << 40}},
    {"poll_proxy", &Settings::poll_proxy, Meaning::proxy, "",
     "for feeds on the Internet that name none: http://, https://, socks4a://, socks5:// or socks5h://, host and port"},
    {"shipped_rules", &Settings::shipped_rules, Meaning::yes_no, "yes",
     "load the shipped rules; a rule or list of yours replaces the shipped one of the same name"},
    {"shipped_feeds", &Settings::shipped_feeds, Meaning::name, "",
     "the regions of the shipped feeds to poll, the names of files in config/feeds; the default is all of them when "
     "there is no feeds:, else none"},
    {"feeds_off", &Settings::feeds_off, Meaning::name, "", "names of feeds that shall not be polled"},
    {"feeds_on", &Settings::feeds_on, Meaning::name, "",
     "names of feeds that shall be polled although they are not enabled"},
}};

inline constexpr std::array<Row<Feed>, 18> kFeedRows{{
    {"url", &Feed::url, Meaning::web_address, "required", "the address to poll"},
    {"enabled", &Feed::enabled, Meaning::yes_no, "yes", "no: known, and polled only when feeds_on names it"},
    {"title", &Feed::title, Meaning::text, "", "for people"},
    {"language", &Feed::language, Meaning::language, "", "of its items, when they do not say"},
    {"publisher", &Feed::publisher, Meaning::name, "",
     "the family of its publisher: feeds of one family never confirm each other; the default is the feed's own name"},
    {"owner", &Feed::owner, Meaning::choice, "independent", "who stands behind it", kOwners},
    {"reliability", &Feed::reliability, Meaning::letter, "F", "the Admiralty letter of the source; F cannot be judged",
     kReliabilities},
    {"countries", &Feed::countries, Meaning::country, "",
     "that it is expected to cover: all feeds of one failing makes you blind there"},
    {"tags", &Feed::tags, Meaning::name, "", "for rules: feed_tag has mali"},
    {"interval",
     &Feed::interval,
     Meaning::duration,
     "5m",
     "between two polls, at least 1m but on your own network; the publisher's own wish may stretch it; the default is "
     "poll_interval",
     {},
     {kSecond, kDay}},
    {"allow_private_address", &Feed::allow_private_address, Meaning::yes_no, "no",
     "permit this machine and the local network"},
    {"budget",
     &Feed::budget,
     Meaning::size,
     "",
     "what its polls may cost in a day (UTC), on the wire; polls become rarer so that it lasts",
     {},
     {4 << 10, 1LL << 40}},
    {"user_agent", &Feed::user_agent, Meaning::text, "",
     "for a publisher that refuses ours; say who you are all the same"},
    {"proxy", &Feed::proxy, Meaning::proxy, "", "instead of poll_proxy; none is a direct connection"},
    {"pin", &Feed::pin, Meaning::pin, "",
     "sha256// and the base64 hash of the public key of its host: that key is trusted whatever its certificate says, "
     "and "
     "no other"},
    {"mapping", nullptr, Meaning::block, "",
     "how to read a document that is no feed: the name of a preset, or the fields below"},
    {"proof", &Feed::proof, Meaning::letter, "", "how well the address is known to answer, A best", kProofs},
    {"note", nullptr, Meaning::note, "", "for readers of the file"},
}};

inline constexpr std::array<std::string_view, 3> kMappingKinds{"json", "csv", "html"};
inline constexpr std::array<std::string_view, 2> kYesNo{"yes", "no"};

inline constexpr std::array<Row<Mapping>, 20> kMappingRows{{
    {"preset", &Mapping::preset, Meaning::name, "", "a shipped mapping; keys beside it replace its own"},
    {"kind", &Mapping::kind, Meaning::choice, "", "what the document is; a preset knows it", kMappingKinds},
    {"index", &Mapping::index, Meaning::text, "",
     "the url is a list of documents, and of those whose address fits this (* is anything) the last one is read"},
    {"items", &Mapping::items, Meaning::text, "", "where the items stand: a path (json) or a selector (html)"},
    {"header", &Mapping::header, Meaning::choice, "",
     "csv: whether the first row names the columns; the default is yes", kYesNo},
    {"delimiter", &Mapping::delimiter, Meaning::text, "", "csv: one character, or tab; the default is found out"},
    {"unique", &Mapping::unique, Meaning::text, "", "a locator: items with the same value become one item"},
    {"only", &Mapping::only, Meaning::text, "", "a list of LOCATOR = VALUE|VALUE: other items are left out"},
    {"feed_title", &Mapping::feed_title, Meaning::text, "", "from the whole document (json, html)"},
    {"id", &Mapping::id, Meaning::text, "", "what an item is known by; the default is its link, else its words"},
    {"title", &Mapping::title, Meaning::text, "", "of an item; title or text must be given"},
    {"link", &Mapping::link, Meaning::text, "", "to its page"},
    {"text", &Mapping::text, Meaning::text, "", "of an item"},
    {"published", &Mapping::published, Meaning::text, "", "when, in any form that is found in feeds"},
    {"updated", &Mapping::updated, Meaning::text, "", "when it was changed"},
    {"language", &Mapping::language, Meaning::text, "", "of an item"},
    {"authors", &Mapping::authors, Meaning::text, "", "one or many"},
    {"categories", &Mapping::categories, Meaning::text, "", "one or many"},
    {"lat", &Mapping::lat, Meaning::text, "", "latitude in degrees"},
    {"lon", &Mapping::lon, Meaning::text, "", "longitude in degrees"},
}};

inline constexpr std::array<Row<Recipient>, 6> kRecipientRows{{
    {"title", &Recipient::title, Meaning::text, "", "for people"},
    {"language", &Recipient::language, Meaning::language, "en", "of what is written to it: en or fr"},
    {"duty", &Recipient::duty, Meaning::yes_no, "no",
     "receives what is not confirmed yet, and rules that name nobody; at least one recipient must"},
    {"admin", &Recipient::admin, Meaning::yes_no, "no",
     "on duty or not, is told when Tocsin itself is in trouble: a blind country, feeds that fell silent"},
    {"channels", &Recipient::channels, Meaning::name, "required", "the names of channels, all are used"},
    {"address", &Recipient::address, Meaning::text, "", "the mail address"},
}};

inline constexpr std::array<Row<Asset>, 5> kAssetRows{{
    {"code", &Asset::code, Meaning::name, "",
     "shown in alerts in the place of the name; the default is the name in capitals"},
    {"kind", &Asset::kind, Meaning::choice, "required", "rules may ask for any of a kind", kAssetKinds},
    {"title", &Asset::title, Meaning::text, "", "for people; never leaves the machine"},
    {"country", &Asset::country, Meaning::country, "", "where it lies"},
    {"at", &Asset::at, Meaning::point, "required", "where it lies, in degrees"},
}};

inline constexpr std::array<Row<Road>, 2> kRoadRows{{
    {"title", &Road::title, Meaning::text, "", "for people"},
    {"line", &Road::line, Meaning::points, "required", "the places along it, at least two", {}, {2, 100000}},
}};

inline constexpr std::array<Row<Zone>, 2> kZoneRows{{
    {"title", &Zone::title, Meaning::text, "", "for people"},
    {"polygon", &Zone::polygon, Meaning::points, "required", "its corners, at least three", {}, {3, 100000}},
}};

}  // namespace tocsin

// The organisation that is to be warned: who, where, how. Values only; read by settings/.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/geo.hpp"
#include "base/time.hpp"

namespace tocsin {

/// A text in several languages; "en" is the fallback.
using LocalText = std::map<std::string, std::string>;

/// The text in `language`, else in English, else any, else "".
inline std::string in_language(const LocalText& text, const std::string& language) {
  if (const auto it = text.find(language); it != text.end()) return it->second;
  if (const auto it = text.find("en"); it != text.end()) return it->second;
  return text.empty() ? std::string() : text.begin()->second;
}

/// A way to reach somebody. Keys beside `kind` belong to the channel (see channels/registry.hpp).
struct Channel {
  std::string name;
  std::string kind;                            // terminal | mail | webhook | exec | ...
  std::map<std::string, std::string> options;  // validated by the channel's own checker
  std::vector<std::string> command;            // exec only: fixed argv
};

/// A role, never a person's name.
struct Recipient {
  std::string id;
  std::string title;
  std::string language = "en";
  bool duty = false;
  std::vector<std::string> channels;  // names of Channel
  std::string address;                // for mail: the mailbox; channels may carry their own
  bool admin = false;                 // hears of Tocsin's own troubles, on duty or not
};

struct Asset {
  std::string id;
  std::string code;  // shown in alerts, "OFFICE-BKO"
  std::string kind;  // office guesthouse warehouse project airfield
  std::string title;
  std::string country;
  LatLon at;
};

struct Road {
  std::string id;
  std::string title;
  std::vector<LatLon> line;
};

struct Zone {
  std::string id;
  std::string title;
  std::vector<LatLon> polygon;
};

struct Organisation {
  std::vector<Asset> assets;
  std::vector<Road> roads;
  std::vector<Zone> zones;
  std::vector<Recipient> recipients;
  std::vector<Channel> channels;
};

}  // namespace tocsin

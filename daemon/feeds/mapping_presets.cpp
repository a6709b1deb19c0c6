// The mappings that are shipped. A source that many poll and that is no feed gets a row here.
#include <array>

#include "feeds/mapping.hpp"
#include "feeds/parse.hpp"

namespace tocsin {

namespace {
/// 61 columns without a header ("GDELT Event Database 2.0 codebook"). Only what may matter to people on the ground:
/// protest, show of force, coercion, assault, fighting and mass violence (CAMEO roots 14, 15, 17 to 20). The many rows
/// of one article become one item. lastupdate.txt names the newest export; so does any list of exports.
Mapping gdelt() {
  Mapping m;
  m.kind = "csv";
  m.header = "no";
  m.index = "*.export.CSV.zip";
  m.delimiter = "tab";
  m.only = {"29 = 14|15|17|18|19|20"};
  m.unique = "61";
  m.id = "61";
  m.link = "61";
  m.title = "{27|cameo} in {53}";
  m.text = "{27|cameo} in {53}. {7|lower} {17|lower}";
  m.published = "60";
  m.categories = "{54|fips}";
  m.lat = "57";
  m.lon = "58";
  return m;
}

/// The export of the ACLED API and of its data tool (codebook 2023). Event days are days, not hours: context, no alarm.
Mapping acled() {
  Mapping m;
  m.kind = "csv";
  m.id = "event_id_cnty";
  m.title = "{sub_event_type} in {location}, {country}";
  m.text = "{notes}";
  m.published = "event_date";
  m.authors = "source";
  m.categories = "event_type";
  m.lat = "latitude";
  m.lon = "longitude";
  return m;
}

/// https://t.me/s/NAME: the last posts of a public channel. An edited post keeps its id.
Mapping telegram() {
  Mapping m;
  m.kind = "html";
  m.feed_title = ".tgme_channel_info_header_title";
  m.items = ".tgme_widget_message";
  m.id = "@data-post";
  m.link = ".tgme_widget_message_date@href";
  m.text = ".tgme_widget_message_text.js-message_text, .tgme_widget_message_poll_question";
  m.published = ".tgme_widget_message_date time@datetime";
  m.authors = ".tgme_widget_message_owner_name";
  return m;
}

constexpr std::array kPresets{
    MappingPreset{"acled", "an export of ACLED as CSV", acled},
    MappingPreset{"gdelt", "GDELT 2.0 events: lastupdate.txt, or an export of 15 minutes, zipped or not", gdelt},
    MappingPreset{"telegram", "the public preview of a channel, https://t.me/s/NAME", telegram},
};
}  // namespace

std::span<const MappingPreset> mapping_presets() {
  return kPresets;
}

std::shared_ptr<const Mapping> shipped_mapping_for(std::string_view bytes) {
  for (const MappingPreset& preset : kPresets) {
    Mapping mapping;
    mapping.preset = preset.name;
    if (!parse_feed(bytes, {"", "", 0, &mapping}).items.empty()) return std::make_shared<const Mapping>(mapping);
  }
  return nullptr;
}

}  // namespace tocsin

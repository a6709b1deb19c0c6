#include "app/history_forms.hpp"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

constexpr std::array<HistoryForm, 6> kForms{{
    {"table", "columns for people (the default)", false, write_history_table},
    {"json", "one JSON object a line (contract, section 4; items: section 2)", false, write_history_json},
    {"csv", "comma separated values (RFC 4180)", false, write_history_csv},
    {"hxl", "CSV with a row of HXL 1.1 tags", false, write_history_hxl},
    {"geojson", "one FeatureCollection (RFC 7946)", false, write_history_geojson},
    {"cap", "CAP 1.2 documents, a blank line between them; alerts only", true, write_history_cap},
}};

}  // namespace

std::span<const HistoryForm> history_forms() {
  return kForms;
}

const HistoryForm* history_form(std::string_view name) {
  const auto* it =
      std::find_if(kForms.begin(), kForms.end(), [&](const HistoryForm& form) { return form.name == name; });
  return it == kForms.end() ? nullptr : it;
}

}  // namespace tocsin

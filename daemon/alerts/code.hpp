// The four characters by which people name an incident on the phone and in a text message.
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace tocsin {

/// Letters and digits that cannot be taken for one another, spoken or written (no 0 O 1 I L 5 S 8 B 2 Z).
inline constexpr std::string_view kCodeAlphabet = "34679ACDEFGHJKMNPQRTUVWXY";

/// A code made from the incident's id, moved on while `taken` says that it is in use. 390,625 codes.
std::string alert_code(std::string_view incident_id, const std::function<bool(const std::string&)>& taken);

}  // namespace tocsin

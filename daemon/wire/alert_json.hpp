// The JSON form of incidents and alerts (contract, section 4). The public form is for people and machines outside; the
// store form keeps every field and is read back. Both are one line.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/alert.hpp"

namespace tocsin {

std::string to_json(const Alert& alert);
std::string to_json(const Incident& incident);

std::string store_form(const Incident& incident);
std::string store_form(const Alert& alert);
Result<Incident> incident_from_store(std::string_view json);
Result<Alert> alert_from_store(std::string_view json);

}  // namespace tocsin

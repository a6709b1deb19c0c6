// `tocsin explain --alert CODE`: the whole chain behind a stored alert, from the items over what was understood of
// them, the incident and the rules to those who were told. For explain_command.cpp.
#pragma once
#include "app/options.hpp"
#include "app/world.hpp"

namespace tocsin {

/// 0, or 1 when the store cannot be read or has no alert of this code.
int explain_alert(const World& world, const ExplainOptions& options);

/// The configured feed of this name; else one that has nothing but the name.
Feed feed_of(const World& world, const std::string& id);

}  // namespace tocsin

// An alert as an OASIS CAP 1.2 document ("Common Alerting Protocol Version 1.2", 1 July 2010), for machines of the
// field and as an attachment. Pure.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "model/alert.hpp"

namespace tocsin {

/// One document with the elements in the order of the schema; one <info> for each language of the headline. `sender`
/// names this installation. `earlier` are the alerts of the same code sent before: an Update or Cancel refers to them.
/// Feed text in it is printable and escaped.
std::string to_cap(const Alert& alert, std::string_view sender, std::span<const Alert> earlier = {});

}  // namespace tocsin

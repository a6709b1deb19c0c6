// One item and what is read of it as a row of tests/cases/understand/*.tsv. For `tocsin explain --case`: mend the cells
// that are wrong, append the row to a file there, and the reading has become a case.
#pragma once
#include <string>

#include "model/feed.hpp"
#include "model/report.hpp"

namespace tocsin {

/// Ten cells divided by tabs, without an end of line: language, news | past | silent, date of publication, type,
/// country, place, killed, date of the event, title, text. Nothing found is "-".
std::string case_row(const Item& item, const Understanding& understood);

}  // namespace tocsin

// `tocsin explain`: one item, what was understood of it with the words that prove it, and what every rule makes of it.
#pragma once
#include "app/options.hpp"

namespace tocsin {

/// 0, or 1 when the item cannot be read, 78 when the configuration is bad. The clock is the item's time of publication,
/// or now when it has none.
int explain_command(const ExplainOptions& options);

}  // namespace tocsin

// `tocsin explain`: one item, pasted or stored, what was understood of it with the words that prove it,
// and what every rule makes of it; or one stored alert with the whole chain behind it (explain_alert.hpp).
#pragma once
#include "app/options.hpp"

namespace tocsin {

/// 0, or 1 when the item cannot be read, 78 when the configuration is bad. The clock is the item's time of publication,
/// or now when it has none.
int explain_command(const ExplainOptions& options);

}  // namespace tocsin

// The words of the item for those who did it and those it befell: Understanding::actors and ::targets. Called by
// understander.cpp once the main report stands.
#pragma once
#include "understand/findings.hpp"

namespace tocsin {

/// Those who did it, as the text calls them: the named groups that did or claim it; where only "guerrillas" or nobody
/// did, the armed groups that it names beside; else whoever did it.
void name_actors(Understanding& understanding, const Findings& findings);

/// What was hit, and who came to harm in the sentences that tell of it.
void name_targets(Understanding& understanding, const Findings& findings);

}  // namespace tocsin

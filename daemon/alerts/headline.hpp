// The one sentence that names an incident: "Attack on police and airport in Bamako, Mali: at least 77 killed (JNIM)".
// Made from the facts, never from feed sentences, in every language that has a row in headline.cpp. Pure.
#pragma once
#include "model/alert.hpp"

namespace tocsin {

/// One line a language, printable. No severity and no certainty: those are said beside it.
LocalText headline(const Incident& incident);
/// About ourselves; `over` is the all-clear ("The feeds of Mali can be read again").
LocalText headline(const SystemNotice& notice, bool over = false);

}  // namespace tocsin

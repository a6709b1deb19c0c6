// One poll of one feed outside the daemon, through the same guarded client, for commands. Blocks until the answer is
// there or its time is over.
#pragma once
#include "model/feed.hpp"
#include "ports/transport.hpp"
#include "settings/settings.hpp"

namespace tocsin {

/// What the daemon would ask for, without the validators of an earlier poll.
HttpRequest poll_request(const Feed& feed, const Settings& settings);

HttpResponse poll_once(const Feed& feed, const Settings& settings);

}  // namespace tocsin

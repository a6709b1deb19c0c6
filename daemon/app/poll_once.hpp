// One poll of one feed outside the daemon, through the same guarded client, for commands. Blocks until the answer is
// there or its time is over.
#pragma once
#include "model/feed.hpp"
#include "ports/transport.hpp"
#include "settings/settings.hpp"

namespace tocsin {

/// What a feed is asked through: its own proxy, or that of all feeds, which stands on the way to the Internet and not
/// to the own network. "" = direct.
std::string proxy_of(const Feed& feed, const std::string& of_all);

/// What the daemon would ask for, without the validators of an earlier poll.
HttpRequest poll_request(const Feed& feed, const Settings& settings);

HttpResponse poll_once(const Feed& feed, const Settings& settings);

}  // namespace tocsin

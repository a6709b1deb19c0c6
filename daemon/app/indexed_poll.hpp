// A poll of a feed whose address may be a list of documents (feeds/mapped_index.hpp). For the poller and for commands
// that poll once.
#pragma once
#include <functional>

#include "model/feed.hpp"
#include "ports/transport.hpp"

namespace tocsin {

/// Sends `request`. Where the answer is an index, the document that it names is fetched next, from one host at a time,
/// and `done` sees the answer of the index with the document in the place of its body: validators and moves are those
/// of the address that is asked every time. When the document cannot be had, `done` sees that answer. `http` must
/// outlive the poll.
void send_poll(HttpTransport& http, const Feed& feed, HttpRequest request, std::function<void(HttpResponse)> done);

}  // namespace tocsin

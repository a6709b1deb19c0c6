// How a Commit becomes rows. For store/sqlite_store.cpp, inside its transaction.
#pragma once
#include "ports/store.hpp"
#include "store/statement.hpp"

namespace tocsin::store {

Result<void> write(Connection& connection, const Commit& change);
Result<void> write_delivery_state(Connection& connection, const Delivery& delivery);
Result<void> write_note(Connection& connection, const Note& note);
/// See Store::purge.
Result<void> remove_before(Connection& connection, Millis before, std::size_t& removed);

}  // namespace tocsin::store

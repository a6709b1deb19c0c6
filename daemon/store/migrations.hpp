// The tables, as numbered steps from nothing to the present. A released step is never edited: a change is a new step.
// For store/ only.
#pragma once
#include <span>

#include "base/result.hpp"
#include "store/statement.hpp"

namespace tocsin::store {

/// "Tocs" in the file header tells our files from those of other programs.
inline constexpr std::int64_t kApplicationId = 0x546f6373;

/// Step n stands at index n - 1 and leads to PRAGMA user_version = n.
std::span<const char* const> migrations();

/// Refuses a file of another program or of a newer Tocsin. Changes nothing.
Result<void> check_origin(Connection& connection);
/// Brings the file to the newest version in one transaction.
Result<void> migrate(Connection& connection);

}  // namespace tocsin::store

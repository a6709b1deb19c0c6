// The store on SQLite: one file (and its -wal and -shm beside it), mode 0600. One process writes; history commands read
// beside it. Only app/ and tests open a store; everybody else is handed a Store.
#pragma once
#include <memory>
#include <string>

#include "base/result.hpp"
#include "ports/store.hpp"

namespace tocsin {

/// Opens or creates the file and brings its tables to the present version; ":memory:" lives as long as the object.
/// Errors name the path and what to do: no such folder, not ours, damaged, written by a newer Tocsin.
Result<std::unique_ptr<Store>> open_sqlite(const std::string& path);
/// For looking only, while the daemon may be writing: every change is refused. The file must exist.
Result<std::unique_ptr<Store>> open_sqlite_reader(const std::string& path);

}  // namespace tocsin

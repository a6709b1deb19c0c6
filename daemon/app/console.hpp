// What commands say: answers on standard output, words for people on standard error. For the commands only.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "base/result.hpp"

namespace tocsin {

/// The whole file; "" or "-" is standard input. The failure names the path and the reason.
Result<std::string> read_input(const std::string& path);

/// The daemon's log from the configuration's word for the least that it tells; again after a reload.
void start_log(std::string_view least);

void print_line(std::string_view line);
/// "tocsin: MESSAGE" on standard error; returns the exit code "it ran and something is wrong".
int complain(std::string_view message);

/// Every finding with its line and caret. `sources` are the texts of the files, by path.
std::string pretty_findings(const Diagnostics& findings, const std::map<std::string, std::string>& sources);

}  // namespace tocsin

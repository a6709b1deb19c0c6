// The plain part of YAML, as people mostly write it and programs generate it: block mappings and sequences, one-line
// scalars with or without quotes, flow lists and mappings in one line, simple folded and literal blocks. Read in one
// pass, many times as fast as the whole language. Only yaml.cpp calls this.
#pragma once
#include <string_view>

#include "settings/yaml.hpp"

namespace tocsin {

/// The most values in one file, and how deep they may stand in each other.
inline constexpr std::size_t kMostYamlNodes = 500'000;

/// The same tree that libyaml's events give; false wherever anything is not plain, doubtful or wrong: then the file is
/// libyaml's, which also says what is wrong. `text` is valid UTF-8 without a byte order mark.
bool read_plain_yaml(std::string_view text, YamlDocument& out);

}  // namespace tocsin

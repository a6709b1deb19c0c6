// Renderings are compared with files under tests/channels/golden, which people can read. After a wanted change:
// TOCSIN_WRITE_GOLDEN=1 test_channels, then read the difference before you commit it.
#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace tocsin {

inline void expect_golden(const std::string& name, std::string text) {
  const std::string path = std::string(TOCSIN_SOURCE_DIR) + "/tests/channels/golden/" + name;
  for (auto at = text.find('\r'); at != std::string::npos; at = text.find('\r', at)) text.erase(at, 1);
  if (std::getenv("TOCSIN_WRITE_GOLDEN")) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  const std::string wanted{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, wanted) << path;
}

}  // namespace tocsin

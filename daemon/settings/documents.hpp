// The files of a configuration: read once each, their trees kept, their sections unfolded into named entries. For
// settings/ only.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/result.hpp"
#include "settings/yaml.hpp"

namespace tocsin {

/// One named thing: `name: {fields}` in some file.
struct Entry {
  std::string file;
  const YamlNode* name = nullptr;
  const YamlNode* fields = nullptr;
  const YamlNode* mapping = nullptr;  // in which it stands
};

Result<std::string> read_text_file(const std::string& path);
/// Beside `file` when it is relative.
std::string path_beside(std::string_view file, std::string_view path);

class Documents {
 public:
  Documents(std::map<std::string, std::string>& sources, Diagnostics& findings)
      : sources_(sources), findings_(findings) {}

  /// The tree of a file, nullptr with a finding at `named_at` when it cannot be read. The tree lives as long as this.
  const YamlNode* open(const std::string& path, std::string_view named_in, Position named_at);

  /// The entries of a section: a mapping of name to fields, or a list of files and folders that hold such a section.
  /// Reports what is neither, names that are no names, and names that are given twice.
  std::vector<Entry> section(std::string_view file, const YamlNode& value, const std::string& section_name);
  /// Adds those of the files of a folder that no line of the configuration names and that need not exist. Files that
  /// were read already are passed over.
  void add_folder(const std::string& path, const std::string& section_name, std::vector<Entry>& out);
  /// The same from a file of the data folder, which no line of the configuration names.
  std::vector<Entry> section_of_file(const std::string& path, const std::string& section_name);

 private:
  void take_mapping(std::string_view file, const YamlNode& mapping, std::vector<Entry>& out);
  void take_path(const std::string& path, std::string_view named_in, Position named_at, const std::string& section_name,
                 std::vector<Entry>& out);
  void report_duplicates(const std::vector<Entry>& entries, const std::string& section_name, std::size_t first = 0);

  std::map<std::string, std::string>& sources_;
  Diagnostics& findings_;
  std::map<std::string, std::unique_ptr<YamlDocument>> trees_;
};

}  // namespace tocsin

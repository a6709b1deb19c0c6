#include "settings/documents.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/text.hpp"
#include "settings/fields.hpp"
#include "settings/settings.hpp"

namespace tocsin {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestFile = 16u << 20;

/// The sections that may stand together in one file.
const std::vector<std::string> kSections{"feeds", "recipients", "channels", "assets", "roads", "zones", "senders"};

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Result<std::string> read_text_file(const std::string& path) {
  std::error_code error;
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) return failure("it is not a file");
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return failure(std::strerror(errno));
  std::string text;
  std::array<char, 1 << 16> piece{};
  while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), file.get())) {
    text.append(piece.data(), got);
    if (text.size() > kLargestFile) return failure("it is larger than 16 MiB");
  }
  return std::ferror(file.get()) ? Result<std::string>(failure("reading failed"))
                                 : Result<std::string>(std::move(text));
}

std::string path_beside(std::string_view file, std::string_view path) {
  return (fs::path(file).parent_path() / fs::path(path)).lexically_normal().string();
}

std::vector<std::string> yaml_files(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error))
    return fs::exists(path, error) ? std::vector<std::string>{path} : std::vector<std::string>{};
  std::vector<std::string> out;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    const auto name = it->path().filename().string();
    if ((name.ends_with(".yaml") || name.ends_with(".yml")) && !name.starts_with("."))
      out.push_back(it->path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

const YamlNode* Documents::open(const std::string& path, std::string_view named_in, Position named_at) {
  if (const auto it = trees_.find(path); it != trees_.end()) return it->second.get();
  auto text = read_text_file(path);
  if (!text) {
    findings_.error(named_in, named_at, "S001", "cannot read \"" + path + "\": " + text.error().message);
    return nullptr;
  }
  const std::string& source = sources_[path] = std::move(*text);
  auto tree = std::make_unique<YamlDocument>(parse_yaml(path, source, findings_));
  return (trees_[path] = std::move(tree)).get();
}

std::vector<Entry> Documents::section(std::string_view file, const YamlNode& value, const std::string& section_name) {
  std::vector<Entry> out;
  if (value.is_mapping()) {
    take_mapping(file, value, out);
  } else if (value.is_sequence()) {
    for (const auto& item : value.items()) {
      if (item.is_scalar())
        take_path(path_beside(file, item.text), file, item.at, section_name, out);
      else if (item.is_mapping())
        take_mapping(file, item, out);
      else
        findings_.error(file, item.at, "S002", "expected a file, a folder, or \"name:\" with fields below it");
    }
  } else if (value.kind != YamlNode::Kind::nothing) {
    findings_.error(file, value.at, "S002",
                    "\"" + section_name + "\" must hold names with fields below them, or a list of files");
  }
  report_duplicates(out, section_name);
  return out;
}

void Documents::add_folder(const std::string& path, const std::string& section_name, std::vector<Entry>& out) {
  const std::size_t before = out.size();
  for (const auto& file : yaml_files(path))
    if (!trees_.contains(file)) take_path(file, file, {1, 1}, section_name, out);
  if (out.size() > before) report_duplicates(out, section_name, before);
}

std::vector<Entry> Documents::section_of_file(const std::string& path, const std::string& section_name) {
  std::vector<Entry> out;
  take_path(path, path, {1, 1}, section_name, out);
  return out;
}

void Documents::take_mapping(std::string_view file, const YamlNode& mapping, std::vector<Entry>& out) {
  for (const auto& [name, fields] : mapping.entries()) {
    if (!is_name(name.text)) {
      findings_.error(file, name.at, "S008", "a name consists of letters, digits, - _ and . only");
    } else if (expect_mapping(file, fields.kind == YamlNode::Kind::nothing ? name : fields, "\"" + name.text + "\"",
                              findings_)) {
      out.push_back({std::string(file), &name, &fields, &mapping});
    }
  }
}

void Documents::take_path(const std::string& path, std::string_view named_in, Position named_at,
                          const std::string& section_name, std::vector<Entry>& out) {
  const auto files = yaml_files(path);
  if (files.empty())
    findings_.error(named_in, named_at, "S001",
                    "there is no file \"" + path + "\", and no *.yaml in a folder of this name");
  for (const auto& file : files) {
    const bool is_first = !trees_.contains(file);
    const YamlNode* tree = open(file, named_in, named_at);
    if (!tree || tree->kind == YamlNode::Kind::nothing || !expect_mapping(file, *tree, "the file", findings_)) continue;
    for (const auto& entry : tree->entries())
      if (is_first && std::find(kSections.begin(), kSections.end(), entry.key.text) == kSections.end())
        report_unknown_key(file, entry.key, kSections, findings_);
    if (const YamlNode* value = tree->find(section_name)) {
      if (expect_mapping(file, *value, "\"" + section_name + "\"", findings_)) take_mapping(file, *value, out);
    } else if (files.size() == 1) {
      findings_.error(named_in, named_at, "S004", "\"" + file + "\" has no \"" + section_name + "\"");
    }
  }
}

/// Of the entries from `first` on. Within one mapping the YAML reader has found them already.
void Documents::report_duplicates(const std::vector<Entry>& entries, const std::string& section_name,
                                  std::size_t first) {
  std::map<std::string_view, const Entry*> seen;
  for (const auto& entry : entries) {
    const auto [it, is_new] = seen.emplace(entry.name->text, &entry);
    const bool is_asked = static_cast<std::size_t>(&entry - entries.data()) >= first;
    if (is_asked && !is_new && it->second->mapping != entry.mapping)
      findings_.error(entry.file, entry.name->at, "S007",
                      "\"" + entry.name->text + "\" of \"" + section_name + "\" is also in " + it->second->file +
                          ", line " + std::to_string(it->second->name->at.line));
  }
}

}  // namespace tocsin

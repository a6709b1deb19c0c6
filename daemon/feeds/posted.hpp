// What a program posts as the report of a person: JSON or plain text to items. Pure and strict: a slip is explained,
// and of a list with one slip nothing is taken, so that the program can send the whole again. For app/.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/feed.hpp"

namespace tocsin {

enum class PostedForm { json, text, other };
/// By the media type of a Content-Type header; "application/json", any "+json", "text/plain".
PostedForm posted_form(std::string_view content_type);

inline constexpr std::size_t kMostPosted = 100;  // reports in one list

struct Posted {
  std::vector<Item> items;  // `id` is "" where none was given, `published` unset likewise
  bool is_list = false;
};

/// {"id"?,"title"?,"text","published"?,"lang"?,"lat"?,"lon"?} or a list of them; or text, whose first line is the title
/// when more follow. The error says where and what to do: "reports[2].lat: ...".
Result<Posted> read_posted(std::string_view body, std::string_view content_type);

}  // namespace tocsin
